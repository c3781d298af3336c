"""Kaldi's binary format: tokens, numbers, vectors and matrices, read and written."""

import struct

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class KaldiFormatError(ValueError):
    """The file holds something else than what was expected at a place."""


class KaldiReader:
    """Walks through the bytes of one file."""

    def __init__(self, content: bytes, start: int = 0) -> None:
        self.content = content
        self.place = start

    def token(self) -> str:
        """A word up to the next blank."""
        end = self.content.index(b" ", self.place)
        token = self.content[self.place : end].decode("latin1")
        self.place = end + 1
        return token

    def expect(self, token: str) -> None:
        found = self.token()
        if found != token:
            raise KaldiFormatError(f"{token} expected, {found} found at byte {self.place}")

    def integer(self) -> int:
        return int(self._number("<i"))

    def real(self) -> float:
        """A float of four or eight bytes; the length byte tells which."""
        return self._number("<d" if self.content[self.place] == 8 else "<f")

    def boolean(self) -> bool:
        self.place += 1
        return self.content[self.place - 1 : self.place] == b"T"

    def vector(self) -> Floats:
        kind = self.token()
        if kind not in ("FV", "DV"):
            raise KaldiFormatError(f"a vector expected, {kind} found at byte {self.place}")
        return self._array(self.integer(), "<f4" if kind == "FV" else "<f8")

    def matrix(self) -> Floats:
        self.expect("FM")
        rows, columns = self.integer(), self.integer()
        return self._array(rows * columns, "<f4").reshape(rows, columns)

    def integers(self) -> list[int]:
        """A vector of whole numbers (four or eight bytes each)."""
        size = self.content[self.place]
        (count,) = struct.unpack_from("<i", self.content, self.place + 1)
        self.place += 5
        numbers = np.frombuffer(self.content, f"<i{size}", count, self.place)
        self.place += count * size
        return [int(number) for number in numbers]

    def at_number(self) -> bool:
        """Whether a number stands next, and not a token."""
        return self.content[self.place] in (4, 8)

    def _number(self, shape: str) -> float:
        size = struct.calcsize(shape)
        if self.content[self.place] != size:
            raise KaldiFormatError(f"a number of {size} bytes expected at byte {self.place}")
        (value,) = struct.unpack_from(shape, self.content, self.place + 1)
        self.place += 1 + size
        return float(value)

    def _array(self, count: int, shape: str) -> Floats:
        numbers = np.frombuffer(self.content, shape, count, self.place).astype(np.float32)
        self.place += count * np.dtype(shape).itemsize
        return numbers


def token(text: str) -> bytes:
    return text.encode() + b" "


def integer(value: int) -> bytes:
    return b"\x04" + struct.pack("<i", value)


def real(value: float) -> bytes:
    return b"\x04" + struct.pack("<f", value)


def double(value: float) -> bytes:
    return b"\x08" + struct.pack("<d", value)


def integers(values: list[int]) -> bytes:
    return b"\x04" + struct.pack("<i", len(values)) + np.array(values, "<i4").tobytes()


def vector(values: Floats) -> bytes:
    return b"FV " + integer(len(values)) + np.ascontiguousarray(values, "<f4").tobytes()


def matrix(values: Floats) -> bytes:
    rows, columns = values.shape
    return b"FM " + integer(rows) + integer(columns) + np.ascontiguousarray(values, "<f4").tobytes()
