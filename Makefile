# Everything a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= seeds/shanghai-mayor-meets-ambassador.en.txt

.PHONY: help demo test lint types unit schemas reference evals evals-live bench bench-figures bench-speech bench-checks bench-any bench-question bench-batch bench-ray bench-real bench-same bench-scale bench-languages wheel clean
.DEFAULT_GOAL := help

help:
	@echo "make demo     install, fetch the embedded model (1.1 GB, once), digest one article into Italian and Chinese"
	@echo "make test     install, fetch the model, then lint, type check and all tests"
	@echo "make evals    install, replay the recorded answers over the gold, score, gate: no model"
	@echo "make lint types unit schemas reference evals-live bench bench-figures bench-speech bench-checks bench-any bench-question bench-batch bench-ray bench-real bench-same bench-scale bench-languages wheel clean"

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[local,evals,parquet,documents,fetch,mcp,otel,ray]' --group dev
	touch $@

.PHONY: model
model: $(VENV)/.installed
	$(BIN)/summarizer models pull

demo: model
	$(BIN)/summarizer summarize $(DEMO) --to it --to zh --format markdown

test: lint types model unit

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

unit: $(VENV)/.installed
	$(BIN)/pytest

# the published schemas are exported from the models, never edited
schemas: $(VENV)/.installed
	$(BIN)/python -c "import json; from summarizer import digest; print(json.dumps(digest.schema(), indent=2, ensure_ascii=False))" > schemas/digest.v1.schema.json
	$(BIN)/python -c "import json; from summarizer.evals import cases; print(json.dumps(cases.schema(), indent=2, ensure_ascii=False))" > schemas/gold.v1.schema.json

# the page with every flag, from the code
reference: $(VENV)/.installed
	$(BIN)/python -m tests.support.reference > docs/reference.md

# replay, score, gate; the reports are in build/
evals: $(VENV)/.installed
	$(BIN)/summarizer eval run --out build/eval --replay evals/recordings/pipeline
	$(BIN)/summarizer eval score build/eval --out build/report.json --html build/report.html --baseline evals/reports/baseline.json
	$(BIN)/summarizer eval gate build/report.json --markdown build/report.md --junit build/report.xml

# ask the embedded model for what is not recorded: the product, and the plain call that it is measured against
evals-live: model
	$(BIN)/summarizer eval run --out build/eval --record evals/recordings/pipeline
	$(BIN)/summarizer eval run --out build/plain --record evals/recordings/plain --system plain

# what our own work costs, beside a plain call (docs/performance.md)
bench: $(VENV)/.installed
	$(BIN)/python -m bench.pipeline

bench-figures: $(VENV)/.installed
	$(BIN)/python -m bench.figures

bench-speech: $(VENV)/.installed
	$(BIN)/python -m bench.speech

# what each finding code falsely alarms on, and what it catches (docs/findings.md)
bench-checks: $(VENV)/.installed
	$(BIN)/python -m bench.checks --data ../shared/data

# one question, beside instructor and the bare SDK
bench-question: $(VENV)/.installed
	$(BIN)/python -m bench.question

# kills, faults, limits, dead endpoints, memory; takes half an hour (docs/reliability.md)
bench-batch: $(VENV)/.installed
	$(BIN)/python -m bench.batch

# a million articles: one is measured, the rest simulated (docs/scale.md)
bench-scale: $(VENV)/.installed
	$(BIN)/python -m bench.scale

# what a run on Ray stands, and how fast it is (docs/ray.md): needs the extra [ray]
bench-ray: $(VENV)/.installed
	$(BIN)/python -m bench.ray

# what the rules read in news that nobody here wrote (docs/speech.md)
bench-real: $(VENV)/.installed
	$(BIN)/python -m bench.real_text --data ../shared/data

# which articles of a run are one story, and how long 5,000 take (docs/corrections.md)
bench-same: $(VENV)/.installed
	$(BIN)/python -m bench.same --data ../shared/data

# alarms and catches between English and languages without a folder (docs/languages.md)
bench-languages: $(VENV)/.installed
	$(BIN)/python -m bench.any_language --data ../shared/data

# whether any text ends or stalls the rules; takes an hour (docs/performance.md)
bench-any: $(VENV)/.installed
	$(BIN)/python -m bench.any_text

wheel: $(VENV)/.installed
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
