"""Why a service can't be had, in writing: `data/orders/refusals.yml`."""

from typing import ClassVar

from care.catalogue.service import Catalogue
from care.orders.refusal import Refusal
from care.sentences import Places, SentenceFile


class RefusalWords(SentenceFile):
    """A sentence for each kind of care.orders.refusal.Refusal."""

    file = "orders/refusals.yml"
    places: ClassVar[Places] = {
        "too_soon": {"service", "hours", "earliest"},
        "not_for": {"service", "only"},
        "unknown_for": {"service", "only"},
    }

    too_soon: str
    not_for: str
    unknown_for: str


def in_writing(refused: Refusal, service: str, catalogue: Catalogue) -> str:
    """One sentence: what is wrong, and what to do."""
    details = {
        "service": catalogue.say(service),
        "hours": refused.lead_hours,
        "earliest": f"{refused.earliest:%m月%d日 %H:%M}" if refused.earliest else "",
        "only": "、".join(refused.only),
    }
    return RefusalWords.say(refused.kind, **details)
