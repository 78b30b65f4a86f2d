// --8<-- [start:schema]
import { z } from "zod";

const SignUp = z.object({
  username: z.string().min(3).max(50),
  email: z.email(),
  age: z.int().min(0).max(150),
  bio: z.string().nullable().default(null),
});
type SignUp = z.infer<typeof SignUp>; // (1)!

let body: unknown = { username: "al", email: "al.uk", age: 200 };
const result = SignUp.safeParse(body); // (2)!
const [first, second, third] = result.error!.issues; // (3)!
console.log(first.path, first.message);
//> [ 'username' ] Too small: expected string to have >=3 characters
console.log(second.path, second.message);
//> [ 'email' ] Invalid email address
console.log(third.path, third.message);
//> [ 'age' ] Too big: expected number to be <=150

body = { username: "alan", email: "al@example.com", age: 41 };
const alan: SignUp = SignUp.parse(body);
console.log(alan);
//> { username: 'alan', email: 'al@example.com', age: 41, bio: null }
// --8<-- [end:schema]
