"""What a dialplan tells, and what isn't one."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.line.listening import run
from voice.line.audiosocket.agi import Agi, AgiError, Answer, read_agi


class Written:
    """A writer that only remembers."""

    def __init__(self) -> None:
        self.octets = b""

    def write(self, octets: bytes) -> None:
        """Remembers."""
        self.octets += octets

    async def drain(self) -> None:
        """There is always room."""

    def close(self) -> None:
        """Nothing to let go of."""


async def agi(octets: bytes, *, ended: bool = True) -> Agi:
    """What comes out of these octets."""
    reader = asyncio.StreamReader()
    reader.feed_data(octets)
    if ended:
        reader.feed_eof()
    return await read_agi(reader, Written())  # type: ignore[arg-type]


INTRODUCTION = (
    b"agi_network: yes\nagi_request: agi://127.0.0.1:4573/moved\nagi_callerid: +8613912345678\n"
    b"agi_extension: 12349\nagi_arg_1: abc\n\n"
)


def test_who_calls_whom() -> None:
    found = run(agi(INTRODUCTION))
    assert (found.caller, found.called) == ("+8613912345678", "12349")
    assert (found.script, found.argument) == ("moved", "abc")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"200 result=0\n", Answer(200, 0, "")),
        (b"200 result=1 (BUSY)\n", Answer(200, 1, "BUSY")),
        (b"200 result=-1\n", Answer(200, -1, "")),
        (b"511 result=-1 Command Not Permitted on a dead channel\n", Answer(511, -1, "")),
        (b"510 Invalid or unknown command\n", Answer(510, -1, "")),
    ],
)
def test_answers(line: bytes, answer: Answer) -> None:
    async def story() -> Answer:
        return await (await agi(INTRODUCTION + line)).command("ANSWER")

    assert run(story()) == answer


def test_a_caller_who_hangs_up_meanwhile() -> None:
    async def story() -> tuple[Answer, bool]:
        found = await agi(INTRODUCTION + b"HANGUP\n200 result=-1\n")
        return await found.command("EXEC Dial"), found.hung_up

    assert run(story()) == (Answer(200, -1, ""), True)


def test_a_dialplan_that_is_gone() -> None:
    async def story() -> None:
        found = await agi(INTRODUCTION)
        await asyncio.wait_for(found.gone(), 1)
        assert found.hung_up
        await found.command("ANSWER")

    with pytest.raises(AgiError):
        run(story())


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_whatever_comes_is_a_dialplan_or_an_error(octets: bytes) -> None:
    try:
        found = run(agi(octets))
    except AgiError:
        return
    assert b"\n" in octets
    assert isinstance(found.caller, str)


def test_no_end_of_lines() -> None:
    with pytest.raises(AgiError):
        run(agi(b"a: b\n" * 300, ended=False))


def test_a_line_without_end() -> None:
    with pytest.raises(AgiError):
        run(agi(b"a" * 200_000, ended=False))
