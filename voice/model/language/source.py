"""Gets libime's trigram of general Chinese (LGPL-2.1+) from Debian's source package."""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "1.0.16"
SHA256 = "3f034ae347b4110ac3dfb88d678a38d2264e6588d61f249b9007a7759751b2f9"
"""Of libime_1.0.16.orig.tar.xz."""

_ARCHIVE = f"libime_{VERSION}.orig.tar.xz"
_SOURCES = Path("/etc/apt")


class SourceError(RuntimeError):
    """The general model can't be had; one sentence with what to do."""


def fetch_general(folder: Path) -> Path:
    """The ARPA file in `folder`, fetched with apt-get and checked unless it is there."""
    model = folder / "lm_sc.arpa"
    if model.exists():
        return model
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / _ARCHIVE
    if not archive.exists() or _digest(archive) != SHA256:
        with tempfile.TemporaryDirectory() as scratch:
            _download(Path(scratch), archive)
    if _digest(archive) != SHA256:
        raise SourceError(
            f"{archive} is not the file that was expected (SHA-256): delete it, try again"
        )
    unpacked = _extract(archive, folder)
    unpacked.replace(model)
    return model


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(scratch: Path, archive: Path) -> None:
    """apt's own settings are left alone: a list of sources and a state of its own in `scratch`."""
    if not shutil.which("apt-get"):
        raise SourceError(f"apt-get is missing: put Debian's {_ARCHIVE} into {archive.parent}")
    for name in ("lists/partial", "cache/archives/partial", "parts", "package"):
        (scratch / name).mkdir(parents=True)
    for path in sorted(_SOURCES.glob("sources.list.d/*.sources")):
        text = path.read_text("utf-8").replace("Types: deb-src", "Types: deb")
        text = text.replace("Types: deb deb-src", "Types: deb").replace(
            "Types: deb", "Types: deb-src"
        )
        (scratch / "parts" / path.name).write_text(text, "utf-8")
    for path in sorted([_SOURCES / "sources.list", *_SOURCES.glob("sources.list.d/*.list")]):
        if path.exists():
            lines = [
                line for line in path.read_text("utf-8").splitlines() if line.startswith("deb ")
            ]
            text = "".join(line.replace("deb ", "deb-src ", 1) + "\n" for line in lines)
            (scratch / "parts" / f"{path.stem}.list").write_text(text, "utf-8")
    options = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": str(scratch / "parts"),
        "Dir::State::lists": str(scratch / "lists"),
        "Dir::Cache": str(scratch / "cache"),
        "APT::Sandbox::User": "root",
    }
    apt = [
        "apt-get",
        "-q",
        *(part for key, value in options.items() for part in ("-o", f"{key}={value}")),
    ]
    _run([*apt, "update"], scratch)
    _run([*apt, "source", "--download-only", f"libime={VERSION}-1"], scratch / "package")
    shutil.move(scratch / "package" / _ARCHIVE, archive)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no message"]
        raise SourceError(f"apt-get could not fetch libime {VERSION}: {lines[-1]}")


def _extract(archive: Path, folder: Path) -> Path:
    """The ARPA file, packed once more inside the source package."""
    with tarfile.open(archive) as outer:
        for member in outer:
            if "lm_sc" not in member.name or ".arpa" not in member.name:
                continue
            packed = outer.extractfile(member)
            if packed is None:
                continue
            with tarfile.open(fileobj=packed) as inner:
                for entry in inner:
                    if entry.name.endswith(".arpa"):
                        entry.name = "unpacked.arpa"
                        inner.extract(entry, folder, filter="data")
                        return folder / "unpacked.arpa"
    raise SourceError(f"{archive.name} holds no n-gram model")
