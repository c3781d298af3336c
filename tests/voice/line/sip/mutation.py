"""Messages that are almost right: what breaks parsers."""

import random
import re

_NASTY = (
    b"\0", b"%s%n", b"\xff\xfe", "张".encode(), b"\r\n", b"\r\n\r\n", b";", b"<", b">", b'"', b":",
    b"@", b"-1", b"0", b"99999999999999999999", b"4294967296", b"A" * 3_000, b";" * 500, b" " * 300,
)  # fmt: skip


def mutated(message: bytes, chance: random.Random) -> bytes:
    """The message after one to four changes."""
    for _ in range(chance.randint(1, 4)):
        message = chance.choice(_CHANGES)(message, chance)
    return message[:8_000]


def _flip(message: bytes, chance: random.Random) -> bytes:
    octets = bytearray(message)
    for _ in range(chance.randint(1, 8)):
        if octets:
            octets[chance.randrange(len(octets))] ^= 1 << chance.randrange(8)
    return bytes(octets)


def _cut(message: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(message)) for _ in range(2))
    return message[:start] + message[end:]


def _truncate(message: bytes, chance: random.Random) -> bytes:
    return message[: chance.randint(0, len(message))]


def _repeat(message: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(message)) for _ in range(2))
    return message[:end] + message[start:end] * chance.randint(1, 5) + message[end:]


def _insert(message: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(message))
    return message[:place] + chance.choice(_NASTY) + message[place:]


def _number(message: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", message))
    if not numbers:
        return message
    which = chance.choice(numbers)
    return message[: which.start()] + chance.choice(_NASTY) + message[which.end() :]


def _shuffle(message: bytes, chance: random.Random) -> bytes:
    lines = message.split(b"\r\n")
    chance.shuffle(lines)
    return b"\r\n".join(lines)


_CHANGES = (_flip, _cut, _truncate, _repeat, _insert, _number, _shuffle)
