"""Pieces that are rendered already, found by what they are made of.

The name of a piece is a hash of everything that decides how it sounds, so a prompt that changes, a
pronunciation that is corrected or a new model simply isn't found and is made again.
Only what the project itself says is ever written to disk (`voice.synthesis.fixed`): a clause with a
caller's name, address or number is kept in memory alone, for as long as there is room.
"""

import hashlib
import os
import struct
import tempfile
import threading
import zlib
from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import structlog

from voice.audio.pcm import Samples, from_int16, to_int16
from voice.synthesis.clause import Clause
from voice.synthesis.port import RATE, Style

MEMORY = 48 * 2**20
"""Bytes of sound in memory: a quarter of an hour."""
DISK = 256 * 2**20
"""Bytes of sound on disk at most; the oldest go first."""

_HEADER = struct.Struct("<4sIII")
_MAGIC = b"PCM1"
_log = structlog.get_logger()


def piece_key(clause: Clause, phonemes: str, style: Style, version: str) -> str:
    """The name of the piece for this clause, whatever the caller's volume.

    Pauses count only where the clause holds one; those between pieces are put in when it's played.
    """
    pauses = f"{style.pauses:.2f}" if clause.pauses_inside else ""
    made_of = "\n".join((version, style.voice, f"{style.speed:.2f}", pauses, clause.text, phonemes))
    return hashlib.sha256(made_of.encode()).hexdigest()


class Pieces:
    """The store; safe to use from many threads."""

    def __init__(self, folder: Path, *, memory: int = MEMORY, disk: int = DISK) -> None:
        self._folder = folder
        self._most, self._disk = memory, disk
        self._recent: OrderedDict[str, npt.NDArray[np.int16]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __contains__(self, key: str) -> bool:
        with self._lock:
            if key in self._recent:
                return True
        return self.is_kept(key)

    def is_kept(self, key: str) -> bool:
        """Whether the piece is on disk, for the next process, too."""
        return self._path(key).exists()

    def get(self, key: str) -> Samples | None:
        """The piece at 24 kHz, or None; a damaged file counts as none and is removed."""
        with self._lock:
            found = self._recent.get(key)
            if found is not None:
                self._recent.move_to_end(key)
        if found is None:
            found = self._read(self._path(key))
            if found is None:
                return None
            self._remember(key, found)
        return from_int16(found)

    def put(self, key: str, samples: Samples, *, on_disk: bool) -> None:
        """Keeps a piece; on disk only what holds nothing of a caller."""
        numbers = to_int16(samples)
        self._remember(key, numbers)
        if not on_disk:
            return
        try:
            self._write(self._path(key), numbers)
        except OSError:
            _log.warning("a rendered prompt couldn't be written")  # it is made again next time

    def tidy(self, wanted: set[str]) -> None:
        """Removes what a changed prompt left behind, half-written files among it."""
        for path in self._folder.glob("*/*"):
            if path.stem not in wanted or path.suffix != ".pcm":
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.pcm"

    def _remember(self, key: str, numbers: npt.NDArray[np.int16]) -> None:
        with self._lock:
            before = self._recent.pop(key, None)
            self._recent[key] = numbers
            self._size += numbers.nbytes - (before.nbytes if before is not None else 0)
            while self._size > self._most:
                _, oldest = self._recent.popitem(last=False)
                self._size -= oldest.nbytes

    def _read(self, path: Path) -> npt.NDArray[np.int16] | None:
        try:
            content = path.read_bytes()
        except OSError:
            return None
        body = content[_HEADER.size :]
        head = _HEADER.unpack(content[: _HEADER.size]) if len(content) > _HEADER.size else None
        if head != (_MAGIC, RATE, len(body), zlib.crc32(body)):
            _log.warning("a damaged prompt is removed and will be made again", file=path.name)
            path.unlink(missing_ok=True)
            return None
        return np.frombuffer(body, "<i2")

    def _write(self, path: Path, numbers: npt.NDArray[np.int16]) -> None:
        """Under another name first, so that nobody ever reads half a file."""
        body = numbers.astype("<i2").tobytes()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_HEADER.pack(_MAGIC, RATE, len(body), zlib.crc32(body)) + body)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._make_room()

    def _make_room(self) -> None:
        """Half-written files of others count, but only whole ones go."""
        with self._lock:
            files = []
            for path in self._folder.glob("*/*.pcm"):
                try:
                    state = path.stat()
                except FileNotFoundError:
                    continue  # another thread was faster
                files.append((state.st_mtime, state.st_size, path))
            total = sum(size for _, size, _ in files)
            for _, size, path in sorted(files):
                if total <= self._disk:
                    return
                path.unlink(missing_ok=True)
                total -= size
