"""The platform's interface: what we ask of it. Blocks; called from threads of its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.channels.wechat.tokens import Tokens
from bot.channels.wechat.trouble import PlatformError, Trouble, of_code
from care.wechat.settings import Template, WechatSettings

TIMEOUT = httpx.Timeout(8.0, connect=4.0)
MOST_MEDIA = 2 * 1024 * 1024
"""Octets of a voice message: the platform's own limit."""


def open_http(settings: WechatSettings) -> httpx.Client:
    """Connections to the platform."""
    base = str(settings.base_url).rstrip("/")
    limits = httpx.Limits(max_connections=16)
    return httpx.Client(base_url=base, timeout=TIMEOUT, trust_env=False, limits=limits)


@dataclass(frozen=True)
class Api:
    """Of one account; used from any thread. Every method raises PlatformError."""

    settings: WechatSettings
    http: httpx.Client
    tokens: Tokens

    def send_text(self, openid: str, text: str) -> None:
        """A customer-service message, at most 2,048 octets."""
        self._post(
            "/cgi-bin/message/custom/send",
            {"touser": openid, "msgtype": "text", "text": {"content": text}},
        )

    def send_voice(self, openid: str, mp3: bytes) -> None:
        """A customer-service message that is heard: at most a minute of MP3."""
        uploaded = self._post(
            "/cgi-bin/media/upload",
            params={"type": "voice"},
            files={"media": ("answer.mp3", mp3, "audio/mpeg")},
        )
        media_id = uploaded.get("media_id")
        if not isinstance(media_id, str):
            raise PlatformError(Trouble.REFUSED)
        self._post(
            "/cgi-bin/message/custom/send",
            {"touser": openid, "msgtype": "voice", "voice": {"media_id": media_id}},
        )

    def send_template(self, openid: str, template: Template, said: Mapping[str, str]) -> None:
        """A template message, which needs no message of theirs before."""
        data = {name: {"value": value.format_map(said)} for name, value in template.fields.items()}
        self._post(
            "/cgi-bin/message/template/send",
            {"touser": openid, "template_id": template.id, "data": data},
        )

    def media(self, media_id: str) -> bytes:
        """What somebody sent; raises PlatformError also when it is larger than it may be."""
        for last in (False, True):
            token = self.tokens.get()
            query = {"access_token": token, "media_id": media_id}
            try:
                with self.http.stream("GET", "/cgi-bin/media/get", params=query) as response:
                    octets = _limited(response)
            except httpx.HTTPError as error:
                raise PlatformError(Trouble.BUSY) from error
            kind = response.headers.get("content-type", "")
            if not kind.startswith(("text/", "application/json")):
                return octets
            error_told = _error(octets, response.status_code) or PlatformError(Trouble.REFUSED)
            if error_told.trouble is not Trouble.TOKEN or last:
                raise error_told
            self.tokens.reject(token)
        raise PlatformError(Trouble.TOKEN)

    def create_menu(self, menu: Mapping[str, Any]) -> None:
        """Puts a menu below every conversation with the account; shows within a day everywhere."""
        self._post("/cgi-bin/menu/create", dict(menu))

    def openid_of(self, code: str) -> str:
        """Who has just been signed in at the platform, from the code that their browser brought."""
        query = {
            "appid": self.settings.appid,
            "secret": self.settings.secret.get_secret_value(),
            "code": code,
            "grant_type": "authorization_code",
        }
        try:
            response = self.http.get("/sns/oauth2/access_token", params=query)
        except httpx.HTTPError as error:
            raise PlatformError(Trouble.BUSY) from error
        answer = _checked(response.content, response.status_code)
        openid = answer.get("openid")
        if not isinstance(openid, str):
            raise PlatformError(Trouble.REFUSED)
        return openid

    def _post(
        self,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        params: Mapping[str, str] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """With a token; once more with a new one when the platform refuses it."""
        # The platform shows \\uXXXX to its users as it is written: no escapes.
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        for last in (False, True):
            token = self.tokens.get()
            query = {"access_token": token, **(params or {})}
            try:
                response = self.http.post(path, params=query, content=content, files=files)
            except httpx.HTTPError as error:
                raise PlatformError(Trouble.BUSY) from error
            try:
                return _checked(response.content, response.status_code)
            except PlatformError as error:
                if error.trouble is not Trouble.TOKEN or last:
                    raise
                self.tokens.reject(token)
        raise PlatformError(Trouble.TOKEN)


def _checked(content: bytes, status: int) -> dict[str, Any]:
    trouble = _error(content, status)
    if trouble is not None:
        raise trouble
    answer: dict[str, Any] = json.loads(content)
    return answer


def _error(content: bytes, status: int) -> PlatformError | None:
    try:
        answer = json.loads(content)
    except ValueError:
        return PlatformError(Trouble.BUSY)
    if status != httpx.codes.OK or not isinstance(answer, dict):
        return PlatformError(Trouble.BUSY)
    code = answer.get("errcode", 0)
    return of_code(code) if isinstance(code, int) and code else None


def _limited(response: httpx.Response) -> bytes:
    octets = b""
    for piece in response.iter_bytes():
        octets += piece
        if len(octets) > MOST_MEDIA:
            raise PlatformError(Trouble.REFUSED)
    return octets
