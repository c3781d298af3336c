"""As much of SIP as MESSAGE needs: reading a message, answering one, sending one (RFC 3261, 3428).

baresip, which carries the calls, answers 200 to a MESSAGE before anybody has looked at it, and its
Python binding shows none. An alarm has to be on disk first.
"""

import re
from dataclasses import dataclass

MOST = 16 * 1024
"""Octets of a message over UDP, and of one over TCP before its body."""
MOST_HEADERS = 64

MAGIC = "z9hG4bK"
"""Every branch begins with it (RFC 3261, 8.1.1.7)."""

_LONG = {
    "v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact",
    "l": "content-length", "c": "content-type", "s": "subject", "k": "supported",
}  # fmt: skip
"""Compact forms (RFC 3261, 7.3.3)."""

_FIRST = re.compile(r"([A-Z]{1,32}) (\S{1,1024}) SIP/2\.0")
_STATUS = re.compile(r"SIP/2\.0 ([1-6][0-9][0-9]) ?.{0,128}")
_HEADER = re.compile(r"([A-Za-z0-9.!%*_+`'~-]{1,64})[ \t]*:[ \t]*(.*)", re.DOTALL)
_SEQUENCE = re.compile(r"([0-9]{1,10})[ \t]+([A-Z]{1,32})")
_BRANCH = re.compile(r";[ \t]*branch[ \t]*=[ \t]*([^;,\s]{1,256})")
_URI = re.compile(r"<([^<>]{1,1024})>|([^<>;,\s]{1,1024})")
_SENT_BY = re.compile(
    r"SIP/2\.0/[A-Za-z]+[ \t]+(?:\[[^\]]*\]|[^\s:;,]+)(?:[ \t]*:[ \t]*([0-9]{1,5}))?"
)
_RPORT = re.compile(r";[ \t]*rport(?=[ \t]*(?:;|$))")

Address = tuple[str, int]
"""Host and port."""

Headers = tuple[tuple[str, str], ...]
"""Names and values."""


class SipError(ValueError):
    """What came is no SIP message, or one that can't even be answered."""


@dataclass(frozen=True)
class SipMessage:
    """A request (with a method) or a response (with a status)."""

    headers: Headers
    """Names in small letters and long form, in their order."""
    body: bytes
    method: str = ""
    uri: str = ""
    status: int = 0

    def all(self, name: str) -> list[str]:
        """Every header of this name."""
        return [value for found, value in self.headers if found == name]

    def one(self, name: str) -> str:
        """The first, or nothing."""
        return next(iter(self.all(name)), "")

    @property
    def branch(self) -> str:
        """Of the topmost Via: what tells transactions apart."""
        found = _BRANCH.search(self.one("via"))
        return found.group(1) if found else ""


def parse(octets: bytes) -> SipMessage:
    """One whole message. Raises SipError."""
    head, blank, body = octets.partition(b"\r\n\r\n")
    if not blank:
        raise SipError("no end of the headers")
    first, headers = read_head(head)
    length = content_length(headers)
    if length is not None and length > len(body):
        raise SipError("the body is cut off")
    message = _started(first, headers, body if length is None else body[:length])
    _check(message)
    return message


def read_head(head: bytes) -> tuple[str, Headers]:
    """The first line, and the headers. Raises SipError."""
    if len(head) > MOST:
        raise SipError("the headers are too long")
    try:
        # A line that begins with a blank goes on from the one before (RFC 3261, 7.3.1).
        lines = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8")).split("\r\n")
    except UnicodeDecodeError as error:
        raise SipError("headers are not UTF-8") from error
    if len(lines) > MOST_HEADERS:
        raise SipError("too many headers")
    return lines[0], tuple(_header(line) for line in lines[1:])


