"""Legs in memory that hear each other, on a clock that jumps."""

import asyncio

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.call.virtual_loop import run
from tests.voice.line.leg_in_memory import MemoryLeg, frame
from voice.line.inflow import CUSHION, DELAY
from voice.line.leg import CallLeg, Ended, Gone, Key, LegEvent, LegState, Sound
from voice.line.place import TALKS, Place, hears
from voice.line.room import Room

CALLER, OPERATOR, GUEST, LISTENER, WHISPERER = Place


def nobody(_leg: CallLeg, _event: LegEvent) -> None:
    """Who isn't interested."""


async def talk(*legs: MemoryLeg, seconds: float = 0.4, first: int = 1) -> None:
    """Each says a number of its own all the time: 1, 2, 4, … so that a sum tells whose it is."""
    for _ in range(round(seconds / 0.02)):
        for place, leg in enumerate(legs):
            leg.inbox.put(frame(first << place, leg.rate), leg.rate)
        await asyncio.sleep(0.02)


def in_a_room(*places: Place) -> tuple[Room, list[MemoryLeg]]:
    room, legs = Room(nobody), []
    for number, place in enumerate(places):
        legs.append(MemoryLeg(str(number)))
        room.add(legs[-1], place)
    return room, legs


@given(st.lists(st.sampled_from(Place), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_everybody_hears_the_sum_of_those_whom_they_may_hear(places: list[Place]) -> None:
    async def story() -> None:
        room, legs = in_a_room(*places)
        await talk(*legs)
        await room.stop()
        for number, leg in enumerate(legs):
            others = [each for each in range(len(legs)) if each != number]
            wanted = sum(1 << each for each in others if hears(places[number], places[each]))
            assert set(leg.heard[-1600:]) == {wanted}

    run(story())


def test_whispers_reach_the_desk_alone_and_listeners_are_never_heard() -> None:
    for listener in Place:
        assert not hears(listener, LISTENER)
        assert all(hears(listener, speaker) for speaker in TALKS)
    assert [place for place in Place if hears(place, WHISPERER)] == [OPERATOR, LISTENER, WHISPERER]


def test_places_and_holds_change_while_they_talk() -> None:
    async def story() -> None:
        room, (caller, operator, boss) = in_a_room(CALLER, OPERATOR, LISTENER)
        legs = caller, operator, boss
        await talk(*legs)
        assert caller.heard[-1] == 2
        room.move(boss, OPERATOR)
        await talk(*legs)
        assert caller.heard[-1] == 2 + 4
        room.hold(caller, True)
        before = len(caller.said)
        await talk(*legs)
        assert len(caller.said) == before, "whoever is on hold is left to the hold tone"
        assert operator.heard[-1] == 4
        room.hold(caller, False)
        await room.remove(boss)
        await talk(*legs)
        assert caller.heard[-1] == 2
        assert operator.heard[-1] == 1
        await room.stop()

    run(story())


def test_the_owner_is_told_and_who_is_gone_is_out() -> None:
    async def story() -> None:
        told: list[tuple[str, LegEvent]] = []
        room = Room(lambda leg, event: told.append((leg.id, event)))
        elder, operator = MemoryLeg("elder"), MemoryLeg("operator")
        room.add(elder, CALLER)
        room.add(operator, OPERATOR)
        assert elder.flushed == operator.flushed == 1
        operator.inbox.put(Key("5"))
        operator.inbox.put(Gone(Ended.THEY_HUNG_UP))
        await asyncio.sleep(0.1)
        assert told == [("operator", Key("5")), ("operator", Gone(Ended.THEY_HUNG_UP))]
        before = len(operator.said)
        await talk(elder)
        assert len(operator.said) == before
        await room.stop()
        # The elder is still there, and somebody else reads on.
        elder.inbox.put(Key("0"))
        assert await anext(elder.events()) == Key("0")

    run(story())


def test_nobody_is_heard_after_the_end() -> None:
    async def story() -> None:
        room, (elder, operator) = in_a_room(CALLER, OPERATOR)
        await talk(elder, operator)
        await room.stop()
        before = len(operator.said)
        await talk(elder, operator)
        assert len(operator.said) == before

    run(story())


def test_rates_are_matched() -> None:
    async def story() -> None:
        room = Room(nobody)
        legs = MemoryLeg("elder", 8_000), MemoryLeg("operator", 16_000)
        for leg, place in zip(legs, (CALLER, OPERATOR), strict=True):
            room.add(leg, place)
        tones = [
            np.asarray(8_000 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate), np.int16)
            for rate in (8_000, 16_000)
        ]
        for step in range(50):
            for leg, tone in zip(legs, tones, strict=True):
                size = leg.rate // 50
                leg.inbox.put(Sound(tone[step * size : (step + 1) * size]), leg.rate)
            await asyncio.sleep(0.02)
        await room.stop()
        for leg in legs:
            heard = leg.heard[-leg.rate // 2 :].astype(float)
            pitch = np.argmax(np.abs(np.fft.rfft(heard))) * leg.rate / len(heard)
            assert abs(pitch - 440) <= 2
            assert np.abs(np.diff(heard)).max() < 8_000 * 2 * np.pi * 440 / leg.rate * 1.1

    run(story())


def test_what_would_add_up_is_dropped() -> None:
    async def story() -> None:
        room, (elder, operator) = in_a_room(CALLER, OPERATOR)
        for _ in range(100):  # two seconds at once: a network stood still
            elder.inbox.put(frame(1))
        await talk(elder, seconds=1.0, first=2)
        heard = operator.heard
        assert np.count_nonzero(heard == 1) <= DELAY * 8_000
        assert heard[-1] == 2
        operator.queued = DELAY  # their clock is slower than ours
        before = len(operator.said)
        await talk(elder, seconds=0.2)
        assert len(operator.said) == before
        await room.stop()

    run(story())


def test_a_frame_may_come_late() -> None:
    async def story() -> None:
        room, (elder, operator) = in_a_room(CALLER, OPERATOR)
        operator.queued = 0.0
        for step in range(20):
            await asyncio.sleep(0.02)
            if step % 2:  # two at a time
                for _ in range(2):
                    elder.inbox.put(frame(1))
        await room.stop()
        assert len(operator.said[0]) == CUSHION * 8_000
        heard = np.concatenate(operator.said[1::2])
        begin = int(np.flatnonzero(heard)[0])
        assert heard[begin:].all(), "once they speak there are no gaps"

    run(story())


def test_nothing_is_said_to_somebody_who_holds_us() -> None:
    async def story() -> None:
        room, (elder, operator) = in_a_room(CALLER, OPERATOR)
        operator.state = LegState.HELD
        await talk(elder)
        assert operator.said == []
        await room.stop()

    run(story())


def test_a_sum_that_is_too_loud_is_cut_off_and_not_turned_over() -> None:
    async def story() -> None:
        room, legs = in_a_room(OPERATOR, OPERATOR, CALLER)
        for _ in range(20):
            for leg in legs[:2]:
                leg.inbox.put(frame(30_000))
            await asyncio.sleep(0.02)
        await room.stop()
        assert legs[2].heard[-1] == 32_767

    run(story())
