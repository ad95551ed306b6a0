# Every target lets python do the work, with relative paths: make itself cannot quote a space.
PYTHON ?= python3
VENV := .venv/bin/python
DEVELOPMENT := ISF_ENV=development
export RESET PORT

.DEFAULT_GOAL := help
.PHONY: help demo test long check lock bench load mutants assets shell messages stop clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*##  */\1	/p' Makefile | while IFS='	' read -r name words; do printf '  make %-9s %s\n' "$$name" "$$words"; done

demo:  ## the whole house on this machine until Ctrl-C (PORT=8000, RESET=1 starts afresh)
	@$(PYTHON) -m tools.bootstrap && exec $(VENV) -m tools.demo

test:  ## the suite: real PostgreSQL, Valkey, Celery worker and browser (ARGS="-k letters" for a part)
	@$(PYTHON) -m tools.bootstrap --dev && exec $(VENV) -m tools.services run --instance test -- $(VENV) -m pytest -n 2 --dist load --create-db -ra $(ARGS)

long:  ## whole, what `make test` tries in part, another part each day (docs/decisions/0094; ARGS="-k matrix" for one)
	@$(PYTHON) -m tools.bootstrap --dev && WHOLE=1 exec $(VENV) -m tools.services run --instance test -- $(VENV) -m pytest -n 2 --dist load --create-db -ra -m "long or browser" $(ARGS)

check:  ## ruff, imports, templates, migrations, production settings, dependencies, security
	@$(PYTHON) -m tools.bootstrap --dev && exec $(VENV) -m tools.check

bench:  ## the figures of the README, each as a ratio to a floor measured in the same run
	@$(PYTHON) -m tools.bootstrap --dev && $(DEVELOPMENT) exec $(VENV) -m tools.services run --instance bench -- $(VENV) -m benchmarks

mutants:  ## small faults put in on purpose: does a test notice? (docs/mutants.md; ARGS=audit/hashing.py for a part)
	@$(PYTHON) -m tools.bootstrap --dev && exec nice $(VENV) -m tools.services run --instance test -- $(VENV) -m tools.mutants $(ARGS)

load:  ## the last minute of a call: everybody submits at once, each answer held against the rows (ARGS="1000 55")
	@$(PYTHON) -m tools.bootstrap --dev && $(DEVELOPMENT) exec $(VENV) -m tools.services run --instance bench -- $(VENV) -m benchmarks.load $(ARGS)

lock:  ## resolve requirements*.in into requirements*.txt (ARGS=--upgrade for newer releases)
	@$(PYTHON) -m tools.lock $(ARGS)

assets:  ## fetch the front-end files that are missing
	@$(PYTHON) -m tools.bootstrap

shell:  ## a Django shell on the demo's data
	@$(PYTHON) -m tools.bootstrap && $(DEVELOPMENT) exec $(VENV) -m tools.services run -- $(VENV) manage.py shell

messages:  ## collect the sentences to translate into locale/, and say what is missing
	@$(PYTHON) -m tools.bootstrap --dev && $(VENV) -m tools.messages

stop:  ## stop private servers that were left running
	@if [ -x $(VENV) ]; then for name in demo test bench; do $(VENV) -m tools.services stop --instance $$name || exit 1; done; fi

clean:  ## remove what the tools made, the demo's data too
	@if [ -x $(VENV) ]; then $(VENV) -m tools.clean; fi
	@rm -rf .venv .venv.lock var static/vendor
