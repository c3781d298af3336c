"""What an operator's order for a meal needs beside its fields: how it comes, and whether it can."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens.fitness import allergies_of, is_another, unfit
from care.canteens.model import Canteen
from care.canteens.sentences import sentence
from care.canteens.stopped import note_stopped
from care.canteens.way import DELIVERY, NAMES
from care.canteens.words import say_unfit
from care.catalogue.service import Catalogue
from care.desk.ordering import Typed, UnfitError, refused
from care.elders.model import Elder
from care.elders.service import by_phone
from care.elders.sounding import sound_key
from care.orders.deadlines import Deadlines
from care.orders.model import Order
from care.orders.state import DRAFT
from care.orders.steps import Act
from care.orders.wish import Wish
from care.providers.slot import MEALS


def going_to(session: Session) -> list[Canteen]:
    """Canteens to which elders go, by name."""
    query = select(Canteen).where(Canteen.active).order_by(Canteen.region, Canteen.name)
    return [each for each in session.scalars(query) if each.ways - {DELIVERY}]


def with_way(session: Session, wish: Wish, typed: Typed) -> Wish:
    """The wish with how the meal comes. Raises UnfitError."""
    if wish.service not in MEALS or typed.way == DELIVERY or typed.way not in NAMES:
        return replace(wish, way=DELIVERY, canteen_id=None)
    number = int(typed.canteen) if typed.canteen.isdecimal() else 0
    canteen = session.get(Canteen, number)
    if canteen is None:
        raise UnfitError({"canteen": "canteen_missing"})
    if typed.way not in canteen.ways:
        way = NAMES[typed.way]
        raise UnfitError({"canteen": sentence("no_way", canteen=canteen.name, way=way)})
    return replace(wish, way=typed.way, canteen_id=canteen.id, region=canteen.region)


def meal_problems(
    session: Session, wish: Wish, act: Act, *, instead_of: Order | None = None
) -> dict[str, str]:
    """A sentence for the field of the day where the meal can't be had; an allergy that stops it is
    noted at the elder's record. Empty where it can, and for a change that leaves the meal as it is.
    """
    if instead_of is not None and not is_another(wish, instead_of):
        return {}
    elder_id = wish.elder_id or _by_number(session, wish)
    elder = session.get(Elder, elder_id) if elder_id is not None else None
    if wish.region is None and elder is not None:  # as the order itself gets it
        wish = replace(wish, region=elder.region)
    allergies = allergies_of(session, elder_id)
    found = unfit(
        session, replace(wish, elder_id=elder_id), act.now, allergies, instead_of=instead_of
    )
    if found is None:
        return {}
    note_stopped(session, found, elder_id, by=act.by, now=act.now)
    return {"on": say_unfit(session, found, act.now.date(), desk=True)}


def order_problems(
    session: Session, catalogue: Catalogue, wish: Wish, act: Act, *, instead_of: Order | None = None
) -> dict[str, str]:
    """A sentence for the field for which it can't be ordered, or changed to this from `instead_of`:
    as a draft that would lapse at once, as a meal (`meal_problems`), or by the catalogue
    (`refused`)."""
    waits = instead_of is not None and instead_of.state == DRAFT
    if waits and Deadlines.own().is_too_late_to_ask(wish.on, act.now):
        return {"on": "draft_too_late"}
    return meal_problems(session, wish, act, instead_of=instead_of) or refused(
        session, catalogue, wish, act.now, before=instead_of
    )


def _by_number(session: Session, wish: Wish) -> int | None:
    """Whose meal it is by number and name together: an operator may know what the record says."""
    sound = sound_key(wish.person)
    return next((each.id for each in by_phone(session, wish.phone) if each.sound == sound), None)
