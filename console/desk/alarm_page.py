"""`/desk/alarms/REF`: what is known of an alarm, its course, and the steps until it is resolved."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from care.alarms import life
from care.alarms import service as alarms
from care.alarms.case import others
from care.alarms.course import note_of
from care.alarms.model import Alarm
from care.alarms.outcome import Outcome
from care.desk.person import people
from care.elders.model import Elder
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.answers import go, refuse, stay
from console.desk.floor import Floor, names
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.one_step import Refusals, one_step
from console.desk.page import page

MOST_TEXT = 500
HOW = "desk"
"""By which way a step came, in the alarm's course."""

PARTS = ("where", "known", "steps", "course")
"""Each a template of desk/alarm/, and the name of the event that brings it up to date."""

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ALARMS))]
Text = Annotated[str, Form(max_length=4 * MOST_TEXT)]


def build_router(floor: Floor) -> APIRouter:
    """One alarm, and what people do with it."""
    router = APIRouter(prefix="/desk/alarms/{ref}")
    refusals = _refusals(floor)

    @router.get("")
    def alarm(request: Request, who: Operator, ref: str) -> Response:
        return page(request, "desk/alarm.html", parts=PARTS, **_context(floor, who, ref))

    @router.get("/live")
    async def follow(request: Request, who: Operator, ref: str) -> LiveResponse:
        def render() -> Parts:
            context = _context(floor, who, ref)
            return {name: part(request, f"desk/alarm/{name}.html", **context) for name in PARTS}

        return live(request, who, floor, lambda topic, _key: topic == "alarm", render)

    @router.post("/acknowledge")
    def acknowledge(request: Request, who: Operator, ref: str) -> Response:
        with one_step(floor.sessions, refusals) as session:
            life.acknowledge(session, ref, by=who.name, now=floor.clock(), how=HOW)
        # From the queue one goes to the alarm that one has taken; on its own page one stays.
        return go(request, f"/desk/alarms/{ref}")

    @router.post("/take-over")
    def take_over(request: Request, who: Operator, ref: str) -> Response:
        with one_step(floor.sessions, refusals) as session:
            life.take_over(session, ref, by=who.name, now=floor.clock(), how=HOW)
        return stay(request, f"/desk/alarms/{ref}")

    @router.post("/dispatch")
    def dispatch(request: Request, who: Operator, ref: str, responder: Text = "") -> Response:
        sent = _written(responder, "写上派了谁去。")
        with one_step(floor.sessions, refusals) as session:
            life.dispatch(
                session, ref, by=who.name, responder=sent[:64], now=floor.clock(), how=HOW
            )
        return stay(request, f"/desk/alarms/{ref}")

    @router.post("/arrive")
    def arrive(request: Request, who: Operator, ref: str) -> Response:
        with one_step(floor.sessions, refusals) as session:
            life.arrive(session, ref, by=who.name, now=floor.clock(), how=HOW)
        return stay(request, f"/desk/alarms/{ref}")

    @router.post("/remark")
    def remark(request: Request, who: Operator, ref: str, text: Text = "") -> Response:
        written = _written(text, "写几个字再记。")
        with one_step(floor.sessions, refusals) as session:
            life.remark(session, ref, by=who.name, text=written, now=floor.clock(), how=HOW)
        return stay(request, f"/desk/alarms/{ref}")

    @router.post("/close")
    def close(
        request: Request, who: Operator, ref: str, outcome: Text = "", reason: Text = ""
    ) -> Response:
        ended = next((each for each in Outcome if each.value == outcome), None)
        if ended is None:
            raise refuse("选一个结果再了结。", 400)
        why = reason.strip()[:MOST_TEXT] or floor.alarm_words.outcomes[ended.value]
        with one_step(floor.sessions, refusals) as session:
            life.close(
                session, ref, by=who.name, reason=why, now=floor.clock(), outcome=ended, how=HOW
            )
        return stay(request, f"/desk/alarms/{ref}")

    return router


def _refusals(floor: Floor) -> Refusals:
    def taken(error: life.AlarmTakenError) -> HTTPException:
        with floor.reading() as session:
            by = names(session).get(error.by, error.by)
        return refuse(f"{by}已经接了这个报警。")

    def not_now(error: life.AlarmStateError) -> HTTPException:
        state = floor.alarm_words.states.get(error.state, error.state)
        return refuse(f"这个报警{state}，不能再这样操作。")

    return {
        life.AlarmNotFoundError: lambda _error: refuse("没有这个报警。", 404),
        life.AlarmTakenError: taken,
        life.AlarmStateError: not_now,
    }


def _written(text: str, otherwise: str) -> str:
    written = text.strip()[:MOST_TEXT]
    if not written:
        raise refuse(otherwise, 400)
    return written


def _context(floor: Floor, who: SignedIn, ref: str) -> dict[str, object]:
    queue = floor.shared_queue()  # before: SQLite has one transaction at a time
    with floor.reading() as session:
        alarm = session.scalar(select(Alarm).where(Alarm.ref == ref))
        if alarm is None:
            raise refuse("没有这个报警。", 404)
        events = alarms.events(session, alarm)
        return {
            "alarm": alarm,
            "events": [(each, note_of(each, floor.ladder, floor.alarm_words)) for each in events],
            "others": others(session, alarm),
            "elders": _elders(session, alarm),
            "names": names(session),
            "mine": alarm.handled_by == who.name,
            "outcomes": list(Outcome),
            "queue": queue,
            "words": floor.words,
            "alarm_words": floor.alarm_words,
            "now": floor.clock(),
        }


def _elders(session: Session, alarm: Alarm) -> list[Elder]:
    """Whom it may be about: all who share the landline that called, where nothing tells more."""
    known: tuple[int, ...] = (alarm.elder_id,) if alarm.elder_id else ()
    if not known and alarm.conversation_id:
        known = people(session, [alarm.conversation_id])[alarm.conversation_id].elders
    return [session.get_one(Elder, number) for number in known]
