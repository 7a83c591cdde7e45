# Two commands do everything on a machine with Python 3.11 or newer and make:
#   make demo    runs the whole line on the articles that ship with sayso
#   make test    runs all tests
# and one shows it in a browser:
#   make desk    opens the pages on the same articles
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH ?= ../shared/bench

.PHONY: demo desk test check eval bench docs screens lock clean

# The environment, made again when the lock changes.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'sayso needs Python 3.11 or newer')"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(VENV)/.ready
	$(BIN)/sayso demo

desk: $(VENV)/.ready
	$(BIN)/sayso demo --db demo.db > /dev/null
	$(BIN)/sayso serve --db demo.db --open

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile

# Format, lint, types and the fast tests.
check: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# Quality on the benchmarks under BENCH, against pinned floors.
eval: $(VENV)/.ready
	$(BIN)/python -m eval all --bench $(BENCH)

# Speed, as a ratio to the bare parser.
bench: $(VENV)/.ready
	$(BIN)/python -m bench throughput

# The record reference, from the schema, and the pictures, from the demo.
docs: $(VENV)/.ready
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/pictures.py

# Pictures of the pages, from the demo, by Chromium.
screens: $(VENV)/.ready
	$(BIN)/python -m docs.screens

lock:
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev --no-annotate --no-header \
		pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .cache build dist
