// --8<-- [start:together]
const events = [];

async function load(name) {
  events.push(`${name} asked`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  events.push(`${name} answered`);
}

const profile = load("profile");
const orders = load("orders");
await profile;
await orders;
console.log(events.join(", "));
//> profile asked, orders asked, profile answered, orders answered
// --8<-- [end:together]
