"""A conversation without a dialogue engine, and somebody's voice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from bot.conversation import Conversation
from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from care.data_files import DATA
from care.language.extractor import Extractor
from care.storage.engine import Sessions
from tests.conftest import NOW
from tests.voice.call.exchange import Echoing
from tests.voice.call.night import Night, open_night
from voice.audio.pcm import to_int16
from voice.audio.resampling import resample
from voice.line.leg import Pcm16

SAID = Path(__file__).parents[1] / "recognition" / "recordings" / "which_services.flac"


@pytest.fixture(scope="module")
def parts() -> tuple[Detector, Extractor, Script]:
    detector = Detector.load(DATA / "emergency")
    return detector, Extractor.load(DATA), Script.load(DATA / "emergency", detector)


@pytest.fixture
def conversation(embedded: Sessions, parts: tuple[Detector, Extractor, Script]) -> Conversation:
    return Conversation(
        embedded,
        Echoing(),  # type: ignore[arg-type]
        EmergencyResponse(embedded, *parts),
        load_prompts(DATA),
        lambda: NOW,
    )


@pytest.fixture
def night(embedded: Sessions, conversation: Conversation) -> Iterator[Night]:
    with open_night(embedded, conversation) as opened:
        yield opened


@pytest.fixture(scope="module")
def speech() -> Pcm16:
    """A person, two seconds, at the rate of a telephone."""
    samples, rate = soundfile.read(SAID, dtype="float32")
    return to_int16(resample(samples, rate, 8000))[: 2 * 8000]
