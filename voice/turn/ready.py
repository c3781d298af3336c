"""Everything that the deciders need, loaded before the first call."""

from pathlib import Path

from care.data_files import DATA
from voice.turn.complete import is_complete
from voice.turn.delays import delays
from voice.turn.endings import endings
from voice.turn.expectation import Expectation
from voice.turn.pace_wish import pace_wish
from voice.turn.prompts import turn_prompts
from voice.turn.sentences import sentences
from voice.turn.silero import silero


def make_ready(data: Path = DATA) -> None:
    """Takes about a second. Raises DataFileError and PlainFileError for the data, SileroError."""
    for load in (delays, endings, sentences, turn_prompts):
        load(data)
    Expectation.of_slot("phone", data)
    pace_wish("慢一点")
    is_complete("您好")
    silero()
