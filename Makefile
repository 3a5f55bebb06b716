# Two commands do all the set-up: `make run` and `make test`. README has the same for Windows.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := -n $(or $(JOBS),auto) --dist worksteal
# Stores, sites and keys of the tests are made in memory where there are two gigabytes for them: nothing waits for the disk.
IN_MEMORY = $(shell [ -w /dev/shm ] && [ "$$(df -Pk /dev/shm | awk 'NR == 2 {print $$4}')" -gt 2000000 ] && echo TMPDIR=/dev/shm)
OUT := out/demo-$(shell date +%Y%m%d-%H%M%S)
# Chromium's sandbox refuses root; users are not root, and for them nothing is set.
AS_ROOT := $(if $(filter 0,$(shell id -u)),QTWEBENGINE_DISABLE_SANDBOX=1)
HEADLESS := QT_QPA_PLATFORM=offscreen $(AS_ROOT)
# Where Python is told to keep no bytecode, each of the many processes that tests start would compile the sources again.
COMPILE := $(BIN)/python -m compileall -q src
# A cost in CPU varies with what else the computer does, ten times as much is another.
MOST_CPU := 5

.PHONY: run test costs check explore bench docs photographs format clean

run: $(VENV)/installed
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then \
		$(AS_ROOT) $(BIN)/ovn-desk; \
	else \
		echo "There is no display here: making a demo instead, of invented people and stories."; \
		$(HEADLESS) $(BIN)/ovn-desk demo --to $(OUT) --screenshot $(OUT)/window.png; \
	fi

# What is cheap, three minutes on two processors: the same seeds every time, without what is dear and the long campaigns.
test: $(VENV)/installed-test
	@$(COMPILE)
	$(HEADLESS) $(IN_MEMORY) $(BIN)/python -m pytest $(PYTEST) -m "not campaign and not dear" --randomly-seed=1 --most-cpu $(MOST_CPU)

# Measures what each test costs, and writes which are too dear for every day into tests/dear.txt.
costs: $(VENV)/installed-test
	@$(COMPILE)
	$(HEADLESS) $(IN_MEMORY) $(BIN)/python -m pytest $(PYTEST) -m "not campaign" --randomly-seed=1 --write-dear

# Every test that there is, with other seeds each time, on the disk.
check: $(VENV)/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture src --min-confidence 80
	@$(COMPILE)
	@seed=$${SEED:-$$($(BIN)/python -c "import random; print(random.randrange(10**6))")}; \
	echo "To repeat this order and these examples: make check SEED=$$seed"; \
	$(HEADLESS) $(BIN)/python -m pytest $(PYTEST) --randomly-seed=$$seed --hypothesis-seed=$$seed --hypothesis-profile=random --durations=20

# New random histories of two windows and a hub, until one fails or the time is up: make explore MINUTES=30
MINUTES ?= 10
TESTS ?= tests/ui/test_desk_histories.py
explore: $(VENV)/installed-test
	@end=$$(( $$(date +%s) + 60 * $(MINUTES) )); \
	while [ $$(date +%s) -lt $$end ]; do \
		seed=$$($(BIN)/python -c "import random; print(random.randrange(10**6))"); \
		echo "Histories of seed $$seed"; \
		$(HEADLESS) $(BIN)/python -m pytest -q $(TESTS) --hypothesis-seed=$$seed --hypothesis-profile=explore || exit 1; \
	done

bench: $(VENV)/installed-test
	@for script in bench/*.py; do echo; $(AS_ROOT) $(BIN)/python $$script || exit 1; done

# Pages of docs that are made from the program.
docs: $(VENV)/installed
	$(BIN)/python docs/checklist.py

# Pictures of every pane and dialog, in out/photographs.
photographs: $(VENV)/installed-test
	$(HEADLESS) $(BIN)/python docs/photographs.py

format: $(VENV)/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) out dist build node_modules

$(VENV)/installed: pyproject.toml
	@echo "Installing what the desk needs into $(VENV): once, a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@echo "Installing what the tests need into $(VENV): once, a minute or two."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@
