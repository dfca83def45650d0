# The commands a newcomer needs. `make run` and `make test` work on a fresh checkout.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint fix bench lock browser scanner office database compiler faults

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST)

# A stamp per lock: newer than the lock means that nothing is to be done.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@ $(VENV)/runtime.stamp

setup: $(VENV)/runtime.stamp  ## make .venv with what the product needs

setup-dev: $(VENV)/dev.stamp  ## the same, with the tools for development

run: setup  ## run the chat in the browser with an example municipality (Telegram too with a token)
	$(BIN)/python -m bot serve

# The browser tests need Debian's Chromium; they say loudly where it cannot be had.
browser:
	@command -v chromium >/dev/null 2>&1 || { \
	    command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	} || echo "Chromium is not here and cannot be installed: the browser tests will be skipped." >&2

# The tests of scans need tesseract with Danish and poppler's tools; they too say loudly where they cannot be had.
scanner:
	@{ tesseract --list-langs 2>/dev/null | grep -qx dan && command -v pdftoppm >/dev/null 2>&1; } || { \
	    command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	        tesseract-ocr tesseract-ocr-dan poppler-utils >/dev/null; } \
	} || echo "Tesseract is not here and cannot be installed: the tests of scans will be skipped." >&2

# The tests of the store in PostgreSQL start a server of their own; they need Debian's programs for it.
database:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || { \
	    command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	        --no-install-recommends postgresql >/dev/null; } \
	} || echo "PostgreSQL is not here and cannot be installed: its tests will be skipped." >&2

# The tests of a disk that forgets or fails compile what stands between the store and the disk.
compiler:
	@command -v cc >/dev/null 2>&1 || { \
	    command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	        --no-install-recommends gcc libc6-dev >/dev/null; } \
	} || echo "A C compiler is not here and cannot be installed: the tests of bad disks will be skipped." >&2

# The Word letters are opened by LibreOffice, the PDF letters looked at by qpdf and pdfinfo.
office:
	@{ command -v soffice && command -v qpdf && command -v pdfinfo; } >/dev/null 2>&1 || { \
	    command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	        libreoffice-writer-nogui qpdf poppler-utils >/dev/null; } \
	} || echo "LibreOffice or qpdf is not here and cannot be installed: tests of the letter's files will be skipped." >&2

test: setup-dev browser scanner office database compiler  ## run all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

faults: setup-dev compiler  ## kill the store 200 times, cut its power 100 times, fail its disk at every write
	HOERING_KILLS=200 HOERING_CUTS=100 HOERING_FAILURES=125 \
	    $(BIN)/python -m pytest -n0 -v -s tests/storage/test_kill.py tests/storage/test_disk.py

lint: setup-dev  ## check style, types and the one-way arrows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup-dev  ## mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev  ## measure speed and memory, as ratios in one run
	$(BIN)/python -m bench

train: setup-dev  ## learn the detector of contract terms anew from the labelled texts
	$(BIN)/python -m knowledge.contracts.train

eval: setup-dev  ## measure contract terms and personal data on texts that nothing was learnt from
	$(BIN)/python -m knowledge.contracts.evaluate
	$(BIN)/python -m knowledge.checks.evaluate

pictures: setup-dev browser  ## take the documents' pictures anew of the running product
	$(BIN)/python -m docs.pictures

lock:  ## write the locks anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	    --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --extra dev \
	    --custom-compile-command "make lock" -c requirements.lock pyproject.toml -o requirements-dev.lock
