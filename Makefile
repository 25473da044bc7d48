# Standfirst. `make` alone lists what there is.

PYTHON ?= python3
PORT   ?= 8000
NAME   ?= all
DEMO   ?= demo
V      := .venv/bin
WORKERS ?= auto

unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help demo test lint validate look bench faults lock schema docs messages clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(V)/.run  ## Start the demo newsroom: readers on PORT (8000), desk on PORT+1
	@exec $(V)/python -m standfirst.project.demo $(DEMO) newsroom --port $(PORT)

test: $(V)/.dev  ## Run every test, browser tests included
	@sh tools/need.sh chromium postgres nginx redis-server wrk curl cc npm
	@[ -f .cache/sitemap/sitemap.xsd ] || sh tools/sitemap_schema.sh
	@$(V)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(V)/.dev  ## Check style, types and the layers of the house
	@$(V)/ruff check .
	@$(V)/ruff format --check .
	@$(V)/lint-imports
	@$(V)/python -m tools.lint_types

validate: $(V)/.dev  ## Give every page of the demo to the W3C's HTML checker
	@sh tools/need.sh java npm
	@$(V)/python -m tools.checks.html

look: $(V)/.dev  ## Take pictures of every page type, to look at in .cache/look/
	@sh tools/need.sh chromium
	@$(V)/python -m tools.look --demo $(DEMO) $(ARGS)

bench: $(V)/.dev  ## Measure; NAME=figure for one; NAME=peers (not in all) installs Ghost and WordPress
	@sh tools/need.sh nginx wrk chromium npm
	@$(V)/python -m bench $(NAME)

faults: $(V)/.dev  ## Break things on purpose, in full numbers; NAME=campaign for one
	@sh tools/need.sh chromium postgres nginx wrk cc
	@$(V)/python -m tests.faults $(NAME)

lock: $(V)/.dev  ## Lock the requirements again, with hashes and without addresses
	@for name in base postgres dev; do $(V)/uv pip compile -q --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  requirements/$$name.in -o requirements/$$name.txt || exit 1; done

schema: $(V)/.dev  ## Write the schema snapshot that new sites start from, after a change of migrations
	@$(V)/python -m tools.write_schema

docs: $(V)/.dev  ## Write the generated parts of the reference
	@$(V)/python -m tools.write_docs

messages: $(V)/.dev  ## Bring the catalogues of the desk up to date and compile them
	@$(V)/python -m tools.messages

clean:  ## Remove what was made here, the environment and the demo site included
	rm -rf .venv .cache demo .mypy_cache .ruff_cache

$(V)/.run: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Standfirst needs Python 3.11 or newer; name one with make PYTHON=python3.12 …"; exit 1; }
	@echo "Installing what a site needs into .venv"
	@$(PYTHON) -m venv .venv
	@$(V)/python -m pip install -q --require-hashes -r requirements/base.txt
	@$(V)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(V)/.dev: $(V)/.run requirements/dev.txt
	@echo "Installing what tests and checks need"
	@$(V)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@
