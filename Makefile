# `make` alone lists the targets. Each does all the set-up it needs.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null)))
PORT ?= 8000
RUN := .venv/bin/python
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.PHONY: help ready serve test quick site service update lock bench

help: ## list the targets
	@echo "make serve    the site at http://localhost:8000 (PORT=… for another), rebuilt on every change"
	@echo "make test     everything CI checks: lint, types, listings on real servers, the site in a browser"
	@echo "make quick    the part of it without a browser: run it while you write"
	@echo "make site     the finished site in site/"
	@echo "make service  the User Service of section 1.5 on local servers"
	@echo "make update   rewrite the outputs in the listings and their records (needs a clean git tree)"
	@echo "make bench    the measurements, printed and written to .bench/"
	@echo "make lock     resolve requirements.lock anew from pyproject.toml"

ready:
	@$(if $(PYTHON),$(PYTHON) src/bootstrap.py,echo "No Python found: install Python 3.11.5 or newer." >&2; exit 1)

serve:
	@$(if $(PYTHON),$(PYTHON) src/bootstrap.py --port $(PORT),echo "No Python found: install Python 3.11.5 or newer." >&2; exit 1)
	@$(RUN) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)
