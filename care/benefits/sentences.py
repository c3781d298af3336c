"""What elders are told: `data/benefits/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "benefits/sentences.yml"
    places: ClassVar[Places] = {
        "text": {"name", "offer", "source", "check"},
        "spoken": {"name", "offer", "source", "check"},
        "offer": {"given"},
        "offer_private": {"region", "gift", "amount"},
        "offer_unpublished": {"region", "gift"},
        "check": {"check"},
    }

    title: str
    text: str
    spoken: str
    offer: str
    offer_private: str
    offer_unpublished: str
    check: str
