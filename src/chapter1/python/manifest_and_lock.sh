# --8<-- [start:tree]
uv pip tree --package fastapi --depth 1 --python "$(command -v python3)" 2> log
#> fastapi v0.165.0
#> ├── annotated-doc v0.0.7
#> ├── anyio v4.16.0
#> ├── opentelemetry-api v1.45.2
#> ├── pydantic v2.14.3
#> ├── starlette v1.10.0
#> ├── typing-extensions v4.16.0
#> └── typing-inspection v0.4.5
# --8<-- [end:tree]

# --8<-- [start:project]
uv init --quiet --lib --vcs none greetings  # (1)!
uv init --quiet --bare shop
cd shop
uv add --quiet --offline ../greetings  # (2)!
ls
#> pyproject.toml
#> uv.lock
grep -m 1 -A 2 dependencies pyproject.toml
#> dependencies = [
#>     "greetings",
#> ]
grep -m 1 -A 2 'name = "greetings"' uv.lock
#> name = "greetings"
#> version = "0.1.0"
#> source = { directory = "../greetings" }
uv run --quiet --offline python -c "import greetings; print(greetings.hello())"
#> Hello from greetings!
# --8<-- [end:project]
