"""A browser's leg, on a clock that jumps."""

import asyncio

import numpy as np
import pytest

from tests.voice.call.virtual_loop import run
from voice.line.browser.leg import LOST_AFTER, RATE, BrowserLeg
from voice.line.browser.wire import read_frame
from voice.line.leg import CallLeg, Ended, Gone, LegState, Pcm16, Sound, TransferError

_: type[CallLeg] = BrowserLeg


def tone(rate: int, seconds: float = 1.0) -> Pcm16:
    time = np.arange(round(seconds * rate)) / rate
    return np.asarray(8_000 * np.sin(2 * np.pi * 440 * time), np.int16)


def pitch(samples: Pcm16, rate: int) -> float:
    heard = samples.astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(heard))) * rate / len(heard))


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_sound_goes_both_ways_at_the_browsers_rate(rate: int) -> None:
    sent: list[bytes] = []

    async def story() -> Pcm16:
        leg = BrowserLeg(rate, sent.append, lambda: None)
        reader, heard = leg.events(), []
        leg.play(tone(RATE))
        assert leg.queued == pytest.approx(1.0)
        for piece in np.array_split(tone(rate), 50):
            leg.receive(piece)
            await asyncio.sleep(0.02)
        leg.lost()
        async for event in reader:
            if isinstance(event, Sound):
                assert len(event.samples) == RATE // 50
                heard.append(event.samples)
        return np.concatenate(heard)

    heard = run(story())
    assert pitch(heard, RATE) == pytest.approx(440, abs=3)
    assert len(heard) > 0.8 * RATE
    played = np.concatenate([read_frame(octets, rate) for octets in sent])
    assert pitch(played, rate) == pytest.approx(440, abs=3)
    assert 0.8 * rate < len(played) <= 1.02 * rate


def test_it_is_paced_and_can_be_silenced() -> None:
    sent: list[bytes] = []

    async def story() -> None:
        leg = BrowserLeg(RATE, sent.append, lambda: None)
        leg.play(tone(RATE))
        await asyncio.sleep(0.1)
        assert 4 <= len(sent) <= 7
        assert leg.flush() == pytest.approx(0.9, abs=0.05)
        before = len(sent)
        await asyncio.sleep(0.2)
        assert len(sent) == before
        await leg.hang_up()

    run(story())


def test_it_ends_once_and_then_takes_nothing() -> None:
    ended: list[None] = []

    async def story() -> None:
        leg = BrowserLeg(RATE, lambda _: None, lambda: ended.append(None))
        await leg.hang_up()
        leg.lost()
        leg.receive(tone(RATE, 0.02))
        leg.play(tone(RATE))
        assert leg.queued == 0
        assert [event async for event in leg.events()] == [Gone(Ended.WE_HUNG_UP)]
        assert leg.state is LegState.GONE
        with pytest.raises(TransferError):
            await leg.transfer("8001")

    run(story())
    assert len(ended) == 1


def test_a_browser_that_says_nothing_is_gone() -> None:
    async def story() -> None:
        leg = BrowserLeg(RATE, lambda _: None, lambda: None)
        for _ in range(3):
            await asyncio.sleep(LOST_AFTER - 1)
            leg.receive(np.zeros(320, np.int16))  # muted
        assert leg.state is LegState.UP
        await asyncio.sleep(LOST_AFTER + 0.1)
        assert [e async for e in leg.events()][-1] == Gone(Ended.LOST)

    run(story())


def test_more_than_time_passes_is_not_taken() -> None:
    async def story() -> None:
        leg = BrowserLeg(RATE, lambda _: None, lambda: None)
        for _ in range(500):  # ten seconds at once
            leg.receive(tone(RATE, 0.02))
        leg.lost()
        heard = [len(e.samples) async for e in leg.events() if isinstance(e, Sound)]
        assert sum(heard) <= RATE

    run(story())
