"""The sentences of the telephone line, from `data/call/prompts.yml`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_model

Sentence = Annotated[str, Field(min_length=2, max_length=60)]
Variants = Annotated[tuple[Sentence, ...], Field(min_length=1)]

_OTHERWISE = {
    *("greeting", "greeting_named", "greeting_long_name", "greeting_unrecorded"),
    "silence_note",
}
"""Spoken at another pace, or written down."""

_NAME, _LONG_NAME = 3, 5
"""Characters of a name that a greeting of under four seconds has room for."""

_QUEUE = {"queue", "queue_moved"}
_PLACES = 5
"""In the queue, from the first on: when all lines are busy, synthesis is, too."""


class CallPrompts(BaseModel):
    """Every sentence by its name; tuples hold variants, so that nothing is said twice running."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    greeting: Sentence
    greeting_named: Sentence
    greeting_long_name: Sentence
    greeting_unrecorded: Sentence
    greeting_back: Sentence
    asks_name: Sentence
    name_right: Sentence
    name_wrong: Sentence
    not_recorded: Sentence
    open_floor: Variants
    silence_note: Sentence
    farewell: Sentence
    too_long: Sentence
    not_heard: Variants
    nothing_said_yet: Sentence
    slower: Sentence
    faster: Sentence
    louder: Sentence
    softer: Sentence
    no_more: Sentence
    trouble: Sentence
    voice_trouble: Sentence
    alarm_stuck: Sentence
    transfer: Sentence
    transfer_wait: Variants
    operator_busy: Sentence
    operator_taken: Sentence
    operator_coming: Sentence
    operator_left: Sentence
    operator_lost: Sentence
    queue: Sentence
    queue_recorded: Sentence
    queue_moved: Sentence
    queue_through: Sentence
    queue_full: Sentence
    outbound_machine: Sentence
    outbound_goodbye: Sentence

    def greeting_to(self, name: str) -> str:
        """By name, as far as there is time for it."""
        if len(name) > _LONG_NAME:
            return self.greeting
        named = self.greeting_named if len(name) <= _NAME else self.greeting_long_name
        return named.format(name=name)

    def texts(self) -> Iterator[str]:
        """What is said at the usual pace, to be rendered beforehand; some hold a value."""
        for name, value in self:
            if name in _QUEUE:
                yield from (value.format(position=place) for place in range(1, _PLACES + 1))
            elif name not in _OTHERWISE:
                yield from (value,) if isinstance(value, str) else value


def load_call_prompts(data: Path = DATA) -> CallPrompts:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "call" / "prompts.yml", CallPrompts)
