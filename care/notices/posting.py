"""HTTP to the outside: bounded in time and size, and an answer that isn't yes is a failure."""

import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx

from care.notices.channel import ChannelError

_MOST = 64 * 1024
"""Octets of an answer that are read."""

_IN_A_MOMENT = frozenset({408, 409, 425, 429})
"""Refusals that another attempt may get past (RFC 9110, RFC 8470, RFC 6585)."""


@dataclass(frozen=True)
class Answer:
    """Of a service that said 2xx."""

    body: bytes

    def json(self) -> dict[str, Any]:
        """The object in it. Raises ChannelError when there is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ChannelError("answer is not JSON") from error
        if not isinstance(found, dict):
            raise ChannelError("answer is not an object")
        return found


def post(request: httpx.Request, timeout: float) -> Answer:
    """Sends it once, without following redirects. Raises ChannelError.

    `timeout` in seconds is for each step; whoever calls bounds the whole.
    """
    try:
        with (
            httpx.Client(timeout=timeout, trust_env=True) as client,
            closing(client.send(request, stream=True)) as answer,
        ):
            if not answer.is_success:
                raise ChannelError(
                    f"http {answer.status_code}",
                    retry=answer.is_server_error or answer.status_code in _IN_A_MOMENT,
                )
            return Answer(_body(answer))
    except httpx.TimeoutException as error:
        raise ChannelError("timeout") from error
    except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
        raise ChannelError("unreachable") from error


def _body(answer: httpx.Response) -> bytes:
    found = b""
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > _MOST:
            raise ChannelError("answer is too long")
    return found
