cat > ask.mjs <<'EOF'
try {
  const answer = await fetch(process.argv[2], { method: "POST" });
  console.log(answer.status);
} catch {
  console.log("no answer");
}
EOF

# --8<-- [start:dies]
cat > main.py <<'EOF'
import os
from fastapi import FastAPI

app = FastAPI()

@app.post("/pay", status_code=201)
async def pay() -> None:
    first = not os.path.exists("paid.txt")
    with open("paid.txt", "a") as book:
        book.write("30 to charles\n")
    if first:
        os._exit(1)
EOF

uvicorn main:app --workers 2 --port 0 > server.log 2>&1 &
until grep -sc complete server.log | grep -q "[2-9]"; do sleep 0.1; done
url=$(grep -om1 "http://[0-9.:]*" server.log)

node ask.mjs $url/pay
#> no answer
node ask.mjs $url/pay
#> 201
grep -c charles paid.txt
#> 2
# --8<-- [end:dies]
# --8<-- [start:replaced]
until grep -sc complete server.log | grep -q "[3-9]"; do sleep 0.1; done
grep -o "died" server.log
#> died
# --8<-- [end:replaced]
kill %1
wait
