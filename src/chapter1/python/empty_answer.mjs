// --8<-- [start:empty]
const answer = new Response(null, { status: 204 });
await answer.json().catch((error) => console.log(error.name, answer.ok));
//> SyntaxError true
// --8<-- [end:empty]

// --8<-- [start:label]
const body = JSON.stringify({ username: "ada" });
const request = new Request("http://service/users", { method: "POST", body });
console.log(request.headers.get("content-type"));
//> text/plain;charset=UTF-8
// --8<-- [end:label]
