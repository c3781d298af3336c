"""What is told about a decision."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Sentences to be spoken, and where every figure in them comes from."""

    texts: tuple[str, ...]
    """One sentence each, Arabic digits."""
    cites: tuple[str, ...] = ()
    """Ids of the rules that the sentences rest on."""
    sources: tuple[str, ...] = ()
    """Display names: 阿拉善盟民政局 2021年."""
    offers_person: bool = False
    """The last sentence asks whether a person should be brought."""
