"""Sound, keys and endings over a real TCP connection, without a script."""

import asyncio
import uuid

import numpy as np
import pytest

from evaluation.system import free_port
from tests.voice.line.audiosocket.pretended import Sounding, asterisk
from tests.voice.line.listening import Listener, run, state
from tests.voice.line.sounds import babble, likeness
from voice.line.audiosocket.frame import Kind
from voice.line.audiosocket.line import AudioSocketLine, Ports
from voice.line.leg import DialError, Ended, Gone, LegState, LineError, TransferError

CALL = uuid.UUID("7f3c8f0e-4a0b-4a51-9f0a-3a54b3a3f7c1")


def test_both_sides_hear_each_other() -> None:
    ours, theirs = babble(0.5, 1), babble(0.5, 2)

    async def story() -> tuple[np.ndarray, np.ndarray]:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            leg = await pbx.calls.next()
            assert leg.id == str(CALL)
            assert (leg.caller, leg.called, leg.rate) == (None, None, 8000)
            assert state(leg) is LegState.RINGING
            listener = Listener(leg)
            await leg.answer()
            assert state(leg) is LegState.UP
            leg.play(ours)
            assert 0.4 < leg.queued <= 0.5
            sounding.say(theirs)
            await sounding.hear(int(0.7 * 8000))
            await listener.until(lambda: len(listener.heard) >= len(theirs))
            assert leg.queued == 0
            return sounding.heard, listener.heard

    heard, understood = run(story())
    assert likeness(heard, ours) > 0.9999
    assert np.array_equal(understood, theirs)


def test_silence_is_sent_at_the_pace_of_a_telephone() -> None:
    async def story() -> float:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            await (await pbx.calls.next()).answer()
            loop = asyncio.get_running_loop()
            begin, before = loop.time(), len(sounding.heard)
            heard = await sounding.hear(before + 8000)
            assert not heard.any()
            assert {len(frame.payload) for frame in sounding.frames} == {320}
            return loop.time() - begin

    assert run(story()) > 0.85  # a second of it, less what was on its way


def test_keys_and_frames_that_nobody_knows() -> None:
    async def story() -> str:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            sounding.send(Kind.KEY, b"1")
            sounding.send(0x42, b"of a newer Asterisk")
            sounding.send(Kind.KEY, b"x")
            sounding.send(Kind.KEY, b"#")
            await listener.until(lambda: len(listener.keys) == 2)
            return listener.keys

    assert run(story()) == "1#"


def test_stops_talking() -> None:
    async def story() -> None:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            leg = await pbx.calls.next()
            await leg.answer()
            before = len(await sounding.hear(1))
            leg.play(babble(5.0, 3))
            await sounding.hear(before + 4000)
            lost = leg.flush()
            assert leg.queued == leg.flush() == 0
            heard = np.flatnonzero(await sounding.hear(len(sounding.heard) + 4000))
            spoken = (heard[-1] - heard[0] + 1) / 8000
            assert abs(spoken + lost - 5.0) < 0.021  # within a frame, and nothing after it

    run(story())


def test_held_they_hear_silence_and_are_not_heard() -> None:
    async def story() -> None:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            await leg.hold()
            leg.play(babble(0.2, 4))
            sounding.say(babble(0.2, 5))
            sounding.send(Kind.KEY, b"0")
            await listener.until(lambda: listener.keys == "0")
            assert not len(listener.heard)
            assert not (await sounding.hear(len(sounding.heard) + 3200)).any()
            await leg.resume()
            assert (await sounding.hear(len(sounding.heard) + 3200)).any()

    run(story())


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (b"", Ended.THEY_HUNG_UP),  # Asterisk just closes the connection
        (b"\x00\x00\x00", Ended.THEY_HUNG_UP),
        (b"\x10\x00\x03abc", Ended.LOST),
    ],
)
def test_how_it_ends(last: bytes, why: Ended) -> None:
    async def story() -> Gone:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            sounding.writer.write(last)
            sounding.writer.write_eof()
            gone = await listener.ended()
            assert state(leg) is LegState.GONE
            leg.play(babble(0.1, 1))
            await leg.hang_up()
            await leg.answer()
            assert leg.queued == leg.flush() == 0
            return gone

    assert run(story()).why is why


def test_we_hang_up() -> None:
    async def story() -> None:
        async with asterisk(strangers=True) as pbx:
            sounding = await pbx.connect(CALL)
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            await leg.hang_up()
            assert (await listener.ended()).why is Ended.WE_HUNG_UP
            assert await sounding.over is True  # with a frame, so that the dialplan goes on

    run(story())


def test_without_a_script_nobody_can_be_handed_on() -> None:
    async def story() -> None:
        async with asterisk(strangers=True) as pbx:
            await pbx.connect(CALL)
            leg = await pbx.calls.next()
            await leg.answer()
            with pytest.raises(TransferError):
                await leg.transfer("operator")
            assert state(leg) is LegState.UP

    run(story())


async def refused(sounding: Sounding) -> bool:
    """Whether the connection was closed without a word."""
    return not await sounding.over and not sounding.frames


def test_who_is_refused() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            assert await refused(await pbx.connect(CALL))  # nobody announced it
            assert await refused(await pbx.connect(None, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            assert await refused(await pbx.connect(None, b"\x10\x00\x10" + bytes(16)))
            assert pbx.calls.none
        async with asterisk(strangers=True, most=1) as pbx:
            await pbx.connect(CALL)
            leg = await pbx.calls.next()
            assert await refused(await pbx.connect(CALL))  # the same once more
            assert await refused(await pbx.connect(uuid.uuid4()))  # one too many
            assert state(leg) is LegState.RINGING

    run(story())


def test_calls_of_our_own_are_not_possible() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            with pytest.raises(DialError):
                await pbx.line.dial("13912345678")

    run(story())


def test_a_port_that_is_taken() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            other = AudioSocketLine(Ports(sound=free_port(), script=pbx.ports.script))
            with pytest.raises(LineError, match=str(pbx.ports.script)):
                await other.start(lambda leg: None)

    run(story())
