cat > main.py <<'END'
from fastapi import FastAPI
from pydantic import BaseModel

class NewUser(BaseModel):
    username: str

app = FastAPI()
users: list[str] = []

@app.get("/health")
async def health() -> str:
    return "ok"

@app.get("/users")
async def list_users() -> list[str]:
    return users

@app.post("/users", status_code=201)
async def add_user(new: NewUser) -> str:
    users.append(new.username)
    return new.username
END

# --8<-- [start:serve]
uvicorn main:app --port 0 > server.log 2>&1 &
until grep -qs "running on" server.log; do sleep 0.1; done
url=$(grep -o "http://[0-9.:]*" server.log)

cat > ask.mjs <<'END'
const [method, url, username] = process.argv.slice(2);
const headers = { "content-type": "application/json" };
const body = username && JSON.stringify({ username });
const answer = await fetch(url, { method, headers, body });
console.log(answer.status, await answer.text());
END
node ask.mjs GET $url/health
#> 200 "ok"
# --8<-- [end:serve]

# --8<-- [start:documented]
node ask.mjs GET $url/openapi.json | grep -o '"openapi":"3.1.0"'
#> "openapi":"3.1.0"
node ask.mjs GET $url/docs | grep -o 'src="https://[^/]*'
#> src="https://cdn.jsdelivr.net
# --8<-- [end:documented]

# --8<-- [start:twice]
uvicorn main:app --port 0 > second.log 2>&1 &
until grep -qs "running on" second.log; do sleep 0.1; done
second=$(grep -o "http://[0-9.:]*" second.log)

node ask.mjs POST $url/users ada
#> 201 "ada"
node ask.mjs GET $url/users
#> 200 ["ada"]
node ask.mjs GET $second/users
#> 200 []
# --8<-- [end:twice]
kill %1 %2
