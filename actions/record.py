"""What the records tell of those for whom somebody may speak, so that it needn't be said again."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from actions.answers.orders import conversation_id
from actions.context import Context
from actions.turn import Turn
from care.elders.model import Elder
from care.elders.profile import profile_of
from care.elders.sounding import sound_key
from care.entitlements.profile import Profile
from care.orders.whose import known


@dataclass(frozen=True)
class Record:
    """One elder's, as far as a conversation needs it."""

    name: str
    phone: str
    place: str | None
    diet: str | None
    profile: Profile
    is_self: bool
    """It is the elder who talks, not one of their family."""

    def is_called(self, name: str) -> bool:
        """Whether the name is theirs, also misheard."""
        return sound_key(name) == sound_key(self.name)

    def is_named_in(self, text: str) -> bool:
        """Whether an utterance names them, also misheard."""
        return f" {sound_key(self.name)} " in f" {sound_key(text)} "


def records(turn: Turn, context: Context) -> list[Record]:
    """Of those for whom the channel vouches; none for whoever isn't known by number or binding."""
    with context.reading() as session:
        mine = conversation_id(session, turn)
        return _records(session, mine, context.today()) if mine is not None else []


def _records(session: Session, mine: int, today: date) -> list[Record]:
    return [_record(each.elder, today, is_self=each.is_self) for each in known(session, mine)]


def _record(elder: Elder, today: date, *, is_self: bool) -> Record:
    return Record(
        name=elder.name,
        phone=elder.phone,
        place=elder.address,
        diet=elder.diet,
        profile=profile_of(elder, today),
        is_self=is_self,
    )


def meant(found: list[Record], name: str | None) -> Record | None:
    """Of several the one with this name, and without a name the only one."""
    named = [each for each in found if name is None or each.is_called(name)]
    return named[0] if len(named) == 1 else None
