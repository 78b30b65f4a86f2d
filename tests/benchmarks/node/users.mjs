// Cache-aside as it is usually written, with ioredis and pg. It returns the body, or null.
import Redis from "ioredis";
import pg from "pg";

const cache = new Redis(process.env.REDIS_URL);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const SELECT = { name: "find", text: "SELECT id, username, email FROM users WHERE id = $1" };

export async function find(id) {
  const key = `user:${id}`;
  const known = await cache.get(key);
  if (known) return known;
  const { rows } = await pool.query({ ...SELECT, values: [id] });
  if (!rows.length) return null;
  const body = JSON.stringify({ ...rows[0], id: Number(rows[0].id) });
  await cache.set(key, body, "EX", 300);
  return body;
}
