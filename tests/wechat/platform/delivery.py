"""Brings what users do to the hotline: signed, and again when there is no answer in time."""

import asyncio
import itertools
import secrets
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from xml.sax.saxutils import escape

import httpx
from defusedxml.ElementTree import fromstring

from tests.wechat.platform import crypto
from tests.wechat.platform.account import Account

PATIENCE = 5.0
"""Seconds until the platform takes a request for failed."""
TRIES = 3
_numbers = itertools.count(23_000_000_000_000_000)


@dataclass(frozen=True)
class Sent:
    """What came of one thing that a user did."""

    tries: int
    """Requests that were made."""
    failed: bool
    """None was answered: the user sees 该公众号提供的服务出现故障."""
    seconds: float
    """Of the last request."""


@dataclass
class Delivery:
    """One account's address. `patience` is a test's own."""

    account: Account
    url: str
    patience: float = PATIENCE
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(trust_env=False))

    async def text(self, openid: str, content: str, **more: Any) -> Sent:
        """A user writes."""
        return await self.message(openid, {"MsgType": "text", "Content": content}, **more)

    async def voice(self, openid: str, media_id: str, recognition: str | None = None) -> Sent:
        """A user speaks."""
        fields = {"MsgType": "voice", "MediaId": media_id, "Format": "amr"}
        if recognition is not None:
            fields["Recognition"] = recognition
        return await self.message(openid, fields)

    async def place(self, openid: str, latitude: float, longitude: float, label: str) -> Sent:
        """A user tells where they are."""
        fields = {
            "MsgType": "location",
            "Location_X": str(latitude),
            "Location_Y": str(longitude),
            "Scale": "15",
            "Label": label,
        }
        return await self.message(openid, fields)

    async def click(self, openid: str, key: str) -> Sent:
        """A user presses a button of the menu."""
        return await self.event(openid, "CLICK", key)

    async def event(self, openid: str, name: str, key: str = "", **more: Any) -> Sent:
        """A user does something else."""
        user = self.account.user(openid)
        if name == "unsubscribe":
            user.follows = False
        else:
            user.follows = True
            if name in {"CLICK", "subscribe", "SCAN"}:
                self.account.clicked(openid)
        fields = {"MsgType": "event", "Event": name, "EventKey": key}
        return await self._deliver(openid, fields, **more)

    async def message(self, openid: str, fields: dict[str, str], **more: Any) -> Sent:
        """Any message that a user sends."""
        self.account.wrote(openid)
        words = fields.get("Content") or f"[{fields['MsgType']}]"
        self.account.show(openid, "user", fields["MsgType"], words)
        number = more.pop("msg_id", None) or next(_numbers)
        return await self._deliver(openid, fields | {"MsgId": str(number)}, **more)

    def xml(self, openid: str, fields: dict[str, str], time: int) -> str:
        """As the documentation shows it."""
        own = {"ToUserName": self.account.name, "FromUserName": openid}
        text = "".join(
            f"<{name}>{_cdata(value)}</{name}>" for name, value in (own | fields).items()
        )
        return f"<xml>{text}<CreateTime>{time}</CreateTime></xml>"

    def request(self, body: str, at: int | None = None) -> tuple[dict[str, str], str]:
        """Query and body, signed and in encrypted mode sealed."""
        account = self.account
        timestamp, nonce = str(at or int(account.clock())), secrets.token_hex(5)
        query = {
            "signature": crypto.sign(account.token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        if account.aes_key:
            sealed = crypto.seal(body, account.appid, account.aes_key)
            query["encrypt_type"] = "aes"
            query["msg_signature"] = crypto.sign(account.token, timestamp, nonce, sealed)
            to = f"<ToUserName>{_cdata(account.name)}</ToUserName>"
            body = f"<xml>{to}<Encrypt>{_cdata(sealed)}</Encrypt></xml>"
        return query, body

    async def _deliver(
        self, openid: str, fields: dict[str, str], time: int | None = None, tries: int = TRIES
    ) -> Sent:
        xml = self.xml(openid, fields, time or int(self.account.clock()))
        for attempt in range(1, tries + 1):
            query, body = self.request(xml)
            began = monotonic()
            try:
                response = await self.http.post(
                    self.url,
                    params=query,
                    content=body.encode(),
                    headers={"Content-Type": "text/xml"},
                    timeout=self.patience,
                )
            except httpx.HTTPError:
                # Also when nobody listens, the next try comes only after the whole patience.
                await asyncio.sleep(max(began + self.patience - monotonic(), 0))
                continue
            if response.status_code != httpx.codes.OK:
                continue
            self._show(openid, response.text)
            return Sent(attempt, failed=False, seconds=monotonic() - began)
        return Sent(tries, failed=True, seconds=self.patience)

    def _show(self, openid: str, answer: str) -> None:
        if answer in {"", "success"}:
            return
        fields = {child.tag: child.text or "" for child in fromstring(answer)}
        if self.account.aes_key:
            account = self.account
            expected = crypto.sign(
                account.token, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"]
            )
            assert expected == fields["MsgSignature"], "the answer's signature is wrong"
            opened = crypto.unseal(fields["Encrypt"], account.appid, account.aes_key)
            fields = {child.tag: child.text or "" for child in fromstring(opened)}
        assert fields["ToUserName"] == openid
        assert fields["FromUserName"] == self.account.name
        self.account.show(openid, "passive", fields["MsgType"], fields["Content"])


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>" if "]]>" not in text else escape(text)
