"""A carrier that asks for a password (digest, RFC 2617) and then says no more than it must."""

import asyncio
import hashlib
import re

from tests.voice.line.sip.udp import Udp

_REALM = "carrier"
_NONCE = "f84f1cec41e6cbe5aea9c8e88d359"


class Carrier(Udp):
    """Accepts registrations of one account; whoever it is asked to call is busy."""

    def __init__(self, user: str, password: str) -> None:
        self.user, self.password = user, password
        self.seen: list[str] = []
        """First lines of the requests that came with the right password."""
        self.refused = 0
        self.known = asyncio.Event()

    def receive(self, data: bytes, port: int) -> None:
        """Answers a request."""
        text = data.decode()
        line = text.partition("\r\n")[0]
        method = line.partition(" ")[0]
        if method not in ("REGISTER", "INVITE"):
            return
        given = re.search(r"^(?:Proxy-)?Authorization: Digest (.*)$", text, re.MULTILINE)
        if given is None:
            status, name = (401, "WWW") if method == "REGISTER" else (407, "Proxy")
            ask = f'{name}-Authenticate: Digest realm="{_REALM}",nonce="{_NONCE}",algorithm=MD5'
            self._answer(text, port, f"{status} Unauthorized", ask)
        elif not self._right(method, given[1]):
            self.refused += 1
            self._answer(text, port, "403 Forbidden")
        else:
            self.seen.append(line)
            if method == "INVITE":
                self._answer(text, port, "486 Busy Here")
                return
            contact = re.search(r"^Contact: .*$", text, re.MULTILINE)
            assert contact is not None
            self._answer(text, port, "200 OK", contact[0].strip())
            self.known.set()

    def _right(self, method: str, given: str) -> bool:
        fields = dict(re.findall(r'(\w+)="?([^",]*)"?', given))
        one = _md5(f"{self.user}:{_REALM}:{self.password}")
        two = _md5(f"{method}:{fields['uri']}")
        expected = (self.user, _md5(f"{one}:{_NONCE}:{two}"))
        return (fields["username"], fields["response"]) == expected

    def _answer(self, request: str, port: int, status: str, *more: str) -> None:
        kept = re.findall(r"^(?:Via|From|Call-ID|CSeq): .*$", request, re.MULTILINE)
        to = re.search(r"^To: .*$", request, re.MULTILINE)
        assert to is not None
        lines = [f"SIP/2.0 {status}", *(line.strip() for line in kept)]
        lines += [to[0].strip() + ";tag=carrier", *more, "Content-Length: 0", "", ""]
        self.send("\r\n".join(lines).encode(), port)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
