# Everything there is to do here, the same for people and for CI. `make help` lists it.
#
# The packages come from whatever registry pip is set up for; without a network, everything
# below still works once it has run, because pip is called only when a list of packages changed.

VENV := .venv
BIN := $(VENV)/bin
LISTS := setup.cfg pyproject.toml constraints.txt
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input -c constraints.txt
# One build environment, the locked one: without this, pip would fetch its own setuptools, of any version.
# The warnings are setuptools' general advice on editable installations, printed even when all is well.
SERAI_INSTALL := PYTHONWARNINGS=ignore $(PIP_INSTALL) --no-build-isolation --editable

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test check format messages bench cluster lock audit clean

help:  ## list what can be done
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

install: $(VENV)/.installed  ## make .venv, with a working .venv/bin/serai

run: install  ## install, index seeds/, serve the page on http://127.0.0.1:8000
	@$(BIN)/serai rebuild
	@exec $(BIN)/serai serve

test: $(VENV)/.installed-test  ## install what the tests need, then run them (ARGS="-k thai" picks some)
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.installed-check  ## lint, formatting, types
	@failed=; $(BIN)/ruff check . || failed=1; $(BIN)/ruff format --check . || failed=1; \
	$(BIN)/mypy || failed=1; test -z "$$failed"

format: $(VENV)/.installed-check  ## put the code into its one format
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

# The words that are new stand empty in each catalogue, those that changed are fuzzy; a test asks for both.
messages: $(VENV)/.installed  ## bring the page's messages up to date in every language
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml -k msgid --no-location --no-wrap -o build/serai.pot .
	@$(BIN)/pybabel -q update -D serai -d web/translations -i build/serai.pot \
	    --ignore-obsolete --no-wrap --ignore-pot-creation-date

bench: $(VENV)/.installed-bench  ## measure what the README's figures say
	@$(BIN)/python -m benchmarks $(ARGS)

# Needs a JDK and, once, Maven; each node's process can be killed, Ctrl-C stops them all.
cluster: $(VENV)/.installed  ## run a cluster of three OpenSearch nodes on this machine (ARGS="--heap 1g")
	@exec $(BIN)/python -m benchmarks.cluster $(ARGS)

# Resolves the lower bounds of setup.cfg afresh, in an environment of its own, then writes down
# what came out. Run `make test check` on it before committing it.
lock:  ## write constraints.txt anew from the lower bounds in setup.cfg
	@rm -rf build/lock
	@python=$$($(FIND_PYTHON)) && "$$python" -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip setuptools wheel
	@PYTHONWARNINGS=ignore build/lock/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[dev]'
	@{ echo "# The versions that were tested together, installed by make; written by 'make lock'."; \
	   build/lock/bin/python -m pip freeze --all --exclude-editable | grep -v ' @ ' | LC_ALL=C sort -f; \
	 } > constraints.new && mv constraints.new constraints.txt
	@rm -rf build/lock
	@echo "constraints.txt: $$(grep -c == constraints.txt) versions"

# In an environment of its own, since the lock is what is audited.
audit:  ## ask the vulnerability database about every version in constraints.txt
	@rm -rf build/audit
	@python=$$($(FIND_PYTHON)) && "$$python" -m venv build/audit
	@build/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@build/audit/bin/pip-audit --strict --no-deps --disable-pip -r constraints.txt >build/audit/told 2>&1; status=$$?; \
	if grep -qiE 'not found on PyPI|could not be audited|connection|timed out' build/audit/told; then \
	    echo "The vulnerability database cannot be reached: nothing was audited. What is installed fits together:"; \
	    $(BIN)/python -m pip check; \
	else cat build/audit/told; exit $$status; fi

clean:  ## remove the environment, caches and the index in var/
	@rm -rf $(VENV) build dist var reports *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find analyzers indexer web tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# Prints the first Python that is new enough and can make an environment.
define FIND_PYTHON
for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python \
    /usr/local/bin/python3 "$$HOME"/.pyenv/versions/3.1[1-9]*/bin/python3; do \
    if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
    then echo "$$python"; exit 0; fi; \
done; \
echo "Serai needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv);" \
    "none was found, name one with: make PYTHON=/path/to/python3" >&2; exit 1
endef

# pip itself is locked too. setuptools replaces the one that venv brings along, whose pkg_resources
# jieba would import, with a warning and a fifth of a second at each start.
$(BIN)/python:
	@python=$$($(FIND_PYTHON)) && echo "Making $(VENV) with $$("$$python" --version)" && "$$python" -m venv $(VENV)

$(VENV)/.installed: $(LISTS) | $(BIN)/python
	@echo "Installing Serai and its libraries (once)"
	@$(PIP_INSTALL) pip setuptools wheel
	@$(SERAI_INSTALL) .
	@touch $@

$(VENV)/.installed-%: $(VENV)/.installed
	@echo "Installing what 'make $*' needs (once)"
	@$(SERAI_INSTALL) '.[$*]'
	@touch $@
