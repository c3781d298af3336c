"""Sound as Opus in Ogg (RFC 6716, RFC 7845): the only file under care that knows a codec."""

from collections.abc import Callable
from io import BytesIO

import soundfile

from care.calls.tape import Pcm16

RATES = (8_000, 16_000)
"""Hz, of telephone lines."""

_COMPRESSION = 0.93
"""libsndfile's scale: about 24 kbit/s for a voice and 2 for silence. More would be dearer to make,
since below that rate the encoder changes to its speech mode."""


class NotSoundError(ValueError):
    """What should be Opus in Ogg is not, or holds no whole page."""


class OpusEncoder:
    """Gives whole Ogg pages as they fill, about one a second of sound."""

    def __init__(self, rate: int, give: Callable[[bytes], None]) -> None:
        if rate not in RATES:
            raise ValueError(f"expected a rate of {RATES[0]} or {RATES[1]} Hz, got {rate}")
        self._pages, self._give = _Pages(), give
        self._file = soundfile.SoundFile(
            self._pages, "w", rate, 1, format="OGG", subtype="OPUS", compression_level=_COMPRESSION
        )

    def write(self, samples: Pcm16) -> None:
        """Any number of samples."""
        self._file.write(samples)
        self._pass_on()

    def close(self) -> None:
        """Gives what is left."""
        self._file.close()
        self._pass_on()

    def _pass_on(self) -> None:
        if pages := self._pages.take():
            self._give(pages)


class _Pages:
    """The file that libsndfile believes to write: it never goes back in an Ogg stream."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._position = 0

    def write(self, content: bytes) -> int:
        self._waiting += content
        self._position += len(content)
        return len(content)

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return self._position

    def tell(self) -> int:
        return self._position

    def take(self) -> bytes:
        pages = bytes(self._waiting)
        self._waiting.clear()
        return pages


def decode(content: bytes) -> tuple[Pcm16, int]:
    """Samples and rate, also of a stream that breaks off. Raises NotSoundError."""
    try:
        samples, rate = soundfile.read(BytesIO(content), dtype="int16", always_2d=True)
    except soundfile.SoundFileError as error:
        raise NotSoundError("not Opus in Ogg") from error
    return samples[:, 0].copy(), int(rate)
