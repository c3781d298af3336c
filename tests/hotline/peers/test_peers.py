"""What a process asks another, over a real server: its calls, what is kept of them, who gets in."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI, WebSocket
from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from care.calls import service as calls
from care.calls.kind import Direction
from care.calls.service import NewCall
from care.conversations.service import open_conversation
from care.storage.engine import Sessions, readers
from care.storage.seal import Seal
from console.desk.calls import AwayError, Browser, NotInCallError, OnCall, Part
from hotline.peers.asked import SOUND, STEPS, Hold, Look, Sound
from hotline.peers.calls import AllCalls
from hotline.peers.link import Link, open_link
from hotline.peers.others import Others
from hotline.peers.route import build_router
from hotline.peers.ticket import Tickets
from tests.care.operators.people import Time
from tests.console.desk.floor.far_end import FarEnd
from tests.databases import ELDER_KEY
from tests.hotline.peers.wire import Wire
from tests.serving import serving

HERE = "http://10.0.0.5:8000"
ZHANG = OnCall("zhangmin", Part.OPERATOR, "leg")
HEARS = Sound(conversation=1, name="zhangmin", part=Part.OPERATOR, rate=16_000)


@dataclass
class Neighbour:
    """Another process, which has a call, as this one sees it."""

    address: str
    wire: Wire
    far_end: FarEnd
    mine: Tickets
    others: Others
    clock: Time
    changes: int = 0
    seconds: float = 0.0
    looks: list[str] = field(default_factory=list)


@pytest.fixture
def neighbour(embedded: Sessions) -> Iterator[Neighbour]:
    keys, clock, wire, far_end = Seal(ELDER_KEY).keys, Time(), Wire(), FarEnd()
    mine = Tickets(keys, HERE, clock)
    app = FastAPI()
    app.include_router(build_router(far_end, Tickets(keys, wire.address, clock)))
    made: list[Neighbour] = []

    def count(request: httpx.Request) -> None:
        made[0].looks.append(str(request.url))

    with (
        httpx.Client(trust_env=False, timeout=30, event_hooks={"request": [count]}) as http,
        serving(app) as there,
    ):
        others = Others(
            readers(embedded),
            mine,
            http,
            own=HERE,
            clock=clock,
            newest=lambda: made[0].changes,
            seconds=lambda: made[0].seconds,
        )
        made.append(Neighbour(there, wire, far_end, mine, others, clock))
        wire.lead(there)
        begin(embedded, clock, wire.address)
        yield made[0]
        wire.cut()


def begin(sessions: Sessions, clock: Time, peer: str, number: str = "13800000001") -> None:
    """Somebody is on the telephone at that process."""
    now = clock()
    with sessions.begin() as session:
        row = open_conversation(session, sender_id=f"tel:{number}", channel="phone", now=now)
        session.flush()
        new = NewCall("leg", Direction.IN, "sip", number, "12349", "there", peer)
        call = calls.begin(session, new, now)
        calls.belongs(session, call.id, conversation_id=row.id)


def end(sessions: Sessions, clock: Time) -> None:
    with sessions.begin() as session:
        [call] = calls.recent(session)
        calls.end(session, call.id, "they hung up", clock())


def test_one_look_serves_all_pages_until_something_changes(
    neighbour: Neighbour, embedded: Sessions
) -> None:
    neighbour.far_end.people = (ZHANG,)
    for _ in range(3):
        assert neighbour.others.lines()[1].people == (ZHANG,)
    assert len(neighbour.looks) == 1
    neighbour.far_end.held = True
    assert not neighbour.others.lines()[1].held
    neighbour.changes += 1
    assert neighbour.others.lines()[1].held
    neighbour.seconds += 2.5
    neighbour.others.lines()
    assert len(neighbour.looks) == 3
    end(embedded, neighbour.clock)
    assert neighbour.others.lines() == {}
    assert len(neighbour.looks) == 3, "a process without calls is not asked"


def test_a_process_that_doesnt_answer_is_not_asked_for_a_while_and_what_it_told_counts(
    neighbour: Neighbour,
) -> None:
    neighbour.far_end.people = (ZHANG,)
    before = neighbour.others.lines()
    neighbour.wire.cut()
    for _ in range(3):
        neighbour.changes += 1
        assert neighbour.others.lines() == before
    assert len(neighbour.looks) == 2
    neighbour.seconds += 11
    neighbour.others.lines()
    assert len(neighbour.looks) == 3
    with pytest.raises(AwayError):
        neighbour.others.ask(neighbour.wire.address, Hold(conversation=1, on=True, by="x"))


def test_steps_are_taken_where_the_call_is(neighbour: Neighbour) -> None:
    own = FarEnd(conversation=2)
    both = AllCalls(own, neighbour.others)
    assert set(both.lines()) == {1, 2}
    both.hold(1, True, "zhangmin")
    both.dial(1, "13900000002", "13900000002", Part.GUEST)
    both.turn(1, "wangfang", Part.WHISPERER)
    both.dismiss(1, "leg")
    both.hold(2, False, "lihua")
    assert neighbour.far_end.steps == [
        ("hold", True, "zhangmin"),
        ("dial", "13900000002", "13900000002", Part.GUEST),
        ("turn", "wangfang", Part.WHISPERER),
        ("dismiss", "leg"),
    ]
    assert own.steps == [("hold", False, "lihua")]
    for gone in (3, 1):
        neighbour.far_end.conversation = 9
        with pytest.raises(NotInCallError) as error:
            both.hold(gone, True, "zhangmin")
        assert not isinstance(error.value, AwayError)


def test_only_a_ticket_lets_in_and_only_for_what_it_says(neighbour: Neighbour) -> None:
    address, mine = neighbour.wire.address, neighbour.mine
    foreign = mine.write(HERE, Look())
    for_sound, used = mine.write(address, HEARS), mine.write(address, Look())
    assert posted(address, used) == 200
    old = mine.write(address, Look())
    neighbour.clock.now += timedelta(seconds=11)
    for ticket in ("x", "A" * 400, foreign, used, old, for_sound):
        assert posted(address, ticket) == 404
        assert knocked(address, ticket) == 403
    assert knocked(address, mine.write(address, Look())) == 403
    assert neighbour.far_end.steps == []


def posted(address: str, ticket: str) -> int:
    headers = {"Authorization": f"Bearer {ticket}"}
    return httpx.post(address + STEPS, headers=headers, trust_env=False, timeout=30).status_code


def knocked(address: str, ticket: str) -> int:
    headers = {"Authorization": f"Bearer {ticket}"}
    where = address.replace("http", "ws", 1) + SOUND
    with pytest.raises(InvalidStatus) as error:
        connect(where, additional_headers=headers, proxy=None)
    return int(error.value.response.status_code)


@dataclass
class Ear:
    """A browser that keeps what it is told."""

    came: list[bytes] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def browser(self, rate: int = 16_000) -> Browser:
        return Browser(
            rate,
            send=self.came.append,
            ended=lambda: self.told.append("ended"),
            broke=lambda: self.told.append("broke"),
        )


async def soon(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def test_frames_go_both_ways_as_they_are(neighbour: Neighbour) -> None:
    far_end, ear = neighbour.far_end, Ear()
    frames = [bytes([number, 0]) * 320 for number in range(20)]

    async def talk() -> None:
        ticket = neighbour.mine.write(neighbour.wire.address, HEARS)
        link = await open_link(neighbour.wire.address, ticket, ear.browser())
        await soon(lambda: far_end.browsers)
        for frame in frames:
            link.receive(frame)
            far_end.browsers[0].send(frame)
            await asyncio.sleep(0)
        await soon(lambda: ear.came == frames and far_end.came == frames)
        for rubbish in (b"", b"\x00", b"\x00" * 20_000):
            with pytest.raises(ValueError, match="octets"):
                link.receive(rubbish)
        far_end.browsers[0].ended()
        await soon(lambda: ear.told == ["ended"])

    asyncio.run(talk())
    assert far_end.pulled == 1


def test_a_rate_that_none_has_and_a_call_that_is_over_end_it(neighbour: Neighbour) -> None:
    async def talk() -> None:
        for wrong in ({"rate": 12_345}, {"conversation": 5}):
            ear, asked = Ear(), HEARS.model_copy(update=wrong)
            ticket = neighbour.mine.write(neighbour.wire.address, asked)
            await open_link(neighbour.wire.address, ticket, ear.browser(asked.rate))
            await soon(lambda ear=ear: ear.told == ["ended"])  # type: ignore[misc]
        with pytest.raises(AwayError):
            await open_link(neighbour.wire.address, "x", Ear().browser())

    asyncio.run(talk())


def test_a_process_that_falls_silent_counts_as_gone() -> None:
    app = FastAPI()

    @app.websocket("/silent")
    async def silent(socket: WebSocket) -> None:
        await socket.accept()
        await socket.receive()

    async def talk(address: str) -> None:
        ear = Ear()
        socket = await open_socket(address.replace("http", "ws", 1) + "/silent", proxy=None)
        Link(socket, ear.browser(), silence=0.1)
        await soon(lambda: ear.told == ["broke"])
        pulled = Ear()
        socket = await open_socket(address.replace("http", "ws", 1) + "/silent", proxy=None)
        Link(socket, pulled.browser(), silence=0.1).pull()
        await asyncio.sleep(0.3)
        assert pulled.told == [], "who went is told nothing"

    with serving(app) as address:
        asyncio.run(talk(address))
