"""An elder at a telephone: says sentence after sentence, each when the answer was heard."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.calls.dialogues import Kind, Talk, Turn
from benchmarks.calls.spans import Span, loud_since
from benchmarks.calls.track import PAUSE, Track
from evaluation.calls.phone import Phone, phone
from evaluation.calls.voices import CallersVoice
from voice.audio.alaw_stream import LINE_RATE

CONFIG = "jitter_buffer_delay 0-1\n"
"""What is heard counts from when it reaches the telephone: no buffer of its own delays it."""

_TELEPHONES = 3
"""Tried until one starts: a free port may be taken by the time it listens."""
_LOOK = 0.01
"""Seconds between two looks at both tracks."""
_QUIET = 1.4
"""Seconds of silence after which the answer counts as over."""
_GREETED = 0.8
"""The same after the greeting, which has no longer pause."""
_PATIENCE = 15.0
"""Seconds without a sound after which the elder says the next sentence."""
_LONGEST = 40.0
"""Seconds of an answer."""


@dataclass(frozen=True)
class Said:
    """One sentence as it went out; seconds of the clock."""

    text: str
    kind: Kind
    began: float
    """When its first sound left the telephone."""
    ended: float
    """When its last one did."""
    interrupts: bool
    """Whether the other side was talking when it began."""


@dataclass
class Recorded:
    """One call, as it was said and heard at the telephone."""

    dialled: float
    mouth: Track
    ear: Track
    said: list[Said] = field(default_factory=list)
    over: float = 0.0
    """When it was hung up."""
    failed: str | None = None
    """Why it broke off."""


async def call(
    target: str,
    talk: Talk,
    voice: CallersVoice,
    folder: Path,
    *,
    told: Callable[[], None],
    until: float,
) -> Recorded | None:
    """Calls, says all of `talk` and hangs up; from `until` on the clock it says no more.

    `told` is called after each sentence, `folder` must be the call's own. None when the call wasn't
    even answered.
    """
    async with _switched_on(folder) as (telephone, own):
        dialled = time.monotonic()
        try:
            await telephone.call(target)
        except TimeoutError:
            return None
        async with _recording(own, dialled) as recorded:
            elder = _Elder(telephone, voice, recorded)
            try:
                await elder.greeted()
                for turn in talk:
                    if time.monotonic() < until:
                        await elder.say(turn)
                        told()
                await elder.answered()
            except TimeoutError as error:
                recorded.failed = str(error) or "timeout"
            recorded.over = time.monotonic()
            await telephone.hang_up()
            await asyncio.sleep(0.3)
        return recorded


class _Elder:
    """One call's."""

    def __init__(self, telephone: Phone, voice: CallersVoice, recorded: Recorded) -> None:
        self._telephone, self._voice, self._call = telephone, voice, recorded
        self._since = recorded.dialled

    async def greeted(self) -> None:
        """Returns when the greeting was heard."""
        await self._hear_out(_GREETED)

    async def say(self, turn: Turn) -> None:
        """Waits for the moment to, and speaks; returns with the last syllable."""
        if turn.interrupts is None:
            await self._hear_out(_QUIET)
        else:
            await self._hear_some(turn.interrupts)
        samples = self._voice.get(turn.text)
        asked, seconds = time.monotonic(), len(samples) / LINE_RATE
        await self._telephone.say(samples, LINE_RATE)
        mouth = self._call.mouth
        async with asyncio.timeout(seconds + 5.0):
            while not (out := _after(mouth, asked)) or mouth.times[-1] < out[0] + seconds + 0.1:
                await asyncio.sleep(2 * _LOOK)
        heard = self._call.ear.sounds.found
        interrupts = any(span.start < out[0] < span.end for span in heard)
        self._call.said.append(Said(turn.text, turn.kind, out[0], out[-1], interrupts))
        self._since = out[-1]

    async def answered(self) -> None:
        """Returns when enough of the last answer was heard."""
        await self._hear_some(1.0)

    async def _hear_out(self, quiet: float) -> None:
        """Until the other side has been silent for so long."""
        await self._until(lambda sound, now: now - sound.end > quiet)

    async def _hear_some(self, seconds: float) -> None:
        """Until the other side has talked so long without a pause, or has finished."""

        def enough(sound: Span, now: float) -> bool:
            silent = now - sound.end
            return silent > _QUIET or (silent < PAUSE and sound.end - sound.start >= seconds)

        await self._until(enough)

    async def _until(self, enough: Callable[[Span, float], bool]) -> None:
        ear, began = self._call.ear, time.monotonic()
        while (now := time.monotonic()) < began + _LONGEST:
            last = ear.sounds.found[-1] if ear.sounds.found else None
            if last is not None and last.end > self._since:
                if enough(last, now):
                    return
            elif now > self._since + _PATIENCE:
                return
            await asyncio.sleep(2 * _LOOK)


def _after(track: Track, since: float) -> list[float]:
    return loud_since(track.times, track.loud, since)


@asynccontextmanager
async def _switched_on(folder: Path) -> AsyncIterator[tuple[Phone, Path]]:
    """A telephone and its folder; another one when a port was taken meanwhile.

    Raises TimeoutError when none starts.
    """
    async with AsyncExitStack() as stack:
        for number in range(_TELEPHONES):
            own = folder / str(number)
            try:
                telephone = await stack.enter_async_context(phone(own, config=CONFIG))
            except TimeoutError:
                if number + 1 == _TELEPHONES:
                    raise
            else:
                break
        yield telephone, own


@asynccontextmanager
async def _recording(folder: Path, dialled: float) -> AsyncIterator[Recorded]:
    """Looks at both tracks until the body ends. Raises TimeoutError when no sound comes."""
    async with asyncio.timeout(10.0):
        while not all(list(folder.glob(f"dump-*-{side}.wav")) for side in ("enc", "dec")):
            await asyncio.sleep(_LOOK)
    mouth, ear = (
        Track(next(folder.glob(f"dump-*-{side}.wav")), time.monotonic) for side in ("enc", "dec")
    )

    async def look() -> None:
        while True:
            mouth.look()
            ear.look()
            await asyncio.sleep(_LOOK)

    looking = asyncio.create_task(look())
    try:
        yield Recorded(dialled, mouth, ear)
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        mouth.close()
        ear.close()
