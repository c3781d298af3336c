"""The shipped model, before and after it was taught a street that does not exist."""

import json
from pathlib import Path

import numpy as np
import pytest
import vosk

from care.data_files import DATA
from voice.audio.g711 import alaw_decode
from voice.audio.resampling import resample
from voice.model.language.adapting import CityText, adapt

MODEL = DATA / "speech" / "zh-compact"
SAID = Path(__file__).parent / "said"
STREET = "驼绒花巷"


def heard(model: vosk.Model, name: str) -> str:
    """8 kHz A-law of a synthetic voice, as the telephone brings it."""
    samples = alaw_decode(np.fromfile(SAID / f"{name}.alaw", np.uint8)).astype(np.float32) / 32768
    sound = resample(samples, 8000, 16000)
    padded = np.concatenate([np.zeros(3200), sound, np.zeros(6400)])
    recogniser = vosk.KaldiRecognizer(model, 16000)
    recogniser.AcceptWaveform((padded * 32767).astype("<i2").tobytes())
    return str(json.loads(recogniser.FinalResult())["text"]).replace(" ", "")


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("adapted") / "city"
    adapt(CityText((STREET,), 0), MODEL, output)
    return output


def test_a_street_is_heard_only_after_it_was_taught(adapted: Path) -> None:
    assert STREET not in heard(vosk.Model(str(MODEL)), "street")
    assert STREET in heard(vosk.Model(str(adapted)), "street")


def test_what_was_heard_before_still_is(adapted: Path) -> None:
    sentence = heard(vosk.Model(str(MODEL)), "domain")
    assert "明天" in sentence
    assert heard(vosk.Model(str(adapted)), "domain") == sentence
