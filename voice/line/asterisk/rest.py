"""Asterisk's REST interface (ARI): the requests that a call needs."""

from types import TracebackType
from typing import Any, Self

import httpx

from voice.line.asterisk.event import Bridge, Channel
from voice.line.asterisk.pbx import Pbx

_TIMEOUT = 5.0
"""Seconds; what is asked here takes milliseconds."""


class AriError(RuntimeError):
    """Asterisk refused, or doesn't answer (status 0)."""

    def __init__(self, status: int, request: str) -> None:
        super().__init__(f"{request}: {status or 'no answer'}")
        self.status = status


class Ari:
    """One client; every method raises AriError."""

    def __init__(self, pbx: Pbx) -> None:
        self._app = pbx.app
        self._shown = pbx.shown
        self._http = httpx.AsyncClient(
            base_url=f"{pbx.url}/ari/",
            auth=(pbx.user, pbx.password),
            timeout=_TIMEOUT,
            trust_env=False,
            limits=httpx.Limits(max_connections=50),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._http.aclose()

    async def info(self) -> None:
        """Asks for nothing in particular: whether we are let in at all."""
        await self._ask("GET", "asterisk/info", only="build")

    async def only(self, types: tuple[str, ...]) -> None:
        """Wants to be told these types of events alone."""
        allowed = {"allowed": [{"type": each} for each in types]}
        await self._ask("PUT", f"applications/{self._app}/eventFilter", body=allowed)

    async def channels(self) -> list[Channel]:
        """Every channel that there is, of whatever application."""
        return [Channel.model_validate(each) for each in await self._ask("GET", "channels")]

    async def bridges(self) -> list[Bridge]:
        """Every bridge that there is."""
        return [Bridge.model_validate(each) for each in await self._ask("GET", "bridges")]

    async def answer(self, channel: str) -> None:
        """Picks up."""
        await self._ask("POST", f"channels/{channel}/answer")

    async def hang_up(self, channel: str, reason: str = "normal") -> None:
        """Ends a channel; nothing happens when it is gone already."""
        await self._ask("DELETE", f"channels/{channel}", gone=True, reason=reason)

    async def hold(self, channel: str) -> None:
        """Music on hold."""
        await self._ask("POST", f"channels/{channel}/hold")

    async def unhold(self, channel: str) -> None:
        """Ends it."""
        await self._ask("DELETE", f"channels/{channel}/hold")

    async def variable(self, channel: str, name: str) -> str:
        """A variable, or what a dialplan function gives; empty when there is none."""
        path = f"channels/{channel}/variable"
        answer = await self._ask("GET", path, gone=True, variable=name)
        return str(answer["value"]) if answer else ""

    async def call(self, endpoint: str, channel: str, seconds: float) -> None:
        """Calls a telephone; its channel gets the id `channel` and comes to us when picked up."""
        await self._ask(
            "POST",
            "channels",
            endpoint=endpoint,
            app=self._app,
            channelId=channel,
            callerId=self._shown,
            timeout=str(max(1, round(seconds))),
        )

    async def media(self, channel: str, form: str) -> str:
        """Makes a channel for our own sound; gives the id of the connection that it waits for."""
        answer = await self._ask(
            "POST",
            "channels/externalMedia",
            channelId=channel,
            app=self._app,
            transport="websocket",
            encapsulation="none",
            connection_type="server",
            format=form,
            transport_data="f(json)",
        )
        variables = Channel.model_validate(answer).channelvars
        return variables["MEDIA_WEBSOCKET_CONNECTION_ID"]

    async def bridge(self, bridge: str) -> None:
        """Makes a bridge in which all hear all."""
        await self._ask("POST", f"bridges/{bridge}", type="mixing,proxy_media")

    async def join(self, bridge: str, channel: str) -> None:
        """Takes a channel into a bridge; only one that came to us already."""
        await self._ask("POST", f"bridges/{bridge}/addChannel", channel=channel)

    async def drop(self, bridge: str) -> None:
        """Takes a bridge down; nothing happens when it is gone already."""
        await self._ask("DELETE", f"bridges/{bridge}", gone=True)

    async def _ask(
        self, method: str, path: str, *, gone: bool = False, body: object = None, **query: str
    ) -> Any:
        """The answer's content; `gone` takes a 404 for an answer with none."""
        what = f"{method} {path.split('/', maxsplit=1)[0]}"  # without ids: this ends in logs
        try:
            response = await self._http.request(method, path, params=query, json=body)
        except httpx.HTTPError as error:
            raise AriError(0, what) from error
        if gone and response.status_code == httpx.codes.NOT_FOUND:
            return None
        if response.is_error:
            raise AriError(response.status_code, what)
        return response.json() if response.content else None
