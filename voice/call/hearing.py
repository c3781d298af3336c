"""The caller's sound on its way in: recorded, judged window by window, and heard."""

from collections import deque
from collections.abc import Callable

import numpy as np
import structlog

from voice.audio.pcm import Samples, from_int16
from voice.call.events import EarsFailed, Event, PartialHeard, Sounded, TurnHeard
from voice.call.ports import Ears, Tape
from voice.call.sent import Sent
from voice.line.leg import Pcm16
from voice.recognition.pool import OverloadedError
from voice.turn.activity import Activity
from voice.turn.delays import delays
from voice.turn.echo import LONGEST, Echo

_BEFORE = 0.6
"""Seconds before a voice that are heard with it, where only voices are heard."""
_AFTER = 1.2
"""Seconds after it."""
_QUIET = 5.0
"""Seconds between two complaints that the ears can't follow."""
_AGAIN = 5.0
"""Seconds of the turn that new ears hear again, when the old ones broke."""

log = structlog.get_logger(__name__)


class SoundIn:
    """One call's. For the event loop."""

    def __init__(
        self,
        rate: int,
        make_ears: Callable[[Callable[[str], None]], Ears],
        tell: Callable[[Event], None],
        *,
        clock: Callable[[], float],
        tape: Tape,
        sent: Sent,
        queued: Callable[[], float],
        sparing: Callable[[], bool],
    ) -> None:
        """`queued`: seconds of ours that the leg still holds. While `sparing` only voices are
        heard, because the machine is busy with other calls."""
        self._rate, self._make, self._tell, self._clock = rate, make_ears, tell, clock
        self._tape, self._sent, self._queued, self._sparing = tape, sent, queued, sparing
        self._activity = Activity(rate, began=clock())
        self._echo = Echo(rate)
        self._is_echo = delays().start.echo
        self._talked_at = -LONGEST
        """When sound of ours went out last: it may come back."""
        self._echoes = False
        """Whether the last window was nothing but our own voice; most frames complete none."""
        self._slot: str | None = None
        self._ears: Ears | None = None
        self._kept = _Last(round(_BEFORE * rate))
        """What came while nobody was heard, lest it was the beginning of a word."""
        self._turn = _Last(round(_AGAIN * rate))
        """What the ears were given since the last end of a turn, lest they break."""
        self._again = False
        """Whether new ears heard it already: it may be what breaks them."""
        self._voice_at = -_AFTER
        self._failed_at = -_QUIET
        self._closed = False

    def take(self, samples: Pcm16) -> None:
        """A frame that came in."""
        now = self._clock()
        self._tape.heard(samples, now)
        sound = from_int16(samples)
        said = self._sent.last(len(sound), self._queued())
        self._echo.exchange(said, sound)
        if said.any():
            self._talked_at = now
        may_echo = now - self._talked_at <= LONGEST
        for voiced in self._activity.push(sound, now):
            voice = voiced.is_speech(goes_on=True)
            similar = self._echo.similarity() if may_echo and voice else None
            self._echoes = similar is not None and similar >= self._is_echo
            if voice:
                self._voice_at = now
            self._tell(Sounded(voiced, similar))
        if not self._closed:
            self._hear(np.zeros_like(sound) if self._echoes else sound, now)

    def narrow(self, slot: str | None) -> None:
        """The answer to this slot's question is expected."""
        self._slot = slot
        if self._ears is not None:
            self._ears.narrow(slot)

    async def end_turn(self) -> None:
        """Tells TurnHeard with everything since the last one, or EarsFailed."""
        ears, turn, heard_twice = self._ears, self._turn.take(), self._again
        self._again = False
        if ears is None:
            self._tell(TurnHeard(""))
            return
        try:
            text, confidence = await ears.finish()
        except Exception as error:
            if self._ears is ears:  # else the next turn has new ones already
                self._ears = None
            heard = None if heard_twice else await self._heard_again(error, turn)
            if heard is None:
                self._broke(error, always=True)
                return
            text, confidence = heard
        self._tell(TurnHeard(text, confidence))

    def close(self) -> None:
        """The call is over."""
        self._closed = True
        self._tape.close(self._clock())

    def _hear(self, sound: Samples, now: float) -> None:
        if self._sparing():
            self._kept.add(sound)
            if now - self._voice_at > _AFTER:
                return
            sound = self._kept.take()
        self._turn.add(sound)
        try:
            if self._ears is None:
                self._ears = self._make(self._partial)
                self._ears.narrow(self._slot)
            self._ears.push(sound)
        except OverloadedError:  # these words are lost; the same ears go on
            self._complain()
        except Exception as error:
            spare = None if self._again else self._spare(error, self._turn.sound())
            self._again = True
            self._ears = spare
            if spare is None:
                self._broke(error)

    def _spare(self, error: Exception, sound: Samples) -> Ears | None:
        """New ears that hear the turn again, so that its words aren't lost; None without any."""
        log.error("the ears of a call were replaced", why=type(error).__name__)
        try:
            ears = self._make(self._partial)
            ears.narrow(self._slot)
            ears.push(sound)
        except Exception:
            return None
        return ears

    async def _heard_again(self, error: Exception, turn: Samples) -> tuple[str, float] | None:
        spare = self._spare(error, turn)
        try:
            return await spare.finish() if spare else None
        except Exception:
            return None

    def _partial(self, text: str) -> None:
        if not self._closed:
            self._tell(PartialHeard(text))

    def _broke(self, error: Exception, *, always: bool = False) -> None:
        """What the ears had not told is lost; with the next sound there are new ones."""
        log.error("the ears of a call failed", why=type(error).__name__)
        self._complain(always=always)

    def _complain(self, *, always: bool = False) -> None:
        now = self._clock()
        if always or now - self._failed_at >= _QUIET:
            self._failed_at = now
            self._tell(EarsFailed())


class _Last:
    """The last so many samples."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pieces: deque[Samples] = deque()
        self._samples = 0

    def add(self, piece: Samples) -> None:
        self._pieces.append(piece)
        self._samples += len(piece)
        while self._samples - len(self._pieces[0]) >= self._most:
            self._samples -= len(self._pieces.popleft())

    def sound(self) -> Samples:
        """In one piece."""
        return np.concatenate([np.zeros(0, np.float32), *self._pieces])

    def take(self) -> Samples:
        """The same, and forgets it."""
        sound = self.sound()
        self._pieces.clear()
        self._samples = 0
        return sound
