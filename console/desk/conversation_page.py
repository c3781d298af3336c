"""`/desk/conversations/NUMBER`: what is said, what is known, and the operator's part in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session

from care.changes.hub import Wants
from care.desk import claims
from care.desk.entitled import entitled
from care.desk.invitations import invitations
from care.desk.record import record_of
from care.desk.topic import known
from care.desk.view import view
from care.language.typeset import typeset
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.operators.telephone import telephone_of
from care.wechat.reach import reach
from console.desk.access import may
from console.desk.answers import go, refuse, stay
from console.desk.floor import Floor, names
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.page import page
from console.desk.queue_page import claiming, speaking

MOST_TEXT = 500
"""Characters of one message to an elder."""
MOST_NOTE = 500

PARTS = ("where", "said", "call", "summary", "composer", "record")
"""Each a template of desk/conversation/, and the name of the event that brings it up to date."""

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]
Text = Annotated[str, Form(max_length=4 * MOST_TEXT)]


def build_router(floor: Floor) -> APIRouter:
    """One conversation, and what an operator does in it."""
    router = APIRouter(prefix="/desk/conversations/{number}")

    @router.get("")
    def conversation(request: Request, who: Operator, number: int) -> Response:
        context = _context(floor, who, number)
        return page(request, "desk/conversation.html", parts=PARTS, **context)

    @router.get("/live")
    async def follow(request: Request, who: Operator, number: int) -> LiveResponse:
        def render() -> Parts:
            context = _context(floor, who, number)
            return {
                name: part(request, f"desk/conversation/{name}.html", **context) for name in PARTS
            }

        return live(request, who, floor, _about(number), render)

    @router.post("/take")
    def take(request: Request, who: Operator, number: int) -> Response:
        def attempt(session: Session) -> int:
            now = floor.clock()
            claims.take_over(session, number, operator=who.name, now=now, speaks=speaks)
            return number

        speaks = speaking(floor, who)
        claiming(floor.sessions, attempt)
        return stay(request, f"/desk/conversations/{number}")

    @router.post("/say")
    def say(request: Request, who: Operator, number: int, text: Text = "") -> Response:
        said = typeset(text.strip())
        if not 0 < len(said) <= MOST_TEXT:
            raise refuse(f"写 1 到 {MOST_TEXT} 个字再发。", 400)
        with _own(floor) as session:
            claims.say(session, number, operator=who.name, text=said, now=floor.clock())
        return stay(request, f"/desk/conversations/{number}")

    @router.post("/hand-back")
    def hand_back(request: Request, who: Operator, number: int, note: Text = "") -> Response:
        with _own(floor) as session:
            claims.hand_back(
                session, number, operator=who.name, note=note.strip()[:MOST_NOTE], now=floor.clock()
            )
        return go(request, "/desk/queue")

    @router.post("/let-go")
    def let_go(request: Request, who: Operator, number: int) -> Response:
        with _own(floor) as session:
            claims.let_go(session, number, operator=who.name, now=floor.clock())
        return go(request, "/desk/queue")

    @router.post("/close")
    def close(
        request: Request, who: Operator, number: int, wrap_up: Text = "", note: Text = ""
    ) -> Response:
        code = floor.words.wrap_up(wrap_up)
        if code is None:
            raise refuse("选一个结果再结束。", 400)
        with _own(floor) as session:
            claims.close(
                session,
                number,
                operator=who.name,
                wrap_up=code.id,
                note=note.strip()[:MOST_NOTE],
                now=floor.clock(),
            )
        return go(request, "/desk/queue")

    return router


@contextmanager
def _own(floor: Floor) -> Iterator[Session]:
    """A transaction about somebody whom this operator has; one sentence when they don't."""
    try:
        with floor.sessions.begin() as session:
            yield session
    except claims.NotYoursError as error:
        raise refuse("这一位已经不在您手上了。") from error


def _about(number: int) -> Wants:
    own = {("conversation", str(number)), ("handover", str(number))}
    return lambda topic, key: topic in ("alarm", "seat") or (topic, key) in own


def _context(floor: Floor, who: SignedIn, number: int) -> dict[str, object]:
    now = floor.clock()
    queue = floor.shared_queue()  # before: SQLite has one transaction at a time
    line = floor.calls.lines().get(number)
    with floor.reading() as session:
        seen = view(session, number, floor.words, now)
        if seen is None:
            raise refuse("没有这个对话。", 404)
        return {
            "view": seen,
            "record": record_of(session, number),
            "entitled": entitled(seen.slots, floor.entitlements),
            "names": names(session),
            "held": seen.is_held_by(who.name),
            "known": known(seen.slots, floor.words),
            "queue": queue,
            "line": line,
            "wechat": reach(session, number, now),
            "invited": invitations(session, who.name).get(number),
            "telephone": telephone_of(session, who.id),
            "words": floor.words,
            "alarm_words": floor.alarm_words,
            "now": now,
            "most": MOST_TEXT,
        }
