"""What a slow reader loses, and what never."""

import asyncio

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.line.listening import run
from voice.line.inbox import Inbox
from voice.line.leg import Ended, Gone, Key, LegEvent, Sound


def sound(number: int, samples: int = 160) -> Sound:
    """A frame that is told from others."""
    return Sound(np.full(samples, number, np.int16))


async def rest(inbox: Inbox) -> list[LegEvent]:
    """Everything until the end."""
    return [event async for event in inbox.read()]


def test_a_slow_reader_loses_the_oldest_sound_alone() -> None:
    async def story() -> list[LegEvent]:
        inbox = Inbox()
        inbox.put(Key("1"))
        for number in range(150):  # three seconds
            inbox.put(sound(number))
        inbox.put(Key("2"))
        inbox.put(Gone(Ended.THEY_HUNG_UP))
        return await rest(inbox)

    events = run(story())
    assert [event for event in events if not isinstance(event, Sound)] == [
        Key("1"),
        Key("2"),
        Gone(Ended.THEY_HUNG_UP),
    ]
    numbers = [int(event.samples[0]) for event in events if isinstance(event, Sound)]
    assert numbers == list(range(50, 150))


def test_wide_sound_waits_as_long() -> None:
    async def story() -> int:
        inbox = Inbox()
        for number in range(150):
            inbox.put(sound(number, 320), 16_000)
        inbox.put(Gone(Ended.LOST))
        return len(await rest(inbox))

    assert run(story()) == 100 + 1


def test_nothing_comes_after_the_end() -> None:
    async def story() -> list[LegEvent]:
        inbox = Inbox()
        inbox.put(Gone(Ended.LOST))
        inbox.put(Key("1"))
        return await rest(inbox)

    assert run(story()) == [Gone(Ended.LOST)]


def test_a_reader_that_waits_is_told() -> None:
    async def story() -> list[LegEvent]:
        inbox = Inbox()
        reading = asyncio.create_task(rest(inbox))
        await asyncio.sleep(0)
        inbox.put(Key("7"))
        await asyncio.sleep(0)
        inbox.put(Gone(Ended.LOST))
        return await reading

    assert run(story()) == [Key("7"), Gone(Ended.LOST)]


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from("0123456789*#"), st.integers(1, 20_000)), max_size=40))
def test_keys_come_in_order_whatever_else_comes(sent: list[str | int]) -> None:
    async def story() -> list[LegEvent]:
        inbox = Inbox()
        for each in sent:
            inbox.put(Key(each) if isinstance(each, str) else sound(1, each))
        inbox.put(Gone(Ended.LOST))
        return await rest(inbox)

    events = run(story())
    keys = [event.digit for event in events if isinstance(event, Key)]
    assert keys == [each for each in sent if isinstance(each, str)]
    waited = sum(len(event.samples) for event in events if isinstance(event, Sound))
    assert waited <= 16_000
