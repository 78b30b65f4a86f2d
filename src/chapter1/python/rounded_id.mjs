// --8<-- [start:rounded]
const user = JSON.parse('{"id": 9007199254740993, "username": "ada"}');
console.log(`/users/${user.id}`);
//> /users/9007199254740992

const safe = JSON.parse('{"id": "9007199254740993", "username": "ada"}');
console.log(`/users/${safe.id}`);
//> /users/9007199254740993
console.log(Number.MAX_SAFE_INTEGER === 2 ** 53 - 1);
//> true
// --8<-- [end:rounded]
