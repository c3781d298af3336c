"""Channels that we asked for, until Asterisk hands them to us."""

import asyncio
import uuid
from enum import StrEnum


class Role(StrEnum):
    """What a channel, or a bridge, that we made is for."""

    MEDIA = "media"
    DIALLED = "dialled"
    OPERATOR = "operator"
    ROOM = "room"
    """A bridge, that is."""


def made(role: Role, app: str) -> str:
    """An id for a new one."""
    return f"{app}.{role}.{uuid.uuid4()}"


def role_of(channel: str, app: str) -> Role | None:
    """What the application made it for; None for a caller's, and for another's."""
    parts = channel.split(".")
    if len(parts) != 3 or parts[0] != app or parts[1] not in set(Role):
        return None
    return Role(parts[1])


class NotComingError(RuntimeError):
    """The channel ended before it came; `cause` is that of ITU-T Q.850."""

    def __init__(self, cause: int) -> None:
        super().__init__("the channel ended before it came")
        self.cause = cause


class Arrivals:
    """Who waits for which channel."""

    def __init__(self, app: str) -> None:
        self.app = app
        self._waiting: dict[str, asyncio.Future[None]] = {}

    def expect(self, role: Role) -> str:
        """The id to make a channel with."""
        channel = made(role, self.app)
        self._waiting[channel] = asyncio.get_running_loop().create_future()
        return channel

    async def wait(self, channel: str, timeout: float) -> None:
        """Until it came to us. Raises NotComingError, TimeoutError."""
        try:
            async with asyncio.timeout(timeout):
                await self._waiting[channel]
        finally:
            self.forget(channel)

    def forget(self, channel: str) -> None:
        """Nobody waits for it any more."""
        waiting = self._waiting.pop(channel, None)
        if waiting is not None:
            waiting.cancel()

    def came(self, channel: str) -> bool:
        """Tells that a channel came; whether it was one of ours."""
        waiting = self._waiting.get(channel)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)
        return waiting is not None

    def ended(self, channel: str, cause: int) -> None:
        """Tells that a channel ended."""
        waiting = self._waiting.get(channel)
        if waiting is not None and not waiting.done():
            waiting.set_exception(NotComingError(cause))
            waiting.exception()  # looked at: who waits may have given up
