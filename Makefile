# Two commands to know: make run, make test. Everything that is missing is installed by scripts/setup.sh.
PYTHON := .venv/bin/python
# Many processes start, each would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

run: setup
	@bash scripts/run.sh

setup:
	@bash scripts/setup.sh

test:
	@TESTING=1 bash scripts/setup.sh
	@bash scripts/test.sh

lint: 
	@TESTING=1 bash scripts/setup.sh
	@bash scripts/lint.sh

bench:
	@TESTING=1 bash scripts/setup.sh
	@bash scripts/bench.sh

faults:
	@TESTING=1 bash scripts/setup.sh
	@bash scripts/faults.sh

restore-drill:
	@TESTING=1 bash scripts/setup.sh
	@bash scripts/restore_drill.sh

.PHONY: run setup test lint bench restore-drill faults
