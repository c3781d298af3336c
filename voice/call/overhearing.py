"""What an operator says to a caller: recorded, and written down as far as it is understood."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from voice.call.events import Event, PartialHeard, Sounded, TurnHeard
from voice.call.floor import Floor
from voice.call.hearing import SoundIn
from voice.call.ports import Ears, Tape
from voice.call.sent import Sent
from voice.line.leg import Pcm16


class Overhearing:
    """Of one operator's leg. For the event loop."""

    def __init__(
        self,
        rate: int,
        make_ears: Callable[[Callable[[str], None]], Ears],
        *,
        clock: Callable[[], float],
        tape: Tape,
        keep: Callable[[str], None],
        spawn: Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"],
    ) -> None:
        """`keep` gets each sentence. Ears that are busy or broken lose some; nobody waits."""
        self._clock, self._keep, self._spawn = clock, keep, spawn
        self._floor = Floor()
        self._ending = False
        self._sound = SoundIn(
            rate,
            make_ears,
            self._take,
            clock=clock,
            tape=tape,
            sent=Sent(rate),
            queued=lambda: 0.0,
            sparing=lambda: False,
        )

    def hear(self, samples: Pcm16) -> None:
        """A frame of the operator's sound."""
        self._sound.take(samples)
        if not self._ending and self._floor.is_over(self._clock()):
            self._ending = True
            self._spawn(self._sound.end_turn())

    def close(self) -> None:
        """The operator is gone; half a sentence is not written down."""
        self._sound.close()

    def _take(self, event: Event) -> None:
        match event:
            case Sounded(voiced, _):
                self._floor.hear(voiced, None, self._clock())
            case PartialHeard(text):
                self._floor.partial(text, self._clock())
            case TurnHeard(text):
                self._end()
                if text:
                    self._keep(text)
            case _:  # the ears failed
                self._end()

    def _end(self) -> None:
        self._floor.clear()
        self._ending = False
