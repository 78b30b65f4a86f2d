import Fastify from "fastify";
import { find } from "./users.mjs";

const app = Fastify();
const id = { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
const schema = { params: { type: "object", properties: { id }, required: ["id"] } };

app.get("/users/:id", { schema }, async (request, reply) => {
  const body = await find(request.params.id);
  if (body === null) return reply.code(404).send({ detail: "no such user" });
  return reply.type("application/json").send(body);
});
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
