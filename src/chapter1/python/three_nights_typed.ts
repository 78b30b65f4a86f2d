// --8<-- [start:unchecked]
function total(price: number, nights: number): number {
  return price * nights;
}

const body = JSON.parse('{"price": "80", "nights": 3}');
console.log(total(body.price, body.nights));
//> 240
console.log(total.toString().includes("number")); // (1)!
//> false
// --8<-- [end:unchecked]
