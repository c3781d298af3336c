"""More callers than lines: nobody hears silence, and whoever is in need gets through."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from care.alarms import service as alarms
from care.calls.model import CallEvent
from care.storage.engine import open_engine, open_sessions
from evaluation.calls.phone import phone
from evaluation.system import System
from tests.e2e.alone import hotline_alone
from tests.e2e.talk import Person, Talk, calling, person, until

FALL = "我摔倒了起不来"
OPENINGS = ("我已经把您的急事报上去了", "您别慌,急事已经报上去了")


@pytest.fixture(scope="module")
def who() -> Person:
    return person()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One line, and a queue for two."""
    limits = {"HOTLINE_CALLS_LIMIT": "1", "HOTLINE_QUEUE_LIMIT": "2"}
    with hotline_alone(tmp_path_factory.mktemp("busy"), limits) as running:
        yield running


def test_callers_wait_in_a_queue_and_who_is_in_need_does_not(
    system: System, who: Person, tmp_path: Path
) -> None:
    sessions = open_sessions(open_engine(system.database_url))

    def is_raised() -> bool:
        with sessions() as session:
            return len(alarms.open_alarms(session)) == 1

    def places() -> list[object]:
        """That were told, call by call."""
        with sessions() as session:
            query = select(CallEvent).where(CallEvent.kind == "queued").order_by(CallEvent.id)
            return [event.detail["position"] for event in session.scalars(query)]

    async def story() -> None:
        address = f"sip:12349@127.0.0.1:{system.sip_port}"
        async with (
            calling(who, system.sip_port, tmp_path / "first"),
            phone(tmp_path / "second") as second,
            phone(tmp_path / "third") as third,
            phone(tmp_path / "fourth") as fourth,
        ):
            await second.call(address)
            await third.call(address)
            waiting = [Talk(who, second), Talk(who, third)]
            await asyncio.gather(
                waiting[0].hear("线路都忙,您是第一位"), waiting[1].hear("线路都忙,您是第二位")
            )
            await until(lambda: places() == [1, 2])
            # Even the queue is full: told so, and let go.
            await fourth.call(address)
            await Talk(who, fourth).hear("现在线路都忙,请过一会儿再打")
            # The last in the queue is in danger: heard at once, before the one who came earlier.
            await waiting[1].say(FALL, *OPENINGS)
            await until(is_raised)
            # The other asks for a person, and need not wait for a line either.
            await second.press("0")
            await waiting[0].hear("好的,我给您转人工", "现在没人接得上")
            await fourth.until("CALL_CLOSED", timeout=45)

    asyncio.run(asyncio.wait_for(story(), 120))
