# Every verb does its own set-up; a second run starts in seconds.
.DEFAULT_GOAL := help
.PHONY: help demo test test-faults check format bench bench-peers pictures manual package test-packaging translations lock clean

PY := .venv/bin/python
READY := .venv/.ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard resources/translations/*/LC_MESSAGES/cport.po))
MANUAL := resources/manual/index.json
MANUAL_SOURCES := $(wildcard docs/manual/*.md docs/formats/*.md docs/query_language.md packaging/manual*.py cport_desktop/cli/*.py cport_desktop/words/*.py)

help:
	@echo "make demo         run the main job on synthetic data (a window, or headless without a display)"
	@echo "make test         run the tests"
	@echo "make test-faults  power cuts, kills, full disks, hostile media at length (an hour)"
	@echo "make check        style, types, contracts between rooms"
	@echo "make format       put style right"
	@echo "make bench        measure against the performance contract (make bench-peers first, to compare)"
	@echo "make pictures     picture every view for docs/screenshots, from a demo vault"
	@echo "make manual       the manual, for the window and as a PDF in dist/"
	@echo "make package      a release into dist/: folder, archive, Debian package, update bundle, signed (packaging/package.sh)"
	@echo "make test-packaging  what make package made, and the same in a clean system without Python (as root)"
	@echo "make translations  take new sentences into the catalogues of the languages"
	@echo "make lock         resolve the dependencies anew"
	@echo "make clean        remove what was made here"

$(READY): packaging/locks/build.txt packaging/locks/dev.txt packaging/set_up.sh
	@bash packaging/set_up.sh

$(CATALOGUES) &: $(READY) $(CATALOGUES:.mo=.po)
	@$(PY) packaging/translations.py compile

# The manual as the window shows it. Its source is docs/manual; lists in it are made from the program.
$(MANUAL): $(READY) $(MANUAL_SOURCES)
	@$(PY) packaging/manual.py html $(dir $@)

# The same, and as one file to print.
manual: $(MANUAL)
	$(PY) packaging/manual.py pdf dist/cport-desktop-manual.pdf

demo: $(READY) $(CATALOGUES) $(MANUAL)
	@bash packaging/run_demo.sh $(ARGS)

test: $(READY) $(CATALOGUES) $(MANUAL)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q $(ARGS)

test-faults: $(READY) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -m faults $(ARGS)

check: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) packaging/translations.py check

format: $(READY)
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: $(READY) $(CATALOGUES)
	$(PY) -m tests.bench $(ARGS)

# What the bench measures against beside system tools; a machine without it goes without P7.
bench-peers:
	python3 -m venv .bench/faiss
	.bench/faiss/bin/pip install -q faiss-cpu numpy

# Some 320 pictures, a quarter of an hour; no display is needed.
pictures: $(READY) $(CATALOGUES)
	$(PY) packaging/take_screenshots.py docs/screenshots

# A release, step by step, verified at the end as anybody else would.
package: $(READY) $(CATALOGUES) $(MANUAL)
	@bash packaging/package.sh

test-packaging: $(READY)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -m packages $(ARGS)
	bash packaging/try_installed.sh dist/cport-desktop_*_amd64.deb

# New sentences into the catalogues; what stands without a translation is told by make check.
translations: $(READY)
	$(PY) packaging/translations.py collect
	$(PY) packaging/translations.py compile

# Resolves anew; the lock files hold hashes and name no index and no host.
lock: $(READY)
	@bash packaging/lock.sh

clean:
	rm -rf .venv .demo .bench build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache resources/translations/*/LC_MESSAGES/*.mo resources/manual
