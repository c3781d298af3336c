"""The sound of one utterance: what was made of it already, and the rest that is still coming."""

import threading
from collections.abc import Iterator

from voice.audio.pcm import Samples, to_int16
from voice.line.leg import Pcm16


class Track:
    """One utterance; kept until the next, so that it can go on where it was broken off."""

    def __init__(self, number: int, pieces: Iterator[Samples], rate: int) -> None:
        self.number = number
        self.begun = 0.0
        """Seconds from its beginning at which it was begun, or taken up again, last."""
        self.given = 0.0
        """Seconds from its beginning up to what was handed to the leg last."""
        self._coming = pieces
        self._rate = rate
        self._made: list[Pcm16] = []
        self._making = threading.Lock()
        """Whoever was broken off in the middle of a piece still makes it."""

    @property
    def sounded(self) -> float:
        """Seconds that were handed to the leg since it was begun last."""
        return max(0.0, self.given - self.begun)

    @property
    def starts(self) -> list[float]:
        """Seconds at which the pieces that are made begin; each is a clause or more."""
        starts, at = [], 0.0
        for piece in list(self._made):
            starts.append(at)
            at += len(piece) / self._rate
        return starts

    def piece(self, place: int) -> Pcm16 | None:
        """A piece, None after the last. May block; raises what the voice raises."""
        with self._making:
            while len(self._made) <= place:
                coming = next(self._coming, None)
                if coming is None:
                    return None
                self._made.append(to_int16(coming))
            return self._made[place]

    def rest(self, place: int, position: float) -> Pcm16 | None:
        """A piece from `position` seconds of the utterance on; empty when it ended before that."""
        piece = self.piece(place)
        if piece is None:
            return None
        before = sum(len(each) for each in self._made[:place])
        return piece[max(0, round(position * self._rate) - before) :]

    def close(self) -> None:
        """Nobody will listen any more: ends the synthesis unless a piece is being made."""
        close = getattr(self._coming, "close", None)
        if close is not None and self._making.acquire(blocking=False):
            try:
                close()
            finally:
                self._making.release()
