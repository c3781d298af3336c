"""The bridge of one call: the caller in it, and our sound or an operator with them."""

import asyncio
from collections.abc import Callable

from voice.line.asterisk.arrivals import Role, made
from voice.line.asterisk.link import Link
from voice.line.asterisk.media import FORMATS, Media, open_media
from voice.line.asterisk.rest import AriError
from voice.line.asterisk.ring import quietly_hang_up
from voice.line.leg import LegEvent

_TIMEOUT = 5.0
"""Seconds until our own sound has to be there; it takes some milliseconds."""

_WIDE = ("g722", "slin16", "opus", "silk16", "speex16")
"""Codecs that carry more than 4 kHz of sound."""


class Room:
    """Its methods raise AriError, MediaError, NotComingError or TimeoutError."""

    def __init__(
        self,
        link: Link,
        caller: str,
        *,
        bridge: str | None = None,
    ) -> None:
        self._link = link
        self._ari = link.ari
        self.caller = caller
        """Their channel."""
        self.bridge = bridge or made(Role.ROOM, link.pbx.app)
        self._stands = bridge is not None
        """The bridge is there, with the caller in it."""
        self.media: Media | None = None

    async def rate(self) -> int:
        """Of the sound that the caller's telephone can do: 8000 or 16000 Hz."""
        codec = await self._ari.variable(self.caller, "CHANNEL(audionativeformat)")
        return 16000 if any(wide in codec for wide in _WIDE) else 8000

    async def open(
        self, rate: int, tell: Callable[[LegEvent], None], lost: Callable[[], None], *, answer: bool
    ) -> None:
        """Brings caller and sound together; our end is ready before we pick up."""
        if self._stands:
            channel = await self._sound(rate, tell, lost)
        else:
            channel, _ = await asyncio.gather(
                self._sound(rate, tell, lost), self._ari.bridge(self.bridge)
            )
        if answer:
            await self._ari.answer(self.caller)
        if not self._stands:
            await self._ari.join(self.bridge, self.caller)
            self._stands = True
        await self._ari.join(self.bridge, channel)

    async def invite(self, operator: str) -> None:
        """The operator's channel comes in, and our sound leaves."""
        await self._ari.join(self.bridge, operator)
        await self.leave()

    async def leave(self) -> None:
        """Our sound leaves; the caller stays."""
        media, self.media = self.media, None
        if media is not None:
            await media.close()

    async def close(self, *channels: str) -> None:
        """Takes everything down, and hangs `channels` up; never fails."""
        await self.leave()
        for channel in channels:
            await quietly_hang_up(self._ari, channel)
        try:
            await self._ari.drop(self.bridge)
        except AriError:
            return

    async def _sound(
        self, rate: int, tell: Callable[[LegEvent], None], lost: Callable[[], None]
    ) -> str:
        channel = self._link.arrivals.expect(Role.MEDIA)
        try:
            connection = await self._ari.media(channel, FORMATS[rate])
            self.media = await open_media(self._link.pbx, connection, rate, tell, lost)
            await self._link.arrivals.wait(channel, _TIMEOUT)
        except BaseException:
            await quietly_hang_up(self._ari, channel)
            raise
        finally:
            self._link.arrivals.forget(channel)
        return channel
