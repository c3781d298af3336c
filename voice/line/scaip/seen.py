"""Requests that came before: a unit whose answer was lost gets the same one again (RFC 3261, 17.2).

Nothing is done twice. What is compared is the Call-ID, CSeq, the sender's tag and address, and the
body: a unit that counts badly, and sends another alarm under the same CSeq, is heard all the same.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable

from voice.line.scaip.sip import Address, SipMessage

LIFE = 32.0
"""Seconds (timer J) that an answer is kept."""
_MOST = 10_000

Key = tuple[str, str, str, str, bytes]


class Seen:
    """Of one receiver; used in its event loop only."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` is monotonic, in seconds."""
        self._clock = clock
        self._answers: OrderedDict[Key, tuple[float, bytes | None]] = OrderedDict()

    def key(self, request: SipMessage, source: Address) -> Key:
        """What tells this request from others."""
        sender, one = source[0], request.one
        body = hashlib.sha256(request.body + one("authorization").encode()).digest()
        return (sender, one("call-id"), one("cseq"), one("from"), body)

    def begin(self, key: Key) -> bool:
        """Whether this is new; then it is being worked on from now."""
        self._forget()
        if key in self._answers:
            return False
        self._answers[key] = (self._clock(), None)
        return True

    def answered(self, key: Key, answer: bytes) -> None:
        """Done; kept for as long as the unit may ask again."""
        self._answers[key] = (self._clock(), answer)
        self._answers.move_to_end(key)

    def dropped(self, key: Key) -> None:
        """It was not taken after all: the next attempt is new."""
        self._answers.pop(key, None)

    def answer(self, key: Key) -> bytes | None:
        """What it was answered; None while that isn't known."""
        return self._answers.get(key, (0.0, None))[1]

    def _forget(self) -> None:
        now = self._clock()
        while self._answers:
            since, _ = next(iter(self._answers.values()))
            if now - since < LIFE and len(self._answers) < _MOST:
                return
            self._answers.popitem(last=False)
