"""One model and one hearing for all tests: loading them takes seconds."""

import os
from pathlib import Path

import pytest

from care.data_files import DATA
from voice.recognition.hearing import Hearing
from voice.recognition.vosk_model import SpeechModel, open_model


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The model that is shipped, or the one that SPEECH_MODEL names."""
    return Path(os.environ.get("SPEECH_MODEL", DATA / "speech" / "zh-compact"))


@pytest.fixture(scope="session")
def model(model_folder: Path) -> SpeechModel:
    return open_model(model_folder)


@pytest.fixture(scope="session")
def hearing() -> Hearing:
    return Hearing.load(DATA)
