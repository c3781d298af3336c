"""What the catalogue asks of an order (care.orders.refusal), as it is said and what follows."""

from datetime import date, datetime, time, timedelta
from typing import Any

from actions.context import Context
from actions.forms.for_whom import elder_called
from actions.outcome import Line, line
from actions.record import records
from actions.turn import Turn
from care.clock import SHANGHAI
from care.language.dates import say_date
from care.language.times import say_time
from care.orders.recurrence import Pattern, first_day
from care.orders.refusal import Refusal, not_for, too_soon

_DAY = 24


def early(turn: Turn, slots: dict[str, Any], context: Context) -> Refusal | None:
    """As far as the slots tell by now, so that nobody answers six questions for nothing."""
    with context.reading() as session:
        elder = elder_called(session, turn, slots.get("person_name"))
    service = context.catalogue.find(slots.get("service") or slots.get("meal") or "")
    if service is None:
        return None
    found = not_for(context.catalogue, service, elder, context.today())
    # Until a name was told it may still turn out whose order it is, of those who are known.
    sure = found is not None and (found.kind == "not_for" or slots.get("person_name"))
    if sure or (found is not None and not records(turn, context)):
        return found
    if not (slots.get("on_date") and slots.get("at_time")):
        return None
    on, at = date.fromisoformat(slots["on_date"]), time.fromisoformat(slots["at_time"])
    return too_soon(service, on, at, context.now())


def instead(refused: Refusal, slots: dict[str, Any]) -> dict[str, Any]:
    """The slots that are filled, or asked for, in the place of what can't be."""
    if refused.earliest is None:
        return {"service": None}
    when = _first(refused.earliest, slots)
    return {"on_date": when.date().isoformat(), "at_time": f"{when:%H:%M}"}


def lines(refused: Refusal, slots: dict[str, Any], context: Context) -> tuple[Line, ...]:
    """Why, kindly, and what can be had."""
    service = context.catalogue.say(slots.get("service") or slots.get("meal") or "")
    if refused.earliest is not None:
        when = _first(refused.earliest, slots)
        said = f"{say_date(when.date(), context.today())},{say_time(when.time())}"
        return (line("utter_too_soon", service=service, lead=_lead(refused), earliest=said),)
    why = line(f"utter_{refused.kind}", service=service, only="、".join(refused.only))
    if not refused.instead:
        return (why,)
    return (why, line("utter_instead", services="、".join(refused.instead)))


def _first(earliest: datetime, slots: dict[str, Any]) -> datetime:
    """What comes again begins on its first day from then on, at its own hour."""
    if not slots.get("pattern"):
        return earliest
    at = time.fromisoformat(slots["at_time"])
    from_ = earliest.date() + timedelta(days=at < earliest.time())
    first = first_day(Pattern.parse(slots["pattern"]), from_) or from_
    return datetime.combine(first, at, SHANGHAI)


def _lead(refused: Refusal) -> str:
    days, hours = divmod(refused.lead_hours, _DAY)
    return f"{days}天" if days and not hours else f"{refused.lead_hours}小时"
