cat > main.py <<'END'
from fastapi import FastAPI, HTTPException

app = FastAPI()

@app.get("/users/{user_id}")
async def read_user(user_id: int) -> str:
    raise HTTPException(404, "no such user")
END

# --8<-- [start:tests]
cat > test_users.py <<'END'
import httpx
import pytest
from main import app

@pytest.fixture
def client():
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://service")

@pytest.mark.anyio
@pytest.mark.parametrize("path, status", [("/users/7", 404), ("/users/x", 422)])
async def test_refuses(client, path, status):
    assert (await client.get(path)).status_code == status
END
cat > conftest.py <<'END'
import pytest

@pytest.fixture
def anyio_backend():
    return "asyncio"
END
python3 -m pytest -q test_users.py | grep -o "2 passed"
#> 2 passed
# --8<-- [end:tests]
