# The two commands of the README; each sets up what it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve test clean

serve: .venv/site  ## show this repository's tickets at http://127.0.0.1:8000
	$(BIN)/tracker serve

test: .venv/dev  ## run all tests, in a real browser where they are about pages
	.ci/browser $(BIN)/python
	.ci/git-lfs
	.ci/mail-servers
	.ci/axe
	$(BIN)/python -m pytest -q -n auto

clean:
	rm -rf .venv public dist build

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or later is needed: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'

.venv/site: .venv/pyvenv.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[site]'
	@touch $@

.venv/dev: .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@
