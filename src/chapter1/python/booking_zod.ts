// --8<-- [start:schema]
import { z } from "zod";

const Booking = z.object({
  name: z.string().min(3).max(40),
  email: z.email(),
  guests: z.int().min(1).max(6),
  wishes: z.string().nullable().default(null),
});
type Booking = z.infer<typeof Booking>; // (1)!

let body: unknown = { name: "Al", email: "al.uk", guests: 9 };
const result = Booking.safeParse(body); // (2)!
const [first, second, third] = result.error!.issues; // (3)!
console.log(first.path, first.message);
//> [ 'name' ] Too small: expected string to have >=3 characters
console.log(second.path, second.message);
//> [ 'email' ] Invalid email address
console.log(third.path, third.message);
//> [ 'guests' ] Too big: expected number to be <=6

body = { name: "Alan", email: "al@example.com", guests: 2 };
const booking: Booking = Booking.parse(body);
console.log(booking);
//> { name: 'Alan', email: 'al@example.com', guests: 2, wishes: null }
// --8<-- [end:schema]
