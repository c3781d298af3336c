"""Everything an utterance names: the one place that the dialogue asks."""

from datetime import date
from pathlib import Path

from care.language.addresses import find_addresses
from care.language.ages import find_ages
from care.language.clock_words import find_clock_times
from care.language.counts import find_counts
from care.language.day_words import find_days
from care.language.entity import Entity
from care.language.hukou import find_foreign_hukou
from care.language.lexicon import EXACT, Word, load_common, load_list, load_texts, load_words
from care.language.mend import Mender
from care.language.mentions import Mentions
from care.language.names import NAME_LISTS, Names, names_from
from care.language.order_refs import find_order_refs
from care.language.phones import find_phones
from care.language.resolve import NOTHING, corrected, without_overlaps
from care.language.sound import syllables

NOT_PLACES = ("region", "name", "date", "time", "phone", "meal", "service", "benefit")
"""Kinds that an address, which is said after them without a pause, does not swallow."""


class Extractor:
    """Finds entities in normalised text; made once, then used from any thread."""

    def __init__(self, mender: Mender, mentions: Mentions, names: Names) -> None:
        self._mender = mender
        self._mentions = mentions
        self._names = names

    @classmethod
    def load(cls, folder: Path) -> "Extractor":
        """Reads `lexicon/` and `regions.yml` in `folder` (the project's `data/`).

        Raises PlainFileError with file, line and problem.
        """
        lexicon = folder / "lexicon"
        decoys = load_list(lexicon / "decoys.yml", "decoys")
        words = [*load_words(folder), *(Word(text, NOTHING, text, EXACT) for text in decoys)]
        common = load_common(lexicon / "common_words.txt")
        heard = lexicon / "heard.yml"
        mender = Mender(load_list(heard, "words"), load_texts(heard, "after_number"), common)
        names = names_from({name: load_list(lexicon / "names.yml", name) for name in NAME_LISTS})
        return cls(mender, Mentions(words, common), names)

    def extract(self, text: str, today: date | None = None) -> list[Entity]:
        """Entities that don't overlap, in the order of `text` (see `normalise`).

        Of what a speaker corrects (后天不对大后天) only the last is given. `today` lets a year of
        birth be an age. Values are what was meant (候天 → 后天); spans are places in `text`.
        """
        sounds = syllables(text)
        mended = self._mender.mend(text, sounds)
        mentions = list(self._mentions.find(mended, sounds))
        others = [
            *mentions,
            *find_phones(mended),
            *self._names.find(mended),
            *find_days(mended),
            *find_clock_times(mended),
        ]
        apart = without_overlaps(others)
        blocked = tuple((e.start, e.end) for e in apart if e.kind in NOT_PLACES)
        regions = [e for e in apart if e.kind == "region"]
        candidates = [
            *others,
            *find_addresses(mended, blocked, regions),
            *find_foreign_hukou(mended, regions),
            *find_ages(mended, today),
            *find_order_refs(mended),
            *find_counts(mended),
        ]
        return corrected(mended, without_overlaps(candidates))
