"""The pool is tested with recognisers that notice when two threads use them."""

import threading
from dataclasses import dataclass, field

import numpy as np
import pytest

from voice.recognition.pool import OverloadedError, RecognitionPool
from voice.recognition.recogniser import Samples
from voice.recognition.transcript import Partial, Transcript

PATIENCE = 20.0
"""Seconds until a test that waits for a thread gives up."""


@dataclass
class Counting:
    """Hears the first sample of each piece; raises when it is used by two threads at once."""

    heard: list[int] = field(default_factory=list)
    gate: threading.Event | None = None
    entered: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        if not self._lock.acquire(blocking=False):
            raise AssertionError("two threads at once")
        self.entered.set()
        if self.gate is not None:
            self.gate.wait(PATIENCE)
        self.heard.extend(int(sample) for sample in samples if sample)
        self._lock.release()
        return Partial(str(len(self.heard)))

    def finish(self) -> Transcript:
        return Transcript(",".join(map(str, self.heard)))


def piece(number: int, size: int = 160) -> Samples:
    samples = np.zeros(size, np.float32)
    samples[0] = number
    return samples


def test_every_call_gets_its_own_sound_in_order() -> None:
    with RecognitionPool(workers=4, longest_wait=10**9) as pool:
        told: list[list[str]] = [[] for _ in range(30)]
        calls = [
            pool.listen(Counting(), lambda heard, texts=texts: texts.append(heard.text))  # type: ignore[misc]
            for texts in told
        ]
        for number in range(1, 41):
            for call in calls:
                call.push(piece(number))
        ends = [call.finish() for call in calls]
        wanted = ",".join(map(str, range(1, 41)))
        assert [end.result(PATIENCE).text for end in ends] == [wanted] * 30
    assert all(texts == sorted(texts, key=int) and texts[-1] == "40" for texts in told)


def test_a_call_that_is_behind_is_told_so_and_then_goes_on() -> None:
    gate = threading.Event()
    with RecognitionPool(workers=1, longest_wait=320) as pool:
        recogniser = Counting(gate=gate)
        call = pool.listen(recogniser, lambda heard: None)
        call.push(piece(1))
        assert recogniser.entered.wait(PATIENCE)
        call.push(piece(2))
        with pytest.raises(OverloadedError, match="320 samples"):
            call.push(piece(3))
        gate.set()
        call.push(piece(4), timeout=PATIENCE)
        assert call.finish().result(PATIENCE).text == "1,2,4"


def test_one_broken_call_leaves_the_others_alone() -> None:
    class Broken(Counting):
        def accept(self, samples: Samples) -> Partial | Transcript | None:
            raise RuntimeError("out of memory")

    with RecognitionPool(workers=1) as pool:
        broken, sound = pool.listen(Broken(), print), pool.listen(Counting(), lambda heard: None)
        broken.push(piece(1))
        sound.push(piece(2))
        with pytest.raises(RuntimeError, match="out of memory"):
            broken.finish().result(PATIENCE)
        with pytest.raises(RuntimeError, match="out of memory"):
            broken.push(piece(1))
        assert sound.finish().result(PATIENCE).text == "2"


def test_turns_follow_each_other() -> None:
    with RecognitionPool(workers=2) as pool:
        call = pool.listen(Counting(), lambda heard: None)
        call.push(piece(1))
        first = call.finish()
        call.push(piece(2))
        second = call.finish()
        assert first.result(PATIENCE).text == "1"
        assert second.result(PATIENCE).text == "1,2"
        assert pool.waiting() == 0


def test_a_closed_pool_finishes_its_work_and_takes_no_more() -> None:
    pool = RecognitionPool(workers=1)
    call = pool.listen(Counting(), lambda heard: None)
    call.push(piece(7))
    end = call.finish()
    pool.close()
    assert end.result(0).text == "7"
    with pytest.raises(RuntimeError, match="closed"):
        call.push(piece(8))
    with pytest.raises(RuntimeError, match="closed"):
        call.finish()


def test_a_pool_needs_a_worker() -> None:
    with pytest.raises(ValueError, match="at least one"):
        RecognitionPool(workers=0)
