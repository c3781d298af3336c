"""Who sends alarms in a drill: callers, a pendant with HTTP, a home unit with SIP."""

import json
import random
import secrets
import socket
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx
from sqlalchemy import Select, func, select

from care.alarms.model import Alarm
from care.clock import Clock, system_clock
from care.conversations.model import Conversation
from care.devices import service as devices
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.devices.signature import Signed, sign
from care.storage.engine import Sessions
from drills.doors import Doors
from voice.line.scaip import sip

_BREATH = 0.04
"""Seconds between two alarms of one sender, at most."""
_PATIENCE = 2.0
"""Seconds for an answer; a killed process gives none."""
_UNIT_PATIENCE = 0.5
"""The same for a home unit, whose line doesn't tell that nobody is there any more."""
_AGAIN = 0.3
"""Share of what was accepted that a device sends once more: answers get lost, too."""
_CRIES = ("我摔倒了起不来", "家里煤气味很重", "我胸口疼得厉害")
_UNIT = "0012345"
_PENDANT, _HOME_UNIT = "P-1", "H-1"


class Sender(Protocol):
    """One source of alarms; sends one after the other."""

    name: str
    repeats: bool
    """Whether the same reference may be sent again, and is the same alarm then."""

    def send(self, reference: str, clock: Clock) -> bool:
        """Whether it was accepted. Raises OSError or httpx.TransportError without an answer."""
        ...

    def kept(self, references: Collection[str]) -> Select[Any, int]:
        """Reference and alarm's id of what came from here."""
        ...


@dataclass
class Callers:
    """Each cries for help once, in a talk of their own."""

    doors: Doors
    name: str = "talk"
    repeats: bool = False

    def send(self, reference: str, clock: Clock) -> bool:
        """See `Sender.send`."""
        text = _CRIES[len(reference) % len(_CRIES)]
        body = {"sender_id": reference, "text": text}
        url = f"http://127.0.0.1:{self.doors.port}/api/chat"
        answer = httpx.post(url, json=body, timeout=_PATIENCE, trust_env=False)
        return answer.status_code == httpx.codes.OK and bool(answer.json()["flags"]["emergency"])

    def kept(self, references: Collection[str]) -> Select[Any, int]:
        """See `Sender.kept`."""
        query = select(Conversation.sender_id, Alarm.id).join(
            Conversation, Conversation.id == Alarm.conversation_id
        )
        return query.where(Conversation.sender_id.in_(references))


@dataclass
class Pendant:
    """Signs what it sends, and sends it again until it is answered."""

    doors: Doors
    secret: str
    name: str = "HTTP"
    repeats: bool = True

    def send(self, reference: str, clock: Clock) -> bool:
        """See `Sender.send`."""
        body = json.dumps({"reference": reference}).encode()
        stamp, nonce = str(int(clock().timestamp())), secrets.token_hex(16)
        request = Signed(_PENDANT, stamp, nonce, "", "POST", "/api/alarms", body)
        headers = {
            "X-Device": _PENDANT,
            "X-Timestamp": stamp,
            "X-Nonce": nonce,
            "X-Signature": sign(self.secret, request),
        }
        url = f"http://127.0.0.1:{self.doors.port}{request.path}"
        answer = httpx.post(url, content=body, headers=headers, timeout=_PATIENCE, trust_env=False)
        return answer.is_success

    def kept(self, references: Collection[str]) -> Select[Any, int]:
        """See `Sender.kept`."""
        return _of_device(_PENDANT, references)


