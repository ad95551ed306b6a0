# Every target lets python do the work, with relative paths: make itself cannot quote a space.
PYTHON ?= python3
VENV := .venv/bin/python
export RESET PORT

.DEFAULT_GOAL := help
.PHONY: help test stop

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

test:  ## the whole test suite, on a private PostgreSQL and Valkey
	@$(VENV) -m tools.services run --instance test -- $(VENV) -m pytest -ra

stop:  ## stop the private servers of the demo and the tests
	@$(VENV) -m tools.services stop
	@$(VENV) -m tools.services stop --instance test
