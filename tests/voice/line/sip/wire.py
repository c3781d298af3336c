"""SIP and RTP as they are on the wire, for what no telephone would ever send."""

import asyncio
import re
import struct

from tests.voice.line.sip.udp import Udp

_SDP = """v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio {rtp} RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=sendrecv
"""


class Knocker(Udp):
    """Says anything to a line."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.answers: asyncio.Queue[bytes] = asyncio.Queue()

    def receive(self, data: bytes, port: int) -> None:
        """Waits for `answer`."""
        self.answers.put_nowait(data)

    def tell(self, message: bytes) -> None:
        """To the line's SIP port."""
        self.send(message, self.line)

    def request(
        self, method: str, call_id: str, *, branch: str, cseq: int = 1, **more: str
    ) -> bytes:
        """A request as a good telephone would send it; an INVITE with its offer."""
        direction = more.pop("direction", "sendrecv")
        offer = _SDP.format(rtp=self.port).replace("sendrecv", direction)
        body = offer.replace("\n", "\r\n") if method == "INVITE" else ""
        lines = [
            f"{method} sip:12349@127.0.0.1:{self.line} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK{branch};rport",
            f"From: <sip:13800138000@127.0.0.1>;tag={call_id}",
            f"To: <sip:12349@127.0.0.1>{more.pop('to_tag', '')}",
            f"Call-ID: {call_id}",
            f"CSeq: {cseq} {method}",
            f"Contact: <sip:13800138000@127.0.0.1:{self.port}>",
            "Max-Forwards: 70",
            *(f"{name.replace('_', '-').title()}: {value}" for name, value in more.items()),
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def accepted(self, request: bytes, direction: str) -> bytes:
        """200 for a re-INVITE, with sound in that direction only."""
        kept = re.findall(rb"^(?:Via|From|To|Call-ID|CSeq): .*$", request, re.MULTILINE)
        body = _SDP.format(rtp=self.port).replace("sendrecv", direction)
        if b"m=video" in request:
            body += "m=video 0 RTP/AVP 96\n"
        body = body.replace("\n", "\r\n")
        lines = ["SIP/2.0 200 OK", *(line.decode().strip() for line in kept)]
        lines += [f"Contact: <sip:1@127.0.0.1:{self.port}>", "Content-Type: application/sdp"]
        lines += [f"Content-Length: {len(body)}", "", body]
        return "\r\n".join(lines).encode()

    async def answer(self, call_id: str, least: int = 200, seconds: float = 5.0) -> bytes:
        """The next answer to that call with such a status, or a higher one."""

        async def wait() -> bytes:
            while True:
                answer = await self.answers.get()
                status = re.match(rb"SIP/2\.0 (\d{3})", answer)
                if status and int(status[1]) >= least and call_id.encode() in answer:
                    return answer

        return await asyncio.wait_for(wait(), seconds)

    async def alive(self, number: int) -> None:
        """Whether the line still answers an OPTIONS, asked again as SIP asks again."""
        call_id = f"alive{number}"
        for _ in range(10):
            self.tell(self.request("OPTIONS", call_id, branch=call_id))
            try:
                await self.answer(call_id, seconds=1.0)
            except TimeoutError:
                continue
            return
        raise AssertionError("the line doesn't answer any more")


def to_tag(answer: bytes) -> str:
    """The tag that the line gave to a dialog, as a parameter; nothing where there is none."""
    found = re.search(rb"^To: .*(;tag=[^\s;]+)", answer, re.MULTILINE)
    return found[1].decode() if found else ""


def rtp(sequence: int, payload: bytes, kind: int = 8) -> bytes:
    """A packet of 20 ms (RFC 3550); `kind` 8 is A-law, 101 a key."""
    header = struct.pack(">BBHII", 0x80, kind, sequence & 0xFFFF, sequence * 160 & 0xFFFFFFFF, 7)
    return header + payload


def rtcp(sequence: int) -> bytes:
    """A sender report of a call that has sent that many packets."""
    return struct.pack(
        ">BBHIIIIII", 0x80, 200, 6, 7, 1, 0, sequence * 160, sequence, sequence * 160
    )
