# --8<-- [start:forgotten]
cat > signup.py <<'END'
import asyncio
from pathlib import Path

async def save(email: str) -> None:
    Path("users.txt").write_text(email)

async def sign_up(email: str) -> str:
    save(email)
    return f"201 Created: {email}"

print(asyncio.run(sign_up("ada@example.com")))
END
python3 signup.py 2> stderr.txt
#> 201 Created: ada@example.com
echo "exit status $?"
#> exit status 0
test -e users.txt || echo "no users.txt"
#> no users.txt
grep -o "RuntimeWarning: .*awaited" stderr.txt
#> RuntimeWarning: coroutine 'save' was never awaited
# --8<-- [end:forgotten]

# --8<-- [start:as_error]
python3 -W error signup.py 2> stderr.txt
#> 201 Created: ada@example.com
echo "exit status $?"
#> exit status 0
grep -o "^Exception ignored" stderr.txt
#> Exception ignored
grep -o "RuntimeWarning: .*awaited" stderr.txt
#> RuntimeWarning: coroutine 'save' was never awaited
# --8<-- [end:as_error]

# --8<-- [start:checker]
python3 -m mypy signup.py > report.txt || echo "exit status $?"
#> exit status 1
grep -o "Are you missing an await?" report.txt
#> Are you missing an await?
# --8<-- [end:checker]

# --8<-- [start:tests]
cat > test_signup.py <<'END'
import asyncio
import signup

def test_answers() -> None:
    assert "201" in asyncio.run(signup.sign_up("grace@example.com"))
END
python3 -m pytest -q test_signup.py > report.txt 2>&1
echo "exit status $?"
#> exit status 0
python3 -m pytest -q -W error test_signup.py > report.txt 2>&1 || echo "exit status $?"
#> exit status 1
# --8<-- [end:tests]
