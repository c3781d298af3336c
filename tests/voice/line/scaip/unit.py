"""A home unit for tests: says what real ones say, octet by octet."""

import hashlib
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from care.alarms import service as alarms
from care.data_files import DATA
from tests.care.devices.setting import KINDS, House
from voice.line.scaip.codes import Codes
from voice.line.scaip.receiver import Receiver
from voice.line.scaip.settings import ScaipSettings
from voice.line.scaip.sip import SipMessage, parse

CODES = Codes.load(DATA, KINDS)
CID = "0012345"


def mrq(ref: str = "1243", **more: str) -> bytes:
    """A request: an alarm of a pendant, unless `more` says otherwise."""
    parts = {"ref": ref, "cid": CID, "dty": "0003", **more}
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in parts.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><mrq>{inside}</mrq>'.encode()


def message(
    body: bytes,
    *,
    call: str = "c1",
    cseq: int = 1,
    port: int = 5099,
    transport: str = "UDP",
    branch: str = "z9hG4bKa1",
    authorization: str = "",
    method: str = "MESSAGE",
    content_type: str = "application/scaip+xml",
) -> bytes:
    """A SIP request."""
    lines = [
        f"{method} sip:12349@127.0.0.1 SIP/2.0",
        f"Via: SIP/2.0/{transport} 127.0.0.1:{port};branch={branch};rport",
        "Max-Forwards: 70",
        f"From: <sip:{CID}@127.0.0.1>;tag=u1",
        "To: <sip:12349@127.0.0.1>",
        f"Call-ID: {call}@127.0.0.1",
        f"CSeq: {cseq} {method}",
        *([f"Authorization: {authorization}"] if authorization else []),
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def credentials(challenge: str, password: str, *, user: str = CID, count: int = 1) -> str:
    """An Authorization header (RFC 7616), computed apart from the code that checks it."""
    asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
    name = {"SHA-256": "sha256", "MD5": "md5"}[asked["algorithm"]]

    def digest(text: str) -> str:
        return hashlib.new(name, text.encode()).hexdigest()

    secret = digest(f"{user}:{asked['realm']}:{password}")
    what = digest("MESSAGE:sip:12349@127.0.0.1")
    response = digest(f"{secret}:{asked['nonce']}:{count:08x}:abc:auth:{what}")
    return (
        f'Digest username="{user}", realm="{asked["realm"]}", nonce="{asked["nonce"]}", '
        f'uri="sip:12349@127.0.0.1", response="{response}", algorithm={asked["algorithm"]}, '
        f'qop=auth, nc={count:08x}, cnonce="abc"'
    )


class Unit:
    """Sends over UDP, and waits for what comes back."""

    def __init__(self, port: int) -> None:
        self._there = ("127.0.0.1", port)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(30)
        self.port = self.socket.getsockname()[1]

    def send(self, octets: bytes) -> None:
        """One datagram."""
        self.socket.sendto(octets, self._there)

    def receive(self) -> SipMessage:
        """The next that comes."""
        return parse(self.socket.recv(65_535))

    def ask(self, body: bytes, **more: str | int) -> SipMessage:
        """Sends a MESSAGE; its response."""
        self.send(message(body, port=self.port, **more))  # type: ignore[arg-type]
        return self.receive()

    def told(self) -> str:
        """The `mrs` that comes as a MESSAGE of its own; it is answered."""
        found = self.receive()
        assert found.method == "MESSAGE"
        assert found.one("content-type") == "application/scaip+xml"
        headers = [f"{name}: {value}" for name, value in found.headers
                   if name in ("via", "from", "to", "call-id", "cseq")]  # fmt: skip
        self.send("\r\n".join(["SIP/2.0 200 OK", *headers, "", ""]).encode())
        return found.body.decode()


def receiver(house: House, port: int, **settings: object) -> Receiver:
    """Not started yet."""
    return Receiver(
        ScaipSettings.model_validate({"port": port, "passwords": False, **settings}),
        sessions=house.sessions,
        keys=house.keys,
        kinds=KINDS,
        codes=CODES,
        clock=house.time,
    )


@contextmanager
def running(house: House, port: int, **settings: object) -> Iterator[Receiver]:
    """Listens."""
    found = receiver(house, port, **settings)
    found.start()
    try:
        yield found
    finally:
        found.stop()


def raised(house: House) -> list[str]:
    """What every open alarm says."""
    with house.sessions() as session:
        return [alarm.said for alarm in alarms.open_alarms(session)]


def scenario(folder: Path, name: str, text: str) -> Path:
    """A sipp scenario in a file."""
    path = folder / name
    path.write_text(text)
    return path
