"""Fetches an official model: download, check, unpack, and only then put it in its place."""

import hashlib
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from voice.recognition.download import FetchError, Progress, discard, download
from voice.recognition.model_folder import SpeechModelError, read_model_folder
from voice.recognition.official_models import OfficialModel
from voice.recognition.unpack import unpack

Check = Literal["published", "recorded", "first"]
"""What a download was compared with: a published sum (or the user's), the sum of the first
download, or nothing, since this was the first one."""

_TOLERANCE = 0.25
"""How far an archive may be from the size that the table gives."""


@dataclass(frozen=True)
class Fetched:
    """A model that is in its place."""

    path: Path
    sha256: str
    """Of the archive; empty when the model was there already and no sum was recorded."""

    check: Check | None
    """None when the model was there already."""


def fetch(
    model: OfficialModel,
    models: Path,
    *,
    sha256: str | None = None,
    again: bool = False,
    progress: Progress = lambda done, total: None,
    client: httpx.Client | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Puts `model` into `models`/NAME and records its sum in `models`/NAME.sha256.

    An unfinished download goes on; `again` starts anew, also over a model that is there. `sha256`
    (64 hex digits) has to be the archive's. Raises FetchError.
    """
    target, record = models / model.name, models / f"{model.name}.sha256"
    part = models / f".{model.name}.zip.part"
    known = record.read_text("ascii").split()[0] if record.exists() else ""
    if again:
        discard(part)
    elif _is_whole(target):
        return Fetched(target, known, None)
    models.mkdir(parents=True, exist_ok=True)
    size = model.megabytes * 1e6
    with client or httpx.Client(follow_redirects=True, timeout=30) as connected:
        download(
            model.address,
            part,
            client=connected,
            smallest=int(size * (1 - _TOLERANCE)),
            largest=int(size * (1 + _TOLERANCE)),
            progress=progress,
            pause=pause,
        )
    wanted = (sha256 or model.sha256 or "").lower()
    found = _sum(part)
    _compare(model, part, found, wanted, "" if again else known)
    _install(model, part, target)
    record.write_text(f"{found}  {model.folder}.zip\n", "ascii")
    discard(part)
    if wanted:
        return Fetched(target, found, "published")
    return Fetched(target, found, "recorded" if known and not again else "first")


def _compare(model: OfficialModel, part: Path, found: str, wanted: str, known: str) -> None:
    if wanted and found != wanted:
        discard(part)
        raise FetchError(
            f"The archive of {model.name} has the SHA-256 {found}, expected was {wanted}: it was"
            " thrown away; check the sum, or where the archive comes from."
        )
    if not wanted and known and found != known:
        discard(part)
        raise FetchError(
            f"The archive of {model.name} has the SHA-256 {found}, the first download had {known}:"
            " it was thrown away; if it was changed for good, fetch it with --again."
        )


def _install(model: OfficialModel, part: Path, target: Path) -> None:
    """Unpacks beside `target` and renames, so that no half model is ever there."""
    fresh, old = target.with_name(f".{model.name}.new"), target.with_name(f".{model.name}.old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        unpack(part, fresh, folder=model.folder, largest=int(model.unpacked_megabytes * 1e6))
        read_model_folder(fresh)
    except (FetchError, SpeechModelError) as error:
        shutil.rmtree(fresh, ignore_errors=True)
        discard(part)
        raise FetchError(str(error)) from error
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _is_whole(target: Path) -> bool:
    try:
        read_model_folder(target)
    except SpeechModelError:
        return False
    return True


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
