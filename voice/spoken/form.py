"""Written text as it is said aloud: no digit, no letter, no sign but ，。？！、 is left."""

import re

from voice.spoken.clocks import say_times
from voice.spoken.dates import say_dates
from voice.spoken.documents import say_documents
from voice.spoken.erhua import say_erhua
from voice.spoken.letters import say_letters, say_words
from voice.spoken.lists import say_lists
from voice.spoken.markup import without_markup
from voice.spoken.money import say_money
from voice.spoken.phones import say_phones
from voice.spoken.punctuation import close_up, mark_spaces, only_pauses
from voice.spoken.quantities import say_quantities
from voice.spoken.ranges import say_ranges
from voice.spoken.references import say_references
from voice.spoken.shares import say_shares
from voice.spoken.signs import plain_signs
from voice.spoken.tables import tables
from voice.spoken.units import say_units
from voice.spoken.web import say_addresses

_PLAIN = re.compile(r"[\u4e00-\u9fff，。？！、]*")


def spoken(text: str) -> str:
    """Any text in Chinese characters and ，。？！、 as a person would read it out.

    Text that is spoken already comes back unchanged. Never raises; a sign that no rule knows and
    that nobody would say (a picture, a character of another script) is left out.
    """
    if not _PLAIN.fullmatch(text):
        text = _numbers_and_letters(text)
    known = tables()
    # Signs go first: 伙<儿 is a word only when the sign between its halves is gone.
    return say_erhua(only_pauses(text), known.erhua, known.erhua_pattern)


def _numbers_and_letters(text: str) -> str:
    """The order matters: what names before what counts, the special before the general."""
    known = tables()
    text = plain_signs(text)
    text = without_markup(text)
    text = say_addresses(text)
    text = close_up(text)
    text = say_lists(text)
    text = say_documents(text)
    text = say_dates(text)
    text = say_phones(text)
    text = say_references(text)
    text = say_times(text)
    text = say_money(text)
    text = say_words(text, known.words, known.words_pattern)
    text = say_ranges(text)
    text = say_units(text, known.units, known.units_pattern)
    text = say_shares(text)
    text = mark_spaces(text)
    text = say_quantities(text)
    return say_letters(text, known.letters)
