cat > main.py <<'END'
from itertools import count
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

class NewUser(BaseModel):
    email: str
    username: str

class User(NewUser):
    id: int

app = FastAPI()
users: dict[int, User] = {}
ids = count(1)

@app.get("/users/{user_id}")
async def read_user(user_id: int) -> User:
    if user_id in users:
        return users[user_id]
    raise HTTPException(404, "no such user")

@app.post("/users", status_code=201)
async def add_user(new: NewUser) -> User:
    user = User(id=next(ids), **new.model_dump())
    users[user.id] = user
    return user
END
python3 -m uvicorn main:app --port 0 > server.log 2>&1 &
until grep -qs "running on" server.log; do sleep 0.1; done
url=$(grep -o "http://[0-9.:]*" server.log)

# --8<-- [start:client]
python3 -c "import json, main; print(json.dumps(main.app.openapi()))" > api.json
openapi-typescript api.json --output api.d.ts > generator.log 2>&1

cat > wrong.mts <<END
import createClient from "openapi-fetch";
import type { paths } from "./api.d.ts";

const api = createClient<paths>({ baseUrl: "$url" });
const { data, error } = await api.POST("/users", {
  body: { name: "ada", email: "ada@example.com" },
});
console.log(error ?? data.id);
END
sed "s/name:/username:/" wrong.mts > right.mts

tsc --strict --noEmit --skipLibCheck --module nodenext wrong.mts right.mts |
  sed "s/(.*, and/:/; s/ in .*//"
#> wrong.mts: 'name' does not exist
node right.mts
#> 1
# --8<-- [end:client]

# --8<-- [start:unlisted]
python3 - <<'END'
import json
from pathlib import Path

routes = json.loads(Path("api.json").read_text())["paths"]
print(list(routes["/users/{user_id}"]["get"]["responses"]))
END
#> ['200', '422']
# --8<-- [end:unlisted]
kill %1
