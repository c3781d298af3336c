"""Sends our `mrs` until the unit says that it has it (RFC 3261, 17.1.2)."""

import asyncio
from collections.abc import Callable

from voice.line.scaip.sip import MAGIC, SipMessage

FIRST, LONGEST = 0.5, 4.0
"""Seconds until it is sent again over UDP (T1), doubling up to T2."""
GIVE_UP = 32.0
"""Seconds (timer F). The unit then asks again with the same reference, and gets the same reply."""
_MOST = 1000

Send = Callable[[bytes], None]


class Telling:
    """Of one receiver; used in its event loop only."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    def tell(self, token: str, message: bytes, send: Send, *, reliable: bool) -> None:
        """`token` is in its branch; over a reliable transport once is enough."""
        send(message)
        if not reliable and len(self._waiting) < _MOST:
            self._again(token, message, send, FIRST, GIVE_UP - FIRST)

    def heard(self, response: SipMessage) -> None:
        """A final answer ends it, whatever it says: it was received."""
        if response.status >= 200:
            timer = self._waiting.pop(response.branch.removeprefix(MAGIC), None)
            if timer is not None:
                timer.cancel()

    def stop(self) -> None:
        """Nothing is sent any more."""
        for timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()

    def _again(self, token: str, message: bytes, send: Send, wait: float, left: float) -> None:
        def due() -> None:
            self._waiting.pop(token, None)
            send(message)
            if left > 0:
                self._again(token, message, send, min(wait * 2, LONGEST), left - wait * 2)

        self._waiting[token] = self._loop.call_later(wait, due)
