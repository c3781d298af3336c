"""Group robots of WeCom, DingTalk and Feishu.

Not through apprise: these services answer a wrong key, a missing keyword and their rate limit with
HTTP 200 and a code in the body, which apprise takes for success. Sources: the services' own pages
(developer.work.weixin.qq.com/document/path/91770, open.dingtalk.com custom robots,
open.feishu.cn custom bots), read in 2026.
"""

import base64
import hashlib
import hmac
from typing import Any

import httpx

from care.clock import Clock
from care.notices.channel import ChannelError, Message
from care.notices.posting import post
from care.notices.settings import RobotChannel

_CODES = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "code"}
"""Where each says whether it took the message: 0 is yes."""

_BUSY = frozenset({-1, 45009, 45033, 130101, 410100, 11232})
"""Codes of overload and rate limits, after which another attempt may work."""


class Robot:
    """Writes into one group; the target, if any, is the mobile number to be alerted there."""

    def __init__(self, settings: RobotChannel, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self.limit = settings.limit

    def send(self, message: Message, target: str | None) -> None:
        """See `Channel`."""
        text = f"{message.title}\n{message.text}"
        build = {"wecom": self._wecom, "dingtalk": self._dingtalk, "feishu": self._feishu}
        request = build[self._settings.kind](text, target)
        code = post(request, self._settings.limit).json().get(_CODES[self._settings.kind])
        if code != 0:
            known = code if isinstance(code, int) else "without a code"
            raise ChannelError(f"refused {known}", retry=code in _BUSY)

    def _wecom(self, text: str, target: str | None) -> httpx.Request:
        content: dict[str, Any] = {"content": _within(text, 2048)}
        if target:
            content["mentioned_mobile_list"] = [target]
        return self._request({"key": self._token()}, {"msgtype": "text", "text": content})

    def _dingtalk(self, text: str, target: str | None) -> httpx.Request:
        query = {"access_token": self._token()}
        if secret := self._secret():
            stamp = str(round(self._clock().timestamp() * 1000))
            digest = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
            query |= {"timestamp": stamp, "sign": base64.b64encode(digest).decode("ascii")}
        at = {"atMobiles": [target] if target else [], "isAtAll": False}
        body = {"msgtype": "text", "text": {"content": _within(text, 18_000)}, "at": at}
        return self._request(query, body)

    def _feishu(self, text: str, _target: str | None) -> httpx.Request:
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": _within(text, 18_000)}}
        if secret := self._secret():
            stamp = str(round(self._clock().timestamp()))
            # Their way: the secret is part of the key, and what is signed is nothing.
            digest = hmac.digest(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256)
            body |= {"timestamp": stamp, "sign": base64.b64encode(digest).decode("ascii")}
        return self._request({}, body, path=f"/{self._token()}")

    def _request(
        self, query: dict[str, str], body: dict[str, Any], path: str = ""
    ) -> httpx.Request:
        url = f"{self._settings.address}{path}"
        return httpx.Request("POST", url, params=query or None, json=body)

    def _token(self) -> str:
        return self._settings.token.get_secret_value()

    def _secret(self) -> str:
        return self._settings.secret.get_secret_value()


def _within(text: str, octets: int) -> str:
    """`text`, cut at a character so that it isn't refused for its length."""
    return text.encode()[:octets].decode("utf-8", "ignore")
