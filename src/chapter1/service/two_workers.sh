python3 -m user_service --port 0 2> server.log &
until grep -qs "running on" server.log; do sleep 0.1; done
url=$(grep -o "http://[0-9.:]*" server.log)
port=$(python3 -c "from socket import socket; s = socket(); s.bind(('', 0)); print(s.getsockname()[1])")

export LOCUST_LOCUSTFILE=$(python3 -c "import chapter1.exercises as e; print(*e.__path__)")/e5_load/locustfile.py

# --8<-- [start:workers]
locust --worker --master-port $port > worker1.log 2>&1 &
locust --worker --master-port $port > worker2.log 2>&1 &
locust --master --master-bind-port $port --expect-workers 2 --headless --host "$url" \
    --users 10 --spawn-rate 10 --run-time 3s --json > report.json 2> master.log

grep -c "reported as ready" master.log
#> 2
cat > told.mjs <<'END'
import { readFileSync } from "node:fs";

for (const row of JSON.parse(readFileSync("report.json", "utf8"))) {
  const { name, num_requests, num_failures } = row;
  console.log(name, num_requests >= 10, num_failures);
}
END
node told.mjs
#> /users true 0
#> /users/{id} true 0
# --8<-- [end:workers]
kill %1
