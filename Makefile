# A fresh machine needs Python >= 3.11 and make; everything else is fetched into .tools and .venv.

UV_VERSION := 0.13.9
UV_ON_PATH := $(shell command -v uv 2>/dev/null)
UV := $(or $(UV_ON_PATH),.tools/bin/uv)

# Asked and not only looked for: version switchers put commands on the PATH which then fail.
# An environment that exists keeps its Python, whatever has been installed since.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in .venv/bin/python python3.13 python3.12 python3.11 python3 python; do \
	if $$p $(NEW_ENOUGH) >/dev/null 2>&1; then echo $$p; break; fi; done)

.DEFAULT_GOAL := help
.PHONY: help run test check bench schema clean python

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 8

run: .venv/.synced ## Start everything in the foreground; Ctrl-C stops it
	@exec .venv/bin/tweeter up

test: .venv/.synced ## Run the whole test suite
	.venv/bin/pytest $(TESTS)

check: .venv/.synced ## Lint, format, types and import rules
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy .
	.venv/bin/lint-imports

bench: .venv/.synced ## Measure; the results go to benchmarks/results/latest.json
	.venv/bin/tweeter bench

schema: .venv/.synced ## Write schema.graphql, from which clients are generated
	.venv/bin/tweeter schema > schema.graphql

torture: .venv/.synced ## Kill everything again and again while it works; to benchmarks/results/torture.json
	.venv/bin/python -m tests.torture $(TORTURE)

clean: ## Remove what make has fetched; .data stays
	rm -rf .venv .tools

python:
	@$(or $(PYTHON),false) $(NEW_ENOUGH) >/dev/null 2>&1 || { echo "tweeter: Python 3.11 or newer is needed: \
	install one, or name it with make PYTHON=/path/to/python" >&2; exit 1; }

.venv/.synced: pyproject.toml uv.lock $(if $(UV_ON_PATH),,.tools/bin/uv) | python
	UV_PYTHON_DOWNLOADS=never $(UV) sync --locked --python $(PYTHON)
	@touch $@

# Without the machine's pip configuration, which may point at something outdated or gone; then, where that fails, with
# it, since it may hold the only way out (a mirror, a certificate).
PIP_INSTALL = .tools/bin/python -m pip install --quiet --disable-pip-version-check
.tools/bin/uv: | python
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "tweeter: $(PYTHON) lacks venv or pip: \
	install them (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .tools
	PIP_CONFIG_FILE=/dev/null $(PIP_INSTALL) --retries 1 uv==$(UV_VERSION) || $(PIP_INSTALL) uv==$(UV_VERSION)
