"""What elders are asked about drafts, and what they say to it: `data/orders/drafts.yml`."""

import re
from functools import cache
from typing import ClassVar, Literal

from pydantic import field_validator

from care.sentences import Places, SentenceFile


class DraftWords(SentenceFile):
    """Every sentence, and the words of a yes and a no beside the usual ones."""

    file = "orders/drafts.yml"
    places: ClassVar[Places] = {
        "ask": {"order"},
        "ask_festival": {"festival", "order"},
        "confirmed": {"order", "ref"},
        "cancelled": {"order"},
    }

    ask: str
    ask_festival: str
    confirmed: str
    cancelled: str
    yes: str
    """Regular expression, for a whole utterance."""
    no: str

    @field_validator("yes", "no")
    @classmethod
    def _is_expression(cls, text: str) -> str:
        try:
            re.compile(text)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return text

    @classmethod
    def own(cls) -> "DraftWords":
        """The project's own."""
        return _own()

    def hear(self, text: str) -> Literal["yes", "no"] | None:
        """What a normalised utterance says to the question; None for something else."""
        said = text.strip(" ,.!?。，！？")
        if re.fullmatch(self.no, said):
            return "no"
        return "yes" if re.fullmatch(self.yes, said) else None


@cache
def _own() -> DraftWords:
    return DraftWords.load()
