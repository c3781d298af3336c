"""A leg as a bridge sees it, while the call's own driver stays the only reader of the real one."""

from collections.abc import AsyncIterator

from voice.line.inbox import Inbox
from voice.line.leg import CallLeg, CameBack, LegEvent, LegState, Pcm16


class Tap:
    """Implements `CallLeg`; `feed` gives it what the real leg told."""

    def __init__(self, leg: CallLeg) -> None:
        self._leg = leg
        self._inbox = Inbox()
        self._closed = False

    def feed(self, event: LegEvent) -> None:
        """Something that the leg told."""
        self._inbox.put(event, self._leg.rate)

    def close(self) -> None:
        """The bridge is taken down: its reader ends, the real leg goes on."""
        self._closed = True
        self._inbox.close()

    def events(self) -> AsyncIterator[LegEvent]:
        """See `CallLeg.events`."""
        return self._inbox.read()

    @property
    def id(self) -> str:
        """See `CallLeg.id`."""
        return self._leg.id

    @property
    def caller(self) -> str | None:
        """See `CallLeg.caller`."""
        return self._leg.caller

    @property
    def called(self) -> str | None:
        """See `CallLeg.called`."""
        return self._leg.called

    @property
    def came_back(self) -> CameBack | None:
        """See `CallLeg.came_back`."""
        return self._leg.came_back

    @property
    def state(self) -> LegState:
        """See `CallLeg.state`."""
        return self._leg.state

    @property
    def rate(self) -> int:
        """See `CallLeg.rate`."""
        return self._leg.rate

    @property
    def queued(self) -> float:
        """See `CallLeg.queued`."""
        return self._leg.queued

    async def answer(self) -> None:
        """It is answered already."""

    def play(self, samples: Pcm16) -> None:
        """See `CallLeg.play`; nothing once the bridge is taken down."""
        if not self._closed:
            self._leg.play(samples)

    def flush(self) -> float:
        """See `CallLeg.flush`."""
        return 0.0 if self._closed else self._leg.flush()

    async def hang_up(self) -> None:
        """A bridge that ends leaves the caller to the assistant."""

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        """See `CallLeg.transfer`."""
        await self._leg.transfer(target, timeout)

    async def hold(self) -> None:
        """See `CallLeg.hold`."""
        await self._leg.hold()

    async def resume(self) -> None:
        """See `CallLeg.resume`."""
        await self._leg.resume()
