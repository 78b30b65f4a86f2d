# --8<-- [start:own]
python3 -c "import httpx; print('httpx is here')"
#> httpx is here
python3 -m venv --without-pip .venv  # (1)!
. .venv/bin/activate
python -c "import httpx" 2> error.txt || tail -n 1 error.txt
#> ModuleNotFoundError: No module named 'httpx'
python -c "import sys; print(sys.prefix == '$PWD/.venv')"
#> True
deactivate
python3 -c "import httpx; print('httpx is here again')"
#> httpx is here again
# --8<-- [end:own]
