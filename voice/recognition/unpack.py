"""Unpacks an archive that came from outside: nothing leaves the folder, nothing fills the disk."""

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from voice.recognition.download import FetchError

_MOST_FILES = 1_000
_BLOCK = 1 << 20


def unpack(archive: Path, into: Path, *, folder: str, largest: int) -> None:
    """Unpacks what the archive holds below its top folder `folder` into the new folder `into`.

    `largest` bounds the unpacked size in bytes, as declared and as it comes. Raises FetchError;
    then `into` is gone again.
    """
    into.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            _check(archive, entries, largest)
            free = shutil.disk_usage(into).free
            need = sum(entry.file_size for entry in entries)
            if need > free:
                raise FetchError(
                    f"Unpacking needs {need / 1e6:.0f} MB, the disk has {free / 1e6:.0f}."
                )
            left = largest
            for entry in entries:
                left -= _extract(opened, entry, into / _place(archive, entry, folder), left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        shutil.rmtree(into, ignore_errors=True)
        if isinstance(error, FetchError):
            raise
        raise FetchError(
            f"{archive.name} is no sound ZIP archive ({error}): fetch it anew with --again."
        ) from error
    except OSError as error:
        shutil.rmtree(into, ignore_errors=True)
        raise FetchError(f"{into} can't be written ({error.strerror}).") from error


def _check(archive: Path, entries: list[zipfile.ZipInfo], largest: int) -> None:
    if not 0 < len(entries) <= _MOST_FILES:
        raise FetchError(f"{archive.name} holds {len(entries)} files: it is no speech model.")
    declared = sum(entry.file_size for entry in entries)
    if declared > largest:
        raise FetchError(
            f"{archive.name} would unpack to {declared / 1e6:.0f} MB, more than the"
            f" {largest / 1e6:.0f} MB of a model: it was not unpacked."
        )
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise FetchError(f"{archive.name} holds a link or device: it was not unpacked.")


def _place(archive: Path, entry: zipfile.ZipInfo, folder: str) -> PurePosixPath:
    """Where the entry goes, below its top folder."""
    path = PurePosixPath(entry.filename)
    bad = path.is_absolute() or ".." in path.parts or "\\" in entry.filename
    if bad or ":" in entry.filename or len(path.parts) < 2 or path.parts[0] != folder:
        raise FetchError(f"{archive.name} holds a file outside {folder}/: it was not unpacked.")
    return PurePosixPath(*path.parts[1:])


def _extract(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Writes one file; its size in bytes."""
    size = 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as source, target.open("xb") as file:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > left:
                raise FetchError(f"{entry.filename} is larger than declared: it was not unpacked.")
            file.write(block)
    return size
