# `make serve` runs the demo shop, `make test` all the tests; both set up what is missing.
PYTHON ?= python3
AISLE = .venv/bin/aisle

.PHONY: serve setup test lint lock widget screenshots transcripts

serve: environments
	@exec $(AISLE) serve

setup: environments
	@$(AISLE) setup

test: environments-dev
	@scripts/test

lint: environments-dev
	@scripts/lint

widget:
	cd bot/widget && npm ci --no-audit --no-fund && npm run build

lock:
	@scripts/lock

screenshots: environments-dev
	@.venv/bin/python -m scripts.screenshots

transcripts: environments-dev
	@.venv/bin/python -m scripts.transcripts

.PHONY: environments environments-dev
environments:
	@$(PYTHON) scripts/bootstrap.py

environments-dev:
	@$(PYTHON) scripts/bootstrap.py --dev
