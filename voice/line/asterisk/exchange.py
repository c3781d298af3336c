"""What a leg needs of the line that it belongs to."""

from collections.abc import Coroutine
from typing import Any, Protocol

from voice.line.asterisk.room import Room


class Exchange(Protocol):
    """Implemented by AsteriskLine."""

    async def ring_operator(self, target: str, timeout: float) -> str:
        """The channel of an operator who picked up. Raises DialError."""
        ...

    async def hang_up(self, channel: str, reason: str = "normal") -> None:
        """Ends a channel; never fails."""
        ...

    async def hold(self, channel: str, *, on: bool) -> None:
        """Starts or ends music on hold; never fails."""
        ...

    def handed(self, room: Room, operator: str, caller: str | None, called: str | None) -> None:
        """An operator is with the caller now: watch over the two."""
        ...

    def forget(self, channel: str) -> None:
        """The leg of this caller's channel is gone."""
        ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Does it in the background."""
        ...
