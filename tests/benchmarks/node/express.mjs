import express from "express";
import { find } from "./users.mjs";

const app = express();

app.get("/users/:id", async (request, response) => {
  const id = Number(request.params.id);
  if (!Number.isSafeInteger(id) || id < 1) return response.status(422).json({ detail: "no id" });
  const body = await find(id);
  if (body === null) return response.status(404).json({ detail: "no such user" });
  return response.type("application/json").send(body);
});
app.listen(Number(process.env.PORT), "127.0.0.1");
