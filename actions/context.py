"""Everything that actions need from outside, handed over once at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from care.catalogue.service import Catalogue
from care.clock import Clock
from care.entitlements.load import Entitlements
from care.knowledge.document import Document
from care.knowledge.index import CardIndex
from care.regions.region import Regions
from care.storage.engine import Sessions
from care.storage.readable import Readable


@dataclass(frozen=True)
class Context(Readable):
    """The domain, as the actions see it."""

    sessions: Sessions
    clock: Clock
    entitlements: Entitlements
    cards: CardIndex
    documents: Mapping[str, Document]
    regions: Regions
    catalogue: Catalogue

    def now(self) -> datetime:
        """The moment, in Asia/Shanghai."""
        return self.clock()

    def today(self) -> date:
        """The day, in Asia/Shanghai."""
        return self.clock().date()
