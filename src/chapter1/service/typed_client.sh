python3 -m user_service --port 0 2> server.log &
until grep -qs "running on" server.log; do sleep 0.1; done
url=$(grep -o "http://[0-9.:]*" server.log)

# --8<-- [start:client]
curl --silent "$url/openapi.json" > api.json
openapi-typescript api.json --output api.d.ts > generator.log 2>&1

cat > edit.mts <<END
import createClient from "openapi-fetch";
import type { paths } from "./api.d.ts";

const api = createClient<paths>({ baseUrl: "$url" });
const user = { username: "ada", email: "ada@example.com" };
const created = await api.POST("/users", {
  params: { header: { "Idempotency-Key": crypto.randomUUID() } },
  body: user,
});
const change = {
  params: {
    path: { user_id: created.data!.id },
    header: { "If-Match": created.response.headers.get("ETag")! },
  },
  body: { email: "new@example.com" },
};
const { data } = await api.PATCH("/users/{user_id}", change);
const { error } = await api.PATCH("/users/{user_id}", change);
console.log(data?.email, error?.status, error?.title);
END
tsc --strict --noEmit --skipLibCheck --module nodenext edit.mts
node edit.mts
#> new@example.com 412 Precondition Failed
# --8<-- [end:client]
kill %1
