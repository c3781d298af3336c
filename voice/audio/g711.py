"""G.711 A-law and mu-law: one octet a sample, 8,000 samples a second.

The tables follow ITU-T G.711 (11/88), tables 1 and 2: a magnitude between two decision values
takes the code of that interval, and a code is heard as the middle of its interval. Inputs are
16-bit, so A-law's 13-bit and mu-law's 14-bit values count 8 and 4 here. A magnitude on a
decision value goes up when positive and down when negative, as in the ITU's software tool
library (G.191), which complements negative numbers bit by bit.
"""

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint8]
Int16 = npt.NDArray[np.int16]

_EVEN_BITS = np.uint8(0x55)
"""A-law inverts every second bit on the line, so that silence is no row of equal bits."""


def _alaw_decisions() -> npt.NDArray[np.int32]:
    """Lower ends of the 128 intervals, then the upper end of the last, in 16-bit units."""
    sizes = np.repeat([16, 16, 32, 64, 128, 256, 512, 1024], 16)
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _ulaw_decisions() -> npt.NDArray[np.int32]:
    sizes = np.repeat([8, 16, 32, 64, 128, 256, 512, 1024], 16)
    sizes[0] = 4  # the first interval is half as wide: it reaches across zero
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _encoder(decisions: npt.NDArray[np.int32], plus: Codes, minus: Codes) -> Codes:
    """Codes of all 65,536 inputs, indexed by the input's bits as an unsigned number."""
    values = np.arange(65536, dtype=np.uint16).view(np.int16)
    magnitudes = np.where(values < 0, ~values, values)
    intervals = np.searchsorted(decisions, magnitudes, side="right") - 1
    intervals = np.minimum(intervals, 127)  # mu-law ends at 32,636: louder is as loud as that
    codes: Codes = np.where(values < 0, minus[intervals], plus[intervals])
    return codes


def _decoder(outputs: npt.NDArray[np.int32], plus: Codes, minus: Codes) -> Int16:
    table = np.zeros(256, dtype=np.int16)
    table[plus] = outputs
    table[minus] = -outputs
    return table


_NUMBERS = np.arange(128, dtype=np.uint8)

_ALAW_PLUS: Codes = (_NUMBERS | np.uint8(0x80)) ^ _EVEN_BITS
_ALAW_MINUS: Codes = _NUMBERS ^ _EVEN_BITS
_ALAW = _alaw_decisions()
_ALAW_CODES = _encoder(_ALAW, _ALAW_PLUS, _ALAW_MINUS)
_ALAW_VALUES = _decoder((_ALAW[:-1] + _ALAW[1:]) // 2, _ALAW_PLUS, _ALAW_MINUS)

_ULAW_PLUS: Codes = np.uint8(0xFF) - _NUMBERS
_ULAW_MINUS: Codes = np.uint8(0x7F) - _NUMBERS
_ULAW = _ulaw_decisions()
_ULAW_CODES = _encoder(_ULAW, _ULAW_PLUS, _ULAW_MINUS)
_ULAW_VALUES = _decoder(
    np.concatenate([[0], (_ULAW[1:-1] + _ULAW[2:]) // 2]), _ULAW_PLUS, _ULAW_MINUS
)


def alaw_encode(samples: Int16) -> Codes:
    """A-law codes as they go out on the line (even bits inverted), one a sample."""
    return _ALAW_CODES.take(samples.view(np.uint16))


def alaw_decode(codes: Codes) -> Int16:
    """16-bit samples, one a code."""
    return _ALAW_VALUES.take(codes)


def ulaw_encode(samples: Int16) -> Codes:
    """Mu-law codes as they go out on the line (all bits inverted), one a sample."""
    return _ULAW_CODES.take(samples.view(np.uint16))


def ulaw_decode(codes: Codes) -> Int16:
    """16-bit samples, one a code."""
    return _ULAW_VALUES.take(codes)
