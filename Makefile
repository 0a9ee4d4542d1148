# Folkmoot: `make help` lists what there is.
PORT ?= 8000
.DEFAULT_GOAL := help
.PHONY: help demo serve test check format bench spark lock setup clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Set up and serve the London demonstration (PORT=8000, AT=2021-12-01 for another day)
	@sh scripts/setup
	@.venv/bin/folkmoot demo --port $(PORT) $(if $(AT),--at $(AT))

serve: ## Set up and serve a site of your own (DATABASE_URL, see docs/reference/settings.md)
	@sh scripts/setup
	@.venv/bin/folkmoot migrate
	@.venv/bin/folkmoot serve --port $(PORT)

test: ## Set up and run all tests
	@sh scripts/setup test browser
	@sh scripts/test

check: ## Format, lint, types, imports, templates, migrations, lock, then all tests
	@sh scripts/setup dev test browser
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy src
	.venv/bin/lint-imports
	git ls-files '*.html' | xargs .venv/bin/djade --target-version 5.2 --check
	DJANGO_SETTINGS_MODULE=folkmoot.config.settings .venv/bin/django-admin makemigrations --check --dry-run
	.venv/bin/uv lock --check
	@sh scripts/test

format: ## Format the code and the templates
	@sh scripts/setup dev test browser
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	git ls-files '*.html' | xargs .venv/bin/djade --target-version 5.2

bench: ## Run the benchmarks; each prints ratios measured in one run
	@sh scripts/setup test
	@for benchmark in benchmarks/*.py; do echo "== $$benchmark"; .venv/bin/python $$benchmark || exit 1; done

spark: ## Set up Spark (half a gigabyte, needs Java 17), and hold it to DuckDB in every cell
	@sh scripts/setup test
	@.venv/bin/uv sync --quiet --frozen --inexact --group test --extra spark
	@.venv/bin/python -m pytest -n 0 tests/sources/engine

lock: ## Lock the dependencies again
	@sh scripts/setup
	.venv/bin/uv lock --upgrade

clean: ## Remove the virtual environment and everything the demonstration made
	rm -rf .venv var
