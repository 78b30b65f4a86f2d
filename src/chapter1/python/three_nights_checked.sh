# --8<-- [start:mypy]
cat > nights.py <<'PYTHON'
import json

def total(price: int, nights: int) -> int:
    return price * nights

body = json.loads('{"price": "80", "nights": 3}')
print(total("80", 3))
print(total(body["price"], body["nights"]))
PYTHON
python3 -m mypy --strict nights.py > report.txt || echo "exit status $?"
#> exit status 1
grep -c "error:" report.txt
#> 1
grep -o 'nights.py:7: error: .*type "str"' report.txt
#> nights.py:7: error: Argument 1 to "total" has incompatible type "str"
python3 nights.py
#> 808080
#> 808080
# --8<-- [end:mypy]
