"""What changed reaches everybody who follows, whatever the order in which it was committed."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select, text

from care.changes.hub import Follower, Hub
from care.changes.model import Change
from care.changes.reader import KEPT, Reader, forget_old
from care.conversations import service as conversations
from care.storage.engine import Sessions
from tests.care.desk.talks import sit, talk, wait
from tests.conftest import NOW


def test_everything_that_happens_is_a_change_in_the_same_transaction(sessions: Sessions) -> None:
    number = talk(sessions, "web-1", "你好")
    wait(sessions, "web-1")
    sit(sessions, "zhang")
    with sessions() as session:
        rows = session.scalars(select(Change).order_by(Change.id)).all()
    assert [(row.topic, row.key) for row in rows] == [
        ("conversation", str(number)),
        ("handover", str(number)),
        ("seat", "zhang"),
    ]
    assert {row.at for row in rows} == {NOW}


def test_what_is_rolled_back_is_no_change(sessions: Sessions) -> None:
    number = talk(sessions)
    with pytest.raises(ZeroDivisionError), sessions.begin() as session:
        row = conversations.of_sender(session, "web-1", channel="web")
        assert row is not None
        conversations.record(session, conversation=row, speaker="elder", text="喂", now=NOW)
        session.flush()
        _ = 1 / 0
    with sessions() as session:
        assert session.scalars(select(Change)).all() == []
    assert number


def test_a_reader_is_told_once_and_only_of_what_is_new(sessions: Sessions) -> None:
    talk(sessions, "web-1", "你好")
    reader = Reader(sessions)
    assert reader.read(0.0) is None  # it has seen nothing yet: everything may be new
    assert reader.read(1.0) == frozenset()
    number = talk(sessions, "web-2", "喂", "喂")
    assert reader.read(2.0) == frozenset({("conversation", str(number))})
    assert reader.read(3.0) == frozenset()


def test_a_number_that_becomes_visible_late_is_not_missed(sessions: Sessions) -> None:
    """PostgreSQL hands out numbers before the commit: a lower one can come after a higher."""
    if sessions.kw["bind"].dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    late, early = talk(sessions, "web-late"), talk(sessions, "web-early")
    reader = Reader(sessions)
    reader.read(0.0)
    written, go_on = Event(), Event()

    def slow() -> None:
        with sessions.begin() as session:
            row = conversations.of_sender(session, "web-late", channel="web")
            assert row is not None
            conversations.record(session, conversation=row, speaker="elder", text="一", now=NOW)
            session.flush()
            written.set()
            go_on.wait(30)

    thread = Thread(target=slow)
    thread.start()
    written.wait(30)
    talk(sessions, "web-early", "二")
    assert reader.read(1.0) == frozenset({("conversation", str(early))})
    go_on.set()
    thread.join()
    assert reader.read(2.0) == frozenset({("conversation", str(late))})
    assert reader.read(3.0) == frozenset()


def test_a_number_that_never_comes_is_given_up(sessions: Sessions) -> None:
    if sessions.kw["bind"].dialect.name != "postgresql":
        pytest.skip("SQLite gives a number that was rolled back to the next")
    reader = Reader(sessions)
    reader.read(0.0)
    with sessions.begin() as session:
        session.execute(text("SELECT nextval('changes_id_seq')"))
    number = talk(sessions, "web-1", "你好")
    assert reader.read(1.0) == frozenset({("conversation", str(number))})
    assert reader.read(60.0) == frozenset()
    assert reader.read(61.0) == frozenset()


def test_after_too_much_at_once_everything_is_looked_at(sessions: Sessions) -> None:
    reader = Reader(sessions)
    reader.read(0.0)
    talk(sessions, "web-1", *(f"第{n}句" for n in range(600)))
    assert reader.read(1.0) is None
    assert reader.read(2.0) == frozenset()


def test_old_changes_go_and_numbers_never_come_twice(sessions: Sessions) -> None:
    talk(sessions, "web-1", "一", "二")
    reader = Reader(sessions)
    reader.read(0.0)
    last = reader.last
    with sessions.begin() as session:
        forget_old(session, NOW + KEPT + timedelta(seconds=1))
        assert session.scalars(select(Change.id)).all() == [last]
    talk(sessions, "web-1", "三")
    assert reader.read(1.0) != frozenset()
    assert reader.last > last


def everything(_topic: str, _key: str) -> bool:
    return True


def following(sessions: Sessions, test: Callable[[Hub], object]) -> None:
    """Runs `test` beside a hub that looks without a rest."""

    async def run() -> None:
        hub = Hub(sessions, every=0.0)
        task = asyncio.create_task(hub.run())
        try:
            await test(hub)  # type: ignore[misc]
        finally:
            task.cancel()

    asyncio.run(asyncio.wait_for(run(), 60))


def test_followers_hear_what_they_asked_for(sessions: Sessions) -> None:
    async def test(hub: Hub) -> None:
        with (
            hub.follow(lambda topic, _key: topic == "conversation") as one,
            hub.follow(lambda topic, _key: topic == "handover") as other,
        ):
            assert await one.next(30) is None  # at the beginning everything may be new
            assert await other.next(30) is None
            number, _ = await asyncio.to_thread(wait, sessions, "web-1", "转人工")
            assert await one.next(30) == frozenset({("conversation", str(number))})
            assert await other.next(30) == frozenset({("handover", str(number))})
        assert hub.followers == 0

    following(sessions, test)


def test_a_slow_follower_keeps_little_and_then_looks_at_everything() -> None:
    async def test() -> None:
        slow = Follower(everything)
        for _ in range(1000):
            slow.tell(frozenset({("conversation", "1")}))
        assert await slow.next(0) == frozenset({("conversation", "1")})
        slow.tell(frozenset(("conversation", str(n)) for n in range(1000)))
        assert await slow.next(0) is None
        assert await slow.next(0) == frozenset()

    asyncio.run(test())
