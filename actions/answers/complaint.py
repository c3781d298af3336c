"""A complaint that is said: a case with its deadline, and a person who is offered."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from actions.answers.orders import conversation_id
from actions.context import Context
from actions.forms.step import Step
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.complaints import service as complaints
from care.complaints.about import order_meant, still_open_here
from care.complaints.model import Complaint
from care.complaints.words import Words
from care.desk.person import people
from care.language.dates import say_date
from care.orders.whose import vouched


@dataclass(frozen=True)
class Told:
    """What happened, and where to call back."""

    text: str
    phone: str


CLEAN = {"complaint": None, "complaint_phone": None, "unclear": 0}
_BY = "caller"


def answer(turn: Turn, context: Context) -> Spoken:
    """A case at once where it is said what happened, else a question."""
    if Words.own().says_no_more(turn.text):
        return Spoken(slots={"complaint": None}, follow="complaint_form")
    step = make(turn, turn.text, None, context)
    if step.ask is not None:
        return Spoken(step.spoken.lines, slots=step.slots, follow="complaint_form")
    return step.spoken


def in_passing(turn: Turn, context: Context) -> Spoken:
    """In the middle of something else: noted with what is known; nothing is asked."""
    if Words.own().says_no_more(turn.text):
        return Spoken((line("utter_complaint_after"),))
    return make(turn, turn.text, "", context).spoken


def make(turn: Turn, text: str, phone: str | None, context: Context) -> Step:
    """The case; or, where nobody could be called back, the question for a number. `phone` is ""
    where that was asked, or isn't to be."""
    now = context.now()
    with context.sessions.begin() as session:
        mine = conversation_id(session, turn)
        if mine is None:
            return Step(Spoken((line("utter_complain"),), handover="complaint"), CLEAN)
        earlier = still_open_here(session, mine, now)
        if earlier is not None:
            # Whoever says it again isn't content with a number: they get a person.
            complaints.remark(session, earlier.id, text, by=_BY, now=now)
            more = line("utter_complaint_more", case=f"第{earlier.id}号")
            return Step(Spoken((more,), handover="complaint"), CLEAN)
        report = _report(session, turn, Told(text, phone or ""), mine, context)
        reached = bool(report.phone or report.order_id)
        if not reached and phone is None:
            noted = Spoken((line("utter_complaint_noted"),))
            return Step(noted, {"complaint": text}, "complaint_phone")
        case = complaints.make(session, report, by=_BY, now=now)
        told = _tell(case, context, reached=reached)
    return Step(Spoken((told,), offers="person"), CLEAN)


def _report(
    session: Session, turn: Turn, told: Told, mine: int, context: Context
) -> complaints.Report:
    order = order_meant(
        session,
        told.text,
        turn.first("service") or turn.first("meal"),
        conversation_id=mine,
        elder_ids=[elder.id for elder in vouched(session, mine)],
        now=context.now(),
    )
    person = people(session, [mine])[mine]
    return complaints.Report(
        kind=Words.own().kind_of(told.text),
        text=told.text,
        order_id=order.id if order else None,
        conversation_id=mine,
        person=person.name or str(turn.slots.get("person_name") or ""),
        phone=told.phone or person.phone or str(turn.slots.get("phone") or ""),
    )


def _tell(case: Complaint, context: Context, *, reached: bool) -> Line:
    when = say_date(case.due_at.date(), context.today())
    response = "utter_complaint_made" if reached else "utter_complaint_made_unreached"
    return line(response, case=f"第{case.id}号", due=when)
