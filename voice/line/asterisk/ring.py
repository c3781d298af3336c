"""Calls a telephone and waits until somebody picks it up."""

import asyncio

from voice.line.asterisk.arrivals import NotComingError, Role
from voice.line.asterisk.cause import failed
from voice.line.asterisk.link import Link
from voice.line.asterisk.rest import Ari, AriError
from voice.line.leg import DialError, Failed

_LONGER = 5.0
"""Seconds that Asterisk rings on when we forgot to end it: when this process is gone."""


async def ring(link: Link, role: Role, target: str, timeout: float) -> str:
    """The channel of `target`, picked up. Raises DialError; cancelling it hangs up."""
    endpoint = link.pbx.endpoints.of(target)
    if endpoint is None:
        raise DialError(Failed.UNREACHABLE)
    channel = link.arrivals.expect(role)
    try:
        await link.ari.call(endpoint, channel, timeout + _LONGER)
        await link.arrivals.wait(channel, timeout)
    except AriError as error:
        raise DialError(Failed.UNREACHABLE) from error
    except NotComingError as error:
        raise DialError(failed(error.cause)) from error
    except TimeoutError as error:
        await quietly_hang_up(link.ari, channel)
        raise DialError(Failed.NO_ANSWER) from error
    except asyncio.CancelledError:
        await quietly_hang_up(link.ari, channel)
        raise
    finally:
        link.arrivals.forget(channel)
    return channel


async def quietly_hang_up(ari: Ari, channel: str, reason: str = "normal") -> None:
    """Ends a channel; when Asterisk is gone, so is the channel."""
    try:
        await ari.hang_up(channel, reason)
    except AriError:
        return