def content_length(headers: Headers) -> int | None:
    """What the header says; None without one. Raises SipError."""
    found = {value for name, value in headers if name == "content-length"}
    if not found:
        return None
    [text, *more] = found
    if more or not text.isascii() or not text.isdigit() or len(text) > 6:
        raise SipError("Content-Length is no number")
    return int(text)


def answer(
    request: SipMessage,
    status: int,
    reason: str,
    source: Address,
    *,
    tag: str,
    extra: Headers = (),
    body: bytes = b"",
    content_type: str = "",
) -> bytes:
    """The response to a request that came from `source` (RFC 3261, 8.2.6; RFC 3581)."""
    first, *further = request.all("via")
    top, *behind = first.split(",", 1)  # several may stand in one header
    host, port = source
    marked = _RPORT.sub(f";rport={port}", top.rstrip(), count=1) + f";received={host}"
    via = ",".join([marked, *behind])
    to = request.one("to")
    lines = [
        f"SIP/2.0 {status} {reason}",
        *(f"Via: {value}" for value in (via, *further)),
        f"From: {request.one('from')}",
        f"To: {to if ';tag=' in to.lower() else f'{to};tag={tag}'}",
        f"Call-ID: {request.one('call-id')}",
        f"CSeq: {request.one('cseq')}",
        *(f"{name}: {value}" for name, value in extra),
        *([f"Content-Type: {content_type}"] if body else []),
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def answer_port(request: SipMessage) -> int | None:
    """Where a sender over UDP listens, when it didn't ask to be answered where it sent from
    (`rport`, RFC 3581): the port in its Via, 5060 without one (RFC 3261, 18.2.2).
    """
    via = request.one("via")
    if _RPORT.search(via):
        return None
    found = _SENT_BY.match(via)
    port = int(found.group(1) or 5060) if found else 0
    return port if 0 < port < 65536 else None


def compose(
    request: SipMessage,
    *,
    ours: Address,
    transport: str,
    token: str,
    body: bytes,
    content_type: str,
) -> bytes:
    """A MESSAGE back to whoever sent `request`; `token` is random, and all in it that is."""
    host, port = ours
    here = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    me, you = uri_in(request.one("to")), uri_in(request.one("from"))
    lines = [
        f"MESSAGE {uri_in(request.one('contact')) or you} SIP/2.0",
        f"Via: SIP/2.0/{transport} {here};branch={MAGIC}{token};rport",
        "Max-Forwards: 70",
        f"From: <{me}>;tag={token}",
        f"To: <{you}>",
        f"Call-ID: {token}@{host.replace(':', '-')}",
        "CSeq: 1 MESSAGE",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def uri_in(header: str) -> str:
    """The address in From, To or Contact; nothing when there is none."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", header)
    found = _URI.search(bare)
    return (found.group(1) or found.group(2)).strip() if found else ""


def _header(line: str) -> tuple[str, str]:
    found = _HEADER.fullmatch(line)
    if not found or any(sign < " " and sign != "\t" for sign in found.group(2)):
        raise SipError("a line is no header")
    name = found.group(1).lower()
    return _LONG.get(name, name), found.group(2).strip()


def _started(line: str, headers: Headers, body: bytes) -> SipMessage:
    if request := _FIRST.fullmatch(line):
        return SipMessage(headers, body, method=request.group(1), uri=request.group(2))
    if response := _STATUS.fullmatch(line):
        return SipMessage(headers, body, status=int(response.group(1)))
    raise SipError("not SIP")


def _check(message: SipMessage) -> None:
    """What an answer needs, once each."""
    for name in ("from", "to", "call-id", "cseq"):
        if len(message.all(name)) != 1 or len(message.one(name)) > 1024:
            raise SipError(f"{name} is missing or there twice")
    sequence = _SEQUENCE.fullmatch(message.one("cseq"))
    if not message.one("via").upper().startswith("SIP/2.0/") or sequence is None:
        raise SipError("Via or CSeq can't be used")
    if message.method and sequence.group(2) != message.method:
        raise SipError("CSeq is of another method")
