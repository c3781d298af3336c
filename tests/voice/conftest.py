"""The voice itself, loaded once: it takes a second and 350 MB."""

from pathlib import Path

import pytest

from voice.synthesis.kokoro import Kokoro, open_kokoro

SPEECH = Path(__file__).resolve().parents[2] / "var" / "speech"
"""Where script/voice puts the model."""


@pytest.fixture(scope="session")
def kokoro() -> Kokoro:
    """The real one."""
    return open_kokoro(SPEECH)
