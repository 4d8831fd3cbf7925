# make demo: from a bare checkout to the site. make test: what must pass before a change is handed in.
# A machine with Python 3.11 or newer and make is enough; nothing is installed outside .venv.
PYTHON ?= python3
PORT ?= 8001
N ?= 1000
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
DOCUMENTS := corpus/documents
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
SOURCES := $(wildcard *.py models/*.py ingest/*.py extract/*.py store/*.py store/*.sql)
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo lint format types test test-all bench bench-scale score docs corpus constraints clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/:.*  ## /\t/' | expand -t 14

install: $(VENV)/.installed  ## create .venv with the program in it

$(VENV)/.created:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sakspor needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml constraints.txt
	$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.developed: $(VENV)/.created pyproject.toml constraints.txt
	$(PIP_INSTALL) -e '.[dev,ocr,internal,cluster]'
	@touch $@ $(VENV)/.installed

# The collection holds a damaged file on purpose: the load says so and exits with 1, and the rest is in.
$(DEMO)/arbeid.db: $(VENV)/.installed $(SOURCES) $(DOCUMENTS)
	@mkdir -p $(DEMO)
	@rm -f $@ $@-wal $@-shm
	@code=0; $(BIN)/sakspor load $(DOCUMENTS) --db $@ || code=$$?; \
	if [ $$code -eq 1 ]; then echo "Avslutningskode 1: minst én fil ble avvist (se over); resten er lastet. Demosamlingen har med vilje en skadet fil."; \
	else exit $$code; fi

$(DEMO)/sakspor.db: $(DEMO)/arbeid.db
	$(BIN)/sakspor publish $< --out $@

demo: $(DEMO)/sakspor.db  ## load the demonstration documents and serve them on port 8001 (PORT=N for another)
	@echo "Nettstedet: http://127.0.0.1:$(PORT)  (avslutt med Ctrl-C)"
	$(BIN)/sakspor serve $(DEMO)/sakspor.db --port $(PORT)

lint: $(VENV)/.developed  ## ruff: rules and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.developed  ## put the code in ruff's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(VENV)/.developed  ## mypy
	$(BIN)/mypy

test: lint types  ## everything that must pass, without the slow tests
	$(BIN)/pytest -n 2 -m "not slow" $(PYTEST_ARGS)

test-all: lint types  ## the slow tests too
	$(BIN)/pytest -n 2 $(PYTEST_ARGS)

bench: $(VENV)/.developed  ## pages a second beside bare pdfplumber; what the search finds and how fast, beside stock FTS5
	$(BIN)/python bench/extract.py
	$(BIN)/python bench/load.py
	$(BIN)/python bench/search.py

score: $(VENV)/.installed  ## how well documents are read, against gold; writes docs/quality.md (ARGS=--misses names each miss)
	$(BIN)/python bench/quality.py $(ARGS)

bench-scale: $(VENV)/.developed  ## load a made-up archive of N documents (1000), check every answer, and say how cost grows
	$(BIN)/python bench/scale.py --documents $(N)

docs: $(VENV)/.installed  ## renew the tables in docs/ from the code
	$(BIN)/python docs/build.py

corpus: $(VENV)/.developed  ## draw the demonstration documents anew
	$(BIN)/python corpus/build.py

constraints:  ## renew constraints.txt from the newest versions that pyproject.toml allows
	rm -rf build/constraints
	$(PYTHON) -m venv build/constraints
	build/constraints/bin/python -m pip install --quiet --disable-pip-version-check '.[ocr,cluster,internal,dev]'
	{ sed -n '/^#/p' constraints.txt; \
	  build/constraints/bin/python -m pip freeze --exclude sakspor | grep -E '^[A-Za-z0-9._-]+==[^ ]+$$' | LC_ALL=C sort -f; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/constraints

clean:  ## remove the environment, the demonstration and what tools leave behind
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
