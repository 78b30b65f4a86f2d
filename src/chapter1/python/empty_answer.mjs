// --8<-- [start:empty]
const answer = new Response(null, { status: 204 });
await answer.json().catch((error) => console.log(error.name, answer.ok));
//> SyntaxError true
// --8<-- [end:empty]
