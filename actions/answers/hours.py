"""How many free hours of home service an elder still has this month."""

from datetime import date

from actions.answers.orders import conversation_id
from actions.context import Context
from actions.forms.price import minutes
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.orders.quota import Hours, left
from care.orders.whose import vouched

_NONE = "零小时"


def answer(turn: Turn, context: Context) -> Spoken:
    """Only to whom the channel vouches for: what somebody has used is nobody else's business."""
    today = context.today()
    with context.reading() as session:
        mine = conversation_id(session, turn)
        elders = vouched(session, mine) if mine else []
        found = [(elder.name, left(session, elder.id, today)) for elder in elders]
    if not found:
        return Spoken((line("utter_hours_unknown"),), offers="person")
    lines = [each for name, hours in found for each in _tell(name, hours, today)]
    return Spoken(tuple(lines))


def _tell(name: str, hours: Hours, today: date) -> tuple[Line, ...]:
    if not hours.allowance:
        return (line("utter_hours_none", name=name),)
    told = line(
        "utter_hours_left",
        name=name,
        month=f"{today.month}",
        allowance=minutes(hours.allowance),
        used=minutes(hours.used) or _NONE,
        ahead=minutes(hours.set_aside) or _NONE,
        left=minutes(hours.left) or _NONE,
    )
    return (told,) if hours.decided else (told, line("utter_quote_check"))
