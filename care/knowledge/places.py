"""Places named in a question to the card index, and the cards that hold for a place."""

from collections.abc import Iterable
from pathlib import Path

from care.data_files import DATA
from care.language.lexicon import GUARDED, load_words
from care.language.sound import syllables
from care.regions.region import Regions

_BEFORE_A_PLACE = "在是到咱我问们跟那说听,。"
_SHORT, _LONGEST = 2, 6


class Places:
    """Finds the canonical region that a question names.

    Names of two syllables are found by sound only where a place is likely (审阳 at the beginning,
    在审阳) and with one of the two characters right: 婶养老 and 生养 sound the same.
    """

    def __init__(self, regions: Regions, words: Iterable[tuple[str, str]] = ()) -> None:
        """`words` holds (word, canonical name) of further places, those outside the sources too."""
        self._regions = regions
        self._names = {
            name: region.name for region in regions for name in (region.name, *region.aliases)
        }
        for word, canonical in words:
            self._names.setdefault(word, canonical)
        self._words = sorted(self._names, key=lambda name: (-len(name), name))
        self._sounds = {
            tuple(syllables(name)): name
            for region in regions
            for name in (region.name, *region.aliases)
        }

    def find(self, text: str) -> tuple[str, str] | None:
        """(the words as said, canonical name) of the longest place named, or None."""
        for word in self._words:
            if word in text:
                return word, self._names[word]
        return self._by_sound(text)

    def covers(self, card_region: str, asked: str) -> bool:
        """Whether what holds for `card_region` holds for somebody in `asked`."""
        return card_region == asked or self._regions.within(asked, card_region)

    def path(self, name: str) -> tuple[str, ...]:
        """Full names from the province down to `name`."""
        return self._regions.path(name)

    def names_of(self, region: str) -> tuple[str, ...]:
        """Everything that `region` is called."""
        found = self._regions.find(region)
        return (found.name, *found.aliases) if found else (region,)

    def _by_sound(self, text: str) -> tuple[str, str] | None:
        spoken = syllables(text)
        if len(spoken) != len(text):
            return None
        for length in range(_LONGEST, _SHORT - 1, -1):
            for start in range(len(text) - length + 1):
                name = self._sounds.get(tuple(spoken[start : start + length]))
                if name is None:
                    continue
                said = text[start : start + length]
                likely = start == 0 or text[start - 1] in _BEFORE_A_PLACE
                if length > _SHORT or (likely and set(said) & set(name)):
                    return said, self._names[name]
        return None


def load_places(data: Path = DATA) -> Places:
    """The places of `data/`; those that are everyday words too (guarded) don't count here."""
    words = [
        (word.text, word.value)
        for word in load_words(data)
        if word.kind == "region" and word.mode != GUARDED
    ]
    return Places(Regions.load(data / "regions.yml"), words)
