# Two commands: `make run` and `make test`. The rest is for those who work on the project.
# The first Python that really runs and is new enough (a pyenv shim may stand there and refuse).
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin

.PHONY: run test docs plays hearing hearing-report fuzz long coverage mutants kill-loop soak bench bench-peers help

run: .venv/runs  ## practise now: in Telegram when TELEGRAM_BOT_TOKEN is set, otherwise in this terminal
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ]; then exec $(BIN)/runner-up serve; else exec $(BIN)/runner-up call; fi

# Two tests at a time, each file on one side: half of what they do is wait. The longest begin (tests/conftest.py).
test: .venv/tests  ## lint, types, audit and the whole suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.audit
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

docs: .venv/tests  ## write the generated parts of README and docs/
	$(BIN)/python -m tools.docs

plays: .venv/tests  ## hold every play of tests/calls again and write down what is now said
	$(BIN)/python -m tools.plays

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Runner-Up needs Python 3.11 or later, and none was found. Try: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up in .venv, about a minute …"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }  # a half of it would be taken for the whole, next time

# What a host installs is what runs here: the pinned versions, checked by hash.
.venv/runs: .venv/bin/python requirements.txt pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@echo "Set up. The command itself is $(BIN)/runner-up"
	@touch $@

.venv/tests: .venv/runs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@for extra in encrypted fuzz; do \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -e ".[$$extra]" \
	  || echo "the extra '$$extra' has no wheel for this system; what needs it is skipped"; done
	@touch $@

hearing: build/hearing/trains .venv/runs  ## teach hearing anew from dialogs/phrases (about an hour on two cores)
	build/hearing/venv/bin/python -m tools.hearing.train
	$(BIN)/python -m tools.disclosure.train  # the reader of a manager's line stands on the same encoder

hearing-report: .venv/runs  ## how well hearing hears the examination set, and what it costs; FILES="a.jsonl …" measures others
	$(BIN)/python -m tools.hearing.report --cost $(FILES)

# Training has a place of its own: torch is large and nothing that runs needs it.
build/hearing/trains: pyproject.toml
	$(PYTHON) -m venv build/hearing/venv
	build/hearing/venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[hearing-train]'
	@touch $@

FUZZ_SECONDS ?= 30
fuzz: .venv/tests  ## fuzz the reading of transcripts, guided by the lines it reaches (FUZZ_SECONDS=600: longer)
	$(BIN)/python -m tests.fuzz.run $(FUZZ_SECONDS)

long: .venv/tests  ## at full length: two people and a stranger; the log against its fold; 3,000 steps beside the machine (minutes)
	LONG=1 $(BIN)/pytest tests/test_two_people.py tests/test_log_any_call.py tests/test_step_by_dictionary.py

coverage: .venv/tests  ## lines and branches of log, delivery and import that the tests reach; fails below 95 and 90 %
	$(BIN)/python -m tools.covered

mutants: .venv/tests  ## break the table of the call, the manager and the delivery in small ways; fails below 80 % noticed (hours; SAMPLE=200: so many of each file)
	$(BIN)/python -m tools.mutants $(if $(SAMPLE),--sample $(SAMPLE))

kill-loop: .venv/tests  ## kill the real serve 200 times under load and count what was lost (some ten minutes)
	$(BIN)/python -m tests.kill_loop 200

soak: .venv/runs  ## 10,000 simulated calls, every promise of a call checked (some minutes)
	$(BIN)/runner-up scenarios simulate --soak --calls 530

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

bench: .venv/tests  ## what a turn costs, beside its limits (FORM=--quick: in some minutes; BENCH="P1 P10": some rows)
	$(BIN)/python -m benchmarks $(FORM) $(BENCH)

# The peers come with libraries of their own, so they live in a place of their own.
bench-peers: .venv-bench/peers  ## the same beside the peers, and write docs/benchmarks.md
	.venv-bench/bin/python -m benchmarks $(FORM) $(BENCH) --write
	.venv-bench/bin/python -m tools.docs

.venv-bench/peers: .venv/runs
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@
