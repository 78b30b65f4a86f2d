import { z } from "zod";

// --8<-- [start:strict]
const Guest = z.object({ name: z.string().min(3), age: z.int() });

console.log(Guest.safeParse({ name: "Ada", age: "25" }).success);
//> false
console.log(Guest.safeParse({ name: "Ada", age: true }).success);
//> false
console.log(Guest.parse({ name: "   ", age: 25.0, admin: true }));
//> { name: '   ', age: 25 }

const Picky = z.strictObject({
  name: z.string().trim().min(3), // (1)!
  age: z.coerce.number(), // (2)!
});
const result = Picky.safeParse({ name: "   ", age: "25", admin: true });
console.log(result.error!.issues.map((issue) => issue.code));
//> [ 'too_small', 'unrecognized_keys' ]
// --8<-- [end:strict]
