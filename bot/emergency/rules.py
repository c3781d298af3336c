"""The data behind the detector: rules, contexts that dismiss a hit, and groups of phrases."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.emergency.emergency import Category
from bot.emergency.pattern import parse
from care.data_files import DataFileError, load_folder, load_models

Kind = Literal["event", "symptom", "condition", "cry"]
"""event: something happened (摔倒了); symptom: felt now (胸口疼); condition: may as well be old
(中风了, 动不了); cry: 救命."""


def _readable(phrase: str) -> str:
    parse(phrase)
    return phrase


Phrase = Annotated[str, AfterValidator(_readable)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    words: tuple[Phrase, ...] = ()
    """Phrases that count as written."""

    sounds: tuple[Phrase, ...] = ()
    """Phrases that count as heard: homophones too."""

    unless: tuple[Phrase, ...] = ()
    """Phrases that void a mark of this entry when they overlap it (救命街, 房价着火了)."""


class Rule(_Entry):
    """What an emergency sounds like."""

    category: Category
    severity: int = Field(ge=1, le=3)
    kind: Kind
    graver_with: tuple[str, ...] = ()
    """Groups whose presence in the text makes the severity 1 (摔倒 with 起不来)."""

    homophone: bool = True
    """Whether one character of `words` may be a homophone; false where that sounds like everyday
    things (抢我钱 and 欠我钱)."""

    other: bool = False
    """True where the one who speaks cannot be the one in need (叫不醒)."""


class Group(_Entry):
    """Phrases that contexts refer to by id."""


class Context(_Entry):
    """Words around a hit that say it is no emergency."""

    kinds: tuple[Kind, ...] = Field(min_length=1)
    categories: tuple[Category, ...] = ()
    """Only these; empty for all."""

    spares: tuple[Category, ...] = ()
    """Never these."""

    side: Literal["before", "after"]
    """Where the words stand, seen from the hit."""

    reach: int = Field(ge=0, le=60)
    """Characters that may stand between the words and the hit."""

    crosses: Literal["nothing", "clause", "sentence"] = "nothing"
    """What may end between the words and the hit."""

    leads: int | None = Field(default=None, ge=0)
    """Crossing the end of a clause needs the words' own clause to end within so many characters:
    去年冬天,我摔了一跤 is past; 去年办的低保,我摔了一跤 is not."""

    ends: tuple[str, ...] = ()
    """Groups that take the context's power when they stand between its words and the hit."""

    lifted_by: tuple[str, ...] = ()
    """Groups that take its power anywhere in the text, not overlapping its own words."""

    needs: tuple[str, ...] = ()
    """Groups of which one has to stand somewhere in the text."""


def load_rules(folder: Path) -> tuple[list[Rule], list[Context], list[Group]]:
    """Reads `rules/*.yml`, `contexts.yml` and `groups.yml`; raises DataFileError."""
    rules = load_folder(folder / "rules", Rule)
    contexts = load_models(folder / "contexts.yml", Context)
    groups = load_models(folder / "groups.yml", Group)
    known = {group.id for group in groups}
    for context in contexts:
        _check(
            folder / "contexts.yml",
            context,
            context.ends + context.lifted_by + context.needs,
            known,
        )
    for rule in rules:
        _check(folder / "rules" / f"{rule.category}.yml", rule, rule.graver_with, known)
    return rules, contexts, groups


def _check(path: Path, entry: _Entry, names: tuple[str, ...], known: set[str]) -> None:
    for name in names:
        if name not in known:
            lines = enumerate(path.read_text("utf-8").splitlines(), 1)
            line = next((n for n, text in lines if text.split()[:3] == ["-", "id:", entry.id]), 1)
            raise DataFileError(path, line, f"{entry.id}: there is no group '{name}' in groups.yml")
