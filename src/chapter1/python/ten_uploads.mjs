// --8<-- [start:all]
const stored = [];

async function upload(photo) {
  if (photo === 3) throw new Error("photo 3 was refused");
  await new Promise((resolve) => setTimeout(resolve, 20));
  stored.push(photo);
}

const photos = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
try {
  await Promise.all(photos.map(upload));
} catch (error) {
  console.log(error.message);
  //> photo 3 was refused
}
console.log(stored.length);
//> 0
await new Promise((resolve) => setTimeout(resolve, 100));
console.log(stored.length);
//> 9
// --8<-- [end:all]
