"""`/desk/queue`: alarms, callers and chats that wait, what one has, and one's own state."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from care.desk import claims, seats
from care.desk.invitations import invitations
from care.desk.queue import GOAL, Queue
from care.desk.state import CHOSEN, SeatState
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.storage.engine import Sessions
from console.desk.access import may
from console.desk.answers import go, refuse, stay
from console.desk.desk import desk_of
from console.desk.floor import Floor, names
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.one_step import Refusals, one_step
from console.desk.page import page

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]

PARTS = ("seat", "alarms", "waiting", "mine", "callbacks", "talks")
"""Each a template of desk/queue/, and the name of the event that brings it up to date."""

_BUTTONS = {
    SeatState.AVAILABLE: "上线接待",
    SeatState.BREAK: "小休",
    SeatState.OFFLINE: "下线",
}
"""What an operator may choose, in the order of the buttons."""


def build_router(floor: Floor) -> APIRouter:
    """The queue and what is done from it."""
    router = APIRouter()

    @router.get("/desk/queue")
    def queue(request: Request, who: Operator) -> Response:
        return page(request, "desk/queue.html", parts=PARTS, **_context(floor, who, floor.queue()))

    @router.get("/desk/queue/live")
    async def follow(request: Request, who: Operator) -> LiveResponse:
        def render() -> Parts:
            context = _context(floor, who, floor.shared_queue())
            return {name: part(request, f"desk/queue/{name}.html", **context) for name in PARTS}

        return live(request, who, floor, lambda _topic, _key: True, render)

    @router.post("/desk/seat/{state}")
    def choose(request: Request, who: Operator, state: SeatState) -> Response:
        desk = desk_of(request)
        try:
            with desk.sessions.begin() as session:
                seats.choose(session, who.name, state, desk.clock())
        except seats.StateRefusedError as error:
            raise refuse(_why_not(floor, error)) from error
        return stay(request, "/desk/queue")

    @router.post("/desk/claim/{handover}")
    def claim(request: Request, who: Operator, handover: int) -> Response:
        speaks = speaking(floor, who)
        number = claiming(
            floor.sessions,
            lambda session: claims.claim(
                session, handover, operator=who.name, now=floor.clock(), speaks=speaks
            ),
        )
        return go(request, f"/desk/conversations/{number}")

    return router


def speaking(floor: Floor, who: SignedIn) -> claims.Speaks:
    """Into whose telephone calls somebody can speak now."""

    lines = floor.calls.lines()

    def speaks(conversation: int) -> bool:
        if conversation not in lines:
            return False
        if any(line.part_of(who.name) for line in lines.values()):
            raise refuse("您还在通话，先说完这一位。")
        return True

    return speaks


def claiming(sessions: Sessions, attempt: Callable[[Session], int]) -> int:
    """Runs a claim in a transaction of its own; a refusal is said in a sentence."""
    refusals: Refusals = {
        claims.TakenError: lambda error: refuse(_taken(sessions, error.operator)),
        claims.TooManyError: lambda _error: refuse(f"您手上已经有{claims.MOST}位了，先办完一位。"),
        claims.OnTheLineError: lambda _error: refuse("他在电话里，请用话机接。"),
        seats.NotAtDeskError: lambda _error: refuse("您现在是离线，先按“上线接待”。"),
    }
    with one_step(sessions, refusals) as session:
        return attempt(session)


def _taken(sessions: Sessions, operator: str | None) -> str:
    if operator is None:
        return "这一位已经不用接了。"
    with sessions() as session:
        return f"{names(session).get(operator, operator)}先接起来了。"


def _why_not(floor: Floor, error: seats.StateRefusedError) -> str:
    if error.state is SeatState.BUSY:
        return "您手上还有人，办完再休息。"
    return (
        f"现在是“{floor.words.seats[error.state]}”，不能改成“{floor.words.seats[error.wanted]}”。"
    )


def _context(floor: Floor, who: SignedIn, queue: Queue) -> dict[str, object]:
    lines = floor.calls.lines()
    with floor.reading() as session:
        known = names(session)
        asked_in = invitations(session, who.name)
    seat = next((each for each in queue.seats if each.operator == who.name), None)
    state = SeatState(seat.state) if seat else SeatState.OFFLINE
    return {
        "queue": queue,
        "mine": queue.held_by(who.name),
        "asked_in": asked_in,
        "rings": {  # whom only an operator's telephone reaches
            each.handover.id
            for each in queue.calls
            if each.on_the_line and each.handover.conversation_id not in lines
        },
        "seat": seat,
        "state": state,
        "choices": [(each, label) for each, label in _BUTTONS.items() if each in CHOSEN[state]],
        "colleagues": [each for each in queue.seats if each.operator != who.name],
        "names": known,
        "words": floor.words,
        "alarm_words": floor.alarm_words,
        "now": queue.at,
        "goal": int(GOAL.total_seconds()),
    }
