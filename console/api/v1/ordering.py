"""An order as it was sent, read by the rules of the desk's form, or refused field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.desk.meal_ordering import order_problems, with_way
from care.desk.order_words import OrderWords
from care.desk.ordering import Typed, UnfitError, read
from care.elders.model import ACTIVE, Elder
from care.elders.service import kept
from care.orders.model import Order
from care.orders.steps import Act
from care.orders.wish import Wish
from care.regions.region import Regions
from console.api.v1.access import Access
from console.api.v1.order_bodies import WishBody, typed
from console.api.v1.problems import ProblemError, Unfit, unfit

HOW = "api"
"""By which way a step came, in the order's course."""


@dataclass(frozen=True)
class Whose:
    """What is known of an order before its fields are read."""

    phone: str | None = None
    elder_id: int | None = None
    region: str | None = None


@dataclass(frozen=True)
class Ordering:
    """What orders are placed with."""

    access: Access
    catalogue: Catalogue
    regions: Regions
    words: OrderWords

    def wish(self, session: Session, body: WishBody) -> Wish:
        """What the record doesn't say, the body does. Raises ProblemError."""
        filled, whose = Typed(**typed(body)), Whose(region=self._region(body.region))
        if body.elder_id is not None:
            elder = self._elder(session, body.elder_id)
            place, person = filled.place or elder.address or "", filled.person or elder.name
            filled = replace(filled, place=place, person=person)
            whose = replace(whose, phone=elder.phone, elder_id=elder.id)
        return self.read(session, filled, whose)

    def read(self, session: Session, filled: Typed, whose: Whose) -> Wish:
        """Raises ProblemError."""
        now = self.access.clock()
        try:
            wish = read(filled, whose.phone, self.catalogue, now, whose.elder_id)
            return with_way(session, replace(wish, region=whose.region), filled)
        except UnfitError as error:
            raise self.told(error.problems) from error

    def problems(
        self, session: Session, wish: Wish, by: str, before: Order | None = None
    ) -> dict[str, str]:
        """Why it can't be ordered, by field; `before`: the order that it changes. That a meal was
        stopped is noted in the elder's record, to be committed with the refusal."""
        act = Act(by, self.access.clock(), HOW)
        return order_problems(session, self.catalogue, wish, act, instead_of=before)

    def told(self, problems: Mapping[str, str]) -> ProblemError:
        """To be raised. A problem is a code that the desk has a sentence for, or a sentence."""
        known = self.words.problems
        return unfit(
            self.access.sentences,
            [
                Unfit(field=field, code=each, detail=known[each])
                if each in known
                else Unfit(field=field, code="unfit", detail=each)
                for field, each in problems.items()
            ],
        )

    def _region(self, name: str | None) -> str | None:
        if name is None:
            return None
        found = self.regions.find(name)
        if found is None:
            raise self._unfit("region", "region_unknown", self.access.sentences.region_unknown)
        return found.name

    def _elder(self, session: Session, number: int) -> Elder:
        elder = session.get(Elder, number)
        if elder is None:
            raise self._unfit("elder_id", "elder_unknown", self.access.sentences.elder_unknown)
        elder = kept(session, elder)
        if elder.state != ACTIVE:
            raise self._unfit("elder_id", "elder_gone", self.access.sentences.elder_gone)
        return elder

    def _unfit(self, field: str, code: str, told: str) -> ProblemError:
        return unfit(self.access.sentences, [Unfit(field=field, code=code, detail=told)])
