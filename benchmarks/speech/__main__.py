"""`python -m benchmarks.speech`: ears beside the plain WebSocket loop, and the voice."""

import sys
from pathlib import Path

from prometheus_client import CollectorRegistry
from rich.console import Console

from benchmarks.speech import ears, voice
from benchmarks.speech.replies import load_replies
from benchmarks.speech.report import report
from benchmarks.speech.sound import load_talk
from care.data_files import DataFileError
from care.settings import Settings, SettingsError, read_settings
from evaluation.guard import orderly
from evaluation.speech.plan import in_turn
from evaluation.speech.rendering import Store
from evaluation.speech.sets import domain, everyday
from evaluation.speech.speakers import open_test_voice
from voice.audio.errors import AudioError
from voice.recognition.model_folder import SpeechModelError
from voice.synthesis.espeak import Espeak
from voice.synthesis.port import SynthesisError
from voice.synthesis.speaker import open_speaker

out = Console(highlight=False)
_TALK = 20
"""Sentences that the calls consist of: about a minute."""


def main() -> int:
    """Prints all, writes results/bench-speech.json; 1 when a goal is missed, 2 for a trouble."""
    try:
        return int(not measure(read_settings()))
    except (SettingsError, DataFileError, AudioError, SpeechModelError, SynthesisError) as error:
        out.print(str(error), style="red", markup=False)
        return 2


def measure(settings: Settings) -> bool:
    """Whether every goal is reached."""
    folder = settings.speech_folder / "evaluation"
    utterances = [*in_turn(domain()[:_TALK])]
    store = Store(folder, None)
    if not all(store.path(one).exists() for one in utterances):
        Store(folder, open_test_voice(settings.speech_folder)).render(utterances, out)
    heard = ears.measure(settings.speech_model, load_talk(store, utterances), out)
    registry = CollectorRegistry()
    speaker = open_speaker(settings, registry=registry)
    try:
        new = [sentence.text for sentence in everyday()]
        spoken = voice.measure(
            speaker, registry, replies=load_replies(), new=new, console=out, espeak=Espeak()
        )
    finally:
        speaker.close()
    return report(heard, spoken, Path("results") / "bench-speech.json", out)


if __name__ == "__main__":
    orderly()
    sys.exit(main())
