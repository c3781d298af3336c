# `make run` and `make test` do everything, set-up included.
.PHONY: run test setup train format eval eval-understanding eval-dialogues bench

run:
	@script/setup
	@.venv/bin/python -m hotline run

test:
	@script/setup --dev
	@script/test

setup:
	@script/setup --dev

train:
	@script/train

format:
	@script/format

# Quality: understanding (intents, entities) and whole dialogues.
eval:
	@script/setup --dev
	@.venv/bin/python -m evaluation all

# Speed: the answer beside the bare Rasa webhook, and the memory of the whole system.
bench:
	@script/setup --dev
	@.venv/bin/python -m benchmarks