@dataclass
class HomeUnit:
    """Speaks SCAIP over SIP MESSAGE."""

    doors: Doors
    name: str = "SCAIP"
    repeats: bool = True

    def send(self, reference: str, clock: Clock) -> bool:
        """See `Sender.send`."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.settimeout(_UNIT_PATIENCE)
            line.connect(("127.0.0.1", self.doors.scaip_port))
            line.send(_message(reference, line.getsockname()[1]))
            answer = sip.parse(line.recv(65_535))
        return b"<snu>0</snu>" in answer.body

    def kept(self, references: Collection[str]) -> Select[Any, int]:
        """See `Sender.kept`."""
        return _of_device(_HOME_UNIT, references)


def open_senders(sessions: Sessions, doors: Doors, kinds: Kinds) -> tuple[Sender, ...]:
    """All, with their devices added to the database."""
    keys = DeviceKeys(doors.key)
    with sessions.begin() as session:
        add, now = devices.add, system_clock()
        _, secret = add(session, keys, kinds, ref=_PENDANT, kind="button", now=now)
        add(session, keys, kinds, ref=_HOME_UNIT, kind="controller", controller=_UNIT, now=now)
    return Callers(doors), Pendant(doors, secret), HomeUnit(doors)


@dataclass
class Sent:
    """What one sender has sent in a life, in order."""

    accepted: list[str] = field(default_factory=list)
    """The first answer of each."""
    unanswered: set[str] = field(default_factory=set)


class Crowd:
    """All senders at once, until `stop`."""

    def __init__(
        self, senders: Iterable[Sender], again: Mapping[str, set[str]], life: int, shift: float
    ) -> None:
        """`again`: what is sent first, by the sender's name. `shift`: of the wall's clock, s."""
        self.sent = {sender.name: Sent() for sender in senders}
        self.again = set[str]().union(*again.values())
        self._stop = threading.Event()
        self._accepted = threading.Condition()
        self._shift = timedelta(seconds=shift)
        self._threads = [
            threading.Thread(
                target=self._run,
                args=(sender, sorted(again.get(sender.name, ())), life),
            )
            for sender in senders
        ]
        for thread in self._threads:
            thread.start()

    def await_accepted(self, count: int, timeout: float) -> None:
        """Until so many alarms were, through whichever door; `timeout` in seconds."""
        with self._accepted:
            self._accepted.wait_for(
                lambda: sum(len(each.accepted) for each in self.sent.values()) >= count, timeout
            )

    def stop(self) -> None:
        """Returns when the last answer has come, or will not come any more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, sender: Sender, again: list[str], life: int) -> None:
        chance, number = random.Random(f"{life} {sender.name}"), 0  # noqa: S311
        sent = self.sent[sender.name]
        while not self._stop.is_set():
            if again:
                reference = again.pop()
            else:
                reference, number = f"{life}n{number}", number + 1
            sent.unanswered.add(reference)
            # A socket that nobody listens on any more ends the wait at once.
            with suppress(OSError, httpx.TransportError):
                if sender.send(reference, self._clock):
                    sent.unanswered.discard(reference)
                    with self._accepted:
                        sent.accepted.append(reference)
                        self._accepted.notify_all()
                    if sender.repeats and chance.random() < _AGAIN:
                        sender.send(reference, self._clock)
            time.sleep(chance.uniform(0, _BREATH))

    def _clock(self) -> datetime:
        return system_clock() + self._shift


def _of_device(ref: str, references: Collection[str]) -> Select[Any, int]:
    rounds = [f"{reference}#1" for reference in references]
    bare = func.replace(Alarm.reference, "#1", "")
    query = select(bare, Alarm.id).where(Alarm.source == f"device:{ref}")
    return query.where(Alarm.reference.in_(rounds))


def _message(reference: str, port: int) -> bytes:
    inside = f"<ref>{reference}</ref><cid>{_UNIT}</cid><dty>0003</dty>"
    body = f'<?xml version="1.0" encoding="UTF-8"?><mrq>{inside}</mrq>'.encode()
    token = secrets.token_hex(8)
    lines = [
        "MESSAGE sip:12349@127.0.0.1 SIP/2.0",
        f"Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{token};rport",
        "Max-Forwards: 70",
        f"From: <sip:{_UNIT}@127.0.0.1>;tag={token}",
        "To: <sip:12349@127.0.0.1>",
        f"Call-ID: {token}@127.0.0.1",
        "CSeq: 1 MESSAGE",
        "Content-Type: application/scaip+xml",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
