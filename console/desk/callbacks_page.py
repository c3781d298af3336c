"""`/desk/callbacks`: whom to telephone, who has taken which, and what came of it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel, Field

from care.clock import SHANGHAI
from care.conversations.model import Conversation
from care.desk import callbacks
from care.desk.person import NOBODY, people
from care.elders.number import national
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.answers import refuse, stay
from console.desk.floor import Floor, names
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.one_step import Refusals, one_step
from console.desk.page import page

MOST_TEXT = 300

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]
Text = Annotated[str, Form(max_length=4 * MOST_TEXT)]

_REFUSALS: Refusals = {
    callbacks.CallbackNotFoundError: lambda _error: refuse("这个回电别人拿走了，或者已经办完了。")
}


class NewCallback(BaseModel):
    """What an operator filled in."""

    phone: str = Field("", max_length=40)
    person: str = Field("", max_length=64)
    about: str = Field("", max_length=MOST_TEXT)
    due: str = Field("", max_length=32)
    conversation: int | None = None
    csrf_token: str = ""


def build_router(floor: Floor) -> APIRouter:
    """The list and its steps."""
    router = APIRouter(prefix="/desk/callbacks")
    here = "/desk/callbacks"

    @router.get("")
    def everything(request: Request, who: Operator, conversation: int | None = None) -> Response:
        context = _context(floor, who)
        return page(request, "desk/callbacks.html", **context, **_known(floor, conversation))

    @router.get("/live")
    async def follow(request: Request, who: Operator) -> LiveResponse:
        def render() -> Parts:
            return {"list": part(request, "desk/callbacks/list.html", **_context(floor, who))}

        return live(request, who, floor, lambda topic, _key: topic == "callback", render)

    @router.post("")
    def make(request: Request, who: Operator, form: Annotated[NewCallback, Form()]) -> Response:
        with floor.sessions.begin() as session:
            row = session.get(Conversation, form.conversation) if form.conversation else None
            known = people(session, [row.id])[row.id] if row else NOBODY
            wish = callbacks.Wish(
                phone=_number(form.phone, known.phone),
                about=_written(form.about, "写上为什么要回电话。"),
                due_at=_moment(form.due, floor.clock()),
                person=form.person.strip(),
                conversation_id=row.id if row else None,
            )
            callbacks.make(session, wish, by=who.name, now=floor.clock())
        return stay(request, here)

    @router.post("/{number}/take")
    def take(request: Request, who: Operator, number: int) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            callbacks.take(session, number, operator=who.name, now=floor.clock())
        return stay(request, here)

    @router.post("/{number}/give-back")
    def give_back(request: Request, who: Operator, number: int) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            callbacks.give_back(session, number, operator=who.name, now=floor.clock())
        return stay(request, here)

    @router.post("/{number}/missed")
    def missed(request: Request, who: Operator, number: int) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            callbacks.missed(session, number, operator=who.name, now=floor.clock())
        return stay(request, here)

    @router.post("/{number}/end")
    def end(
        request: Request, who: Operator, number: int, reached: Text = "", note: Text = ""
    ) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            callbacks.end(
                session,
                number,
                operator=who.name,
                reached=reached == "yes",
                note=note.strip()[:MOST_TEXT],
                now=floor.clock(),
            )
        return stay(request, here)

    return router


def _number(typed: str, known: str | None) -> str:
    """A number that can be telephoned: the typed one, or the one that is on record."""
    found = national(typed) if typed.strip() else known
    if found is None:
        raise refuse("电话号码不对，写手机号，或者区号加座机号。", 400)
    return found


def _written(text: str, otherwise: str) -> str:
    written = text.strip()[:MOST_TEXT]
    if not written:
        raise refuse(otherwise, 400)
    return written


def _moment(typed: str, now: datetime) -> datetime:
    """From a browser's field for date and time, which has no zone; at once when it is empty."""
    if not typed.strip():
        return now
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise refuse("时间没写对，从日历里选一个。", 400) from error


def _known(floor: Floor, conversation: int | None) -> dict[str, object]:
    """What the form is filled with."""
    if conversation is None:
        return {"person": NOBODY, "conversation": None}
    with floor.reading() as session:
        found = people(session, [conversation]).get(conversation, NOBODY)
        return {"person": found, "conversation": conversation}


def _context(floor: Floor, who: SignedIn) -> dict[str, object]:
    queue = floor.shared_queue()  # before: SQLite has one transaction at a time
    with floor.reading() as session:
        opened = callbacks.still_open(session)
        return {
            "mine": [each for each in opened if each.operator == who.name],
            "callbacks": [each for each in opened if each.operator != who.name],
            "names": names(session),
            "queue": queue,
            "words": floor.words,
            "alarm_words": floor.alarm_words,
            "now": floor.clock(),
        }
