"""The secret by which commands on this machine are let into the process that runs here."""

import os
import secrets
from pathlib import Path


def new_token() -> str:
    """For one run of the process."""
    return secrets.token_urlsafe(32)


def keep_token(folder: Path, port: int, token: str) -> None:
    """Puts it into a file that only this user reads; whoever read an older one is out."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _path(folder, port)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(token)


def read_token(folder: Path, port: int) -> str | None:
    """Of the process that has this port of the web; None when none runs, or it isn't ours."""
    try:
        return _path(folder, port).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return None


def drop_token(folder: Path, port: int) -> None:
    """The process ends."""
    _path(folder, port).unlink(missing_ok=True)


def _path(folder: Path, port: int) -> Path:
    return folder / f"hotline-{port}.token"
