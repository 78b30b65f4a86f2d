# `make` alone lists the targets. Each does all the set-up it needs.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(if $(shell command -v $(name)),$(name))))
PORT ?= 8000
RUN := .venv/bin/python
export NO_MKDOCS_2_WARNING = 1
# They would change every Python below: .venv is all there is.
unexport PYTHONHOME PYTHONPATH PYTHONOPTIMIZE

.DEFAULT_GOAL := help
.PHONY: help ready serve test quick lint site service exercise update lock bench

help:
	@echo "make serve    the site at http://localhost:8000 (PORT=… for another), rebuilt on every change"
	@echo "make test     everything CI checks: lint, types, listings on real servers, the site in a browser"
	@echo "make quick    the part of it without a browser: run it while you write"
	@echo "make site     the finished site in site/"
	@echo "make service  the User Service of section 1.5 on local servers"
	@echo "make exercise N=1   check your solution of an exercise (HINT=1 for a hint)"
	@echo "make update   rewrite the outputs in the listings and their records (needs a clean git tree)"
	@echo "make bench    the measurements, printed and written to .bench/ (LONG=1: make test too, an hour)"
	@echo "make lock     write requirements.lock from pyproject.toml (UPGRADE=--upgrade for newer versions)"

# $(call prepare,OPTIONS): make .venv ready, with any Python 3 there is
prepare = $(if $(PYTHON),"$(PYTHON)" src/bootstrap.py $(1),echo "No Python found: install Python 3.11.5 or newer." >&2; exit 1)

PYTEST := $(RUN) -m pytest
# Most of a listing's time is spent waiting: two at once take half of it, and still have room.
TOGETHER := --numprocesses 2
# A test that ends the whole process ends it with the status it likes, so that is not enough.
FINISHED := test -f .verified/finished || { echo "pytest ended before its last test." >&2; exit 1; }

ready:
	@$(call prepare)

serve:
	@$(call prepare,--port '$(PORT)')
	@$(RUN) -m typeface
	@$(RUN) -m playground
	@$(RUN) -m listings check || true
	@$(RUN) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

test: ready
	@$(RUN) tests/site/browser.py
	@$(RUN) -m typeface
	@$(RUN) -m playground
	@rm -rf .verified
	@$(MAKE) --no-print-directory lint
	@$(PYTEST) $(TOGETHER) --ignore tests/site --ignore tests/playground --ignore tests/user_service
	@$(FINISHED)
	@rm .verified/finished
	@$(RUN) -m coverage run -m pytest $(TOGETHER) tests/user_service
	@$(FINISHED)
	@rm .verified/finished
	@$(RUN) -m coverage combine --quiet
	@$(RUN) -m coverage report
	@$(RUN) -m listings build
	@SITE_IS_BUILT=1 $(PYTEST) $(TOGETHER) --dist loadfile tests/site tests/playground
	@$(FINISHED)

quick: ready lint
	@rm -f .verified/finished
	@$(PYTEST) $(TOGETHER) -m "not slow" tests/chapter1 tests/listings
	@$(FINISHED)

lint: ready
	@$(RUN) -m ruff check --quiet
	@$(RUN) -m ruff format --check --quiet
	@$(RUN) -m mypy --no-error-summary
	@$(RUN) -m playground check

site: ready
	@$(RUN) -m typeface
	@$(RUN) -m playground
	@$(RUN) -m listings build

service: ready
	@$(RUN) -m local_servers $(RUN) -m user_service --host 127.0.0.1 --port $(PORT)

exercise: ready
	@$(RUN) -m exercises '$(N)' $(if $(HINT),--hint '$(HINT)') || test $$? -eq 1  # it has said what is missing

update: ready
	@$(RUN) -m listings update
	@$(RUN) -m scenarios

bench: site
	@$(RUN) tests/benchmarks/latency.py
	@$(RUN) tests/benchmarks/pages.py
	@$(RUN) tests/benchmarks/in_a_tab.py
	@$(RUN) tests/benchmarks/service.py
	@$(RUN) tests/benchmarks/foundation.py
	@$(if $(LONG),$(RUN) tests/benchmarks/foundation.py --long)

lock: ready
	@UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --universal --generate-hashes \
		--python-version 3.11.5 --group site --group servers --group test $(UPGRADE) \
		--output-file requirements.lock pyproject.toml
	@$(call prepare)
