# Two commands: `make demo` runs the application, `make test` checks it.
# All that they need comes into .venv (pinned, with hashes); nothing is installed outside this folder.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV = $(shell command -v uv || echo $(BIN)/uv)
# Written bytecode is what makes a second start quick; some images switch it off.
export PYTHONDONTWRITEBYTECODE :=
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --require-hashes

.PHONY: help demo test lint snel schoon requirements chromium front-end bench-webserver bench-zoeken bench-invoer bench-werkvoorraad bench-termijnen

help:
	@echo "make demo          start alles en toon het adres (PORT=8000, KCC_DATA_DIR=.kcc)"
	@echo "make test          alle controles en alle tests"
	@echo "make lint          alleen de controles van de code"
	@echo "make snel          de tests zonder browser"
	@echo "make schoon        verwijder wat hier gebouwd is (ook de gegevens van de demo)"
	@echo "make requirements  zet de versies van requirements/*.in opnieuw vast"
	@echo "make bench-webserver  vergelijk drie webservers (docs/besluiten/webserver.md)"
	@echo "make bench-zoeken  meet het zoeken: VRAGEN=bestand [ARTIKELEN=5000 PRODUCTEN=1000] (docs/besluiten/zoeken.md)"
	@echo "make bench-termijnen  meet 10.000 termijnen (docs/besluiten/termijnen.md)"
	@echo "make bench-invoer  meet het inlezen: [RIJEN=10000] (docs/besluiten/invoer.md)"
	@echo "make bench-werkvoorraad  meet de werkvoorraad met 5,2 miljoen taken: [OPEN=200000 KLAAR=5000000] (docs/metingen.md)"

demo: $(VENV)/demo.klaar
	@exec $(BIN)/python -m kcc.demo

test: $(VENV)/dev.klaar chromium lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup

snel: $(VENV)/dev.klaar front-end
	$(BIN)/python -m pytest -m "not browser"

lint: $(VENV)/dev.klaar front-end
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	KCC_OMGEVING=test $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

front-end: $(VENV)/demo.klaar
	@$(BIN)/python -m kcc.front_end

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Chromium wordt geïnstalleerd …"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; \
	  else \
	    echo "Voor de browsertests is Chromium nodig. Installeer het met: apt-get install chromium" >&2; exit 1; \
	  fi; }

# The other servers come into a folder that is gone afterwards: .venv holds what the application uses.
bench-webserver: $(VENV)/dev.klaar front-end
	@map=$$(mktemp -d) && trap 'rm -rf "$$map"' EXIT && \
	  $(INSTALL) --target "$$map" -r requirements/bench.txt && \
	  PYTHONPATH="$$map" $(BIN)/python -m bench.webserver

# Questions as JSON lines; the last line that it prints is one JSON object.
bench-zoeken: $(VENV)/dev.klaar
	@[ -n "$(VRAGEN)" ] || { echo "Geef een bestand met vragen: make bench-zoeken VRAGEN=bestand" >&2; exit 1; }
	@$(BIN)/python -m bench.zoeken "$(VRAGEN)" $(if $(ARTIKELEN),--artikelen $(ARTIKELEN)) $(if $(PRODUCTEN),--producten $(PRODUCTEN))

bench-termijnen: $(VENV)/dev.klaar
	@$(BIN)/python -m bench.termijnen

bench-werkvoorraad: $(VENV)/dev.klaar front-end
	@$(BIN)/python -m bench.werkvoorraad $(if $(OPEN),--open $(OPEN)) $(if $(KLAAR),--klaar $(KLAAR)) $(if $(RONDEN),--ronden $(RONDEN)) $(if $(MAP),--map "$(MAP)")

bench-invoer: $(VENV)/dev.klaar
	@$(BIN)/python -m bench.invoer $(if $(RIJEN),--rijen $(RIJEN))

schoon:
	@if [ -d .kcc ] && [ -x $(BIN)/python ]; then KCC_DATA_DIR=.kcc $(BIN)/python -m kcc.embedded stop || true; fi
	rm -rf $(VENV) .kcc node_modules static/gebouwd
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A virtual environment that pip filled only with a pinned uv; uv installs the rest.
$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 ontbreekt. Installeer het met: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Deze toepassing heeft Python 3.11 of nieuwer nodig." >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null; \
	  fi; \
	  $(PYTHON) -m venv --clear $(VENV); \
	} || { rm -rf $(VENV); echo "Het maken van .venv lukt niet. Op Debian helpt: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/uv.klaar: requirements/uv.txt | $(BIN)/python
	@command -v uv >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/demo.klaar: requirements/base.txt requirements/demo.txt $(VENV)/uv.klaar
	@$(INSTALL) -r requirements/base.txt -r requirements/demo.txt
	@touch $@

$(VENV)/dev.klaar: requirements/dev.txt $(VENV)/demo.klaar
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

requirements: $(VENV)/uv.klaar
	@for name in uv base demo dev bench; do \
	  $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
