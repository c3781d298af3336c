"""What somebody says of festivals for a meal or a service that comes again: 过节照送, 过年不要."""

import re

from care.orders.series import Festive

_FESTIVE = r"(?:逢年过节|过年过节|年节|过年|过节|节假?日|节日)"
_DAYS = r"(?:的?(?:时候|那?几?天|期间|里)?[,，]?的?(?:[早午晚]?[饭餐])?)"
_ASK = re.compile(rf"{_FESTIVE}{_DAYS}.{{0,4}}(?:再|先|到时候?)?(?:问|看情况|再说)")
_SKIP = re.compile(
    rf"{_FESTIVE}{_DAYS}(?:就|都|也|一律|我们?)*(?:不|别|甭|停)(?:用|要|必|再)?(?:送|来|做|安排|要|了|$)?"
)
_SERVE = re.compile(
    rf"{_FESTIVE}{_DAYS}(?:(?:就|都|也|一样|还|照样|照常|照|我们?)+(?:要|得|是|给我)*"
    r"(?:送|来|做|安排|要|有)|(?:也|都|就)*(?:别|不用?|甭)停)"
)
_ALWAYS = re.compile(r"逢年过节|过年过节|年节|过节|节假?日|节日")
"""Any festival; 过年 alone is the coming one."""


def read(text: str) -> Festive | None:
    """What is to happen on every festival; None when nothing is said of that."""
    if not _ALWAYS.search(text):
        return None
    rules: tuple[tuple[re.Pattern[str], Festive], ...] = (
        (_ASK, "ask"),
        (_SERVE, "serve"),
        (_SKIP, "skip"),
    )
    return next((festive for words, festive in rules if words.search(text)), None)
