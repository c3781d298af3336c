"""Sixty sentences in four voices over the telephone: said or written, the outcome is the same."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from rich.console import Console

from care.settings import read_settings
from evaluation.chat import Chat, chat_over_http
from evaluation.speech.conditions import TELEPHONE, through
from evaluation.speech.listening import listen_openly
from evaluation.speech.outcome import Outcome, outcome
from evaluation.speech.rendering import Store, Utterance
from evaluation.speech.sets import RoundTrip, round_trips
from evaluation.speech.speakers import open_test_voice
from voice.recognition.hearing import Hearing
from voice.recognition.vosk_model import open_model

VOICES = ("zf_xiaobei", "zm_yunjian", "zf_xiaoyi", "zm_yunyang")
"""Two that the recogniser was trained with among others, and two that it has never heard."""

SENTENCES = round_trips()
SAID = [Utterance(one.text, VOICES[at % len(VOICES)]) for at, one in enumerate(SENTENCES)]
LEAST = 55
_CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Trip:
    """One sentence, both ways."""

    sentence: RoundTrip
    speaker: str
    heard: str
    written: Outcome
    spoken: Outcome

    @property
    def same(self) -> bool:
        return self.written == self.spoken

    def told(self) -> str:
        return (
            f"\n{self.speaker} said   {self.sentence.text}\n  was heard as {self.heard}"
            f"\n  written: {self.written}\n  said:    {self.spoken}"
        )


@pytest.fixture(scope="module")
def heard() -> list[str]:
    """What the conversation gets of each sentence."""
    settings = read_settings()
    folder = settings.speech_folder / "evaluation"
    store = Store(folder, None)
    if not all(store.path(one).exists() for one in SAID):
        store = Store(folder, open_test_voice(settings.speech_folder))
        store.render(SAID, Console(quiet=True), _CORES)
    model, hearing = open_model(settings.speech_model), Hearing.load(settings.data)

    def hear(one: Utterance) -> str:
        line = through(TELEPHONE, store.get(one), 0, ())
        return hearing.understand(listen_openly(model, line)).text

    with ThreadPoolExecutor(_CORES) as pool:
        return list(pool.map(hear, SAID))


@pytest.fixture(scope="module")
def trips(heard: list[str], address: str) -> list[Trip]:
    chat = chat_over_http(address)
    return [
        Trip(
            sentence,
            said.speaker,
            text,
            _outcome(chat, f"written-{number}", sentence.text),
            _outcome(chat, f"spoken-{number}", text),
        )
        for number, (sentence, said, text) in enumerate(zip(SENTENCES, SAID, heard, strict=True))
    ]


def test_sixty_sentences_fifteen_in_each_voice() -> None:
    assert len({one.text for one in SENTENCES}) == 60
    assert sum(one.emergency for one in SENTENCES) >= 12
    assert Counter(one.speaker for one in SAID) == dict.fromkeys(VOICES, 15)


def test_the_written_emergencies_are_alarms_and_nothing_else_is(trips: list[Trip]) -> None:
    wrong = [trip for trip in trips if trip.written.emergency != trip.sentence.emergency]
    assert not wrong, "".join(trip.told() for trip in wrong)


def test_every_emergency_comes_out_the_same(trips: list[Trip]) -> None:
    wrong = [trip for trip in trips if trip.sentence.emergency and not trip.same]
    assert not wrong, "".join(trip.told() for trip in wrong)


def test_at_least_fifty_five_come_out_the_same(trips: list[Trip]) -> None:
    wrong = [trip for trip in trips if not trip.same]
    told = "".join(trip.told() for trip in wrong)
    assert len(trips) - len(wrong) >= LEAST, f"{len(wrong)} of {len(trips)} differ:{told}"


def _outcome(chat: Chat, sender: str, text: str) -> Outcome:
    # Nothing heard is written as a sign without words, for the interface takes no empty text.
    return outcome(chat(f"round-trip-{sender}", text or "。"))
