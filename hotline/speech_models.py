"""`hotline models …`: which speech models are here, and fetching the official ones."""

import re
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn
from rich.table import Table

from care.data_files import DATA
from hotline.refusal import refuse
from voice.recognition.download import FetchError
from voice.recognition.fetch import Fetched, fetch
from voice.recognition.model_folder import SpeechModelError, read_model_folder
from voice.recognition.official_models import load_official_models

_SUM = re.compile(r"[0-9a-fA-F]{64}")


def list_models(chosen: Path, folder: Path, out: Console, data: Path = DATA) -> None:
    """A table of the model in use, the official ones and any other in `folder`/models."""
    official = load_official_models(data)
    models = folder / "models"
    table = Table("名称", "状态", "词数", "动态语法", "位置")
    others = [path for path in sorted(models.glob("[!.]*")) if path.is_dir()]
    rows = {chosen.resolve(): f"{chosen.name}(在用)"}
    rows |= {(models / name).resolve(): name for name in official if (models / name) != chosen}
    rows |= {path.resolve(): path.name for path in others if path.resolve() not in rows}
    for path, name in rows.items():
        try:
            found = read_model_folder(path)
        except SpeechModelError:
            known = official.get(path.name) if path.parent == models.resolve() else None
            if known:
                table.add_row(name, f"可下载 {known.megabytes:.0f} MB", "", "", known.address)
            else:
                table.add_row(name, "不可用", "", "", str(path))
        else:
            narrows = "可以" if found.takes_grammars else "不可以"
            table.add_row(name, "可用", str(len(found.words)), narrows, str(path))
    out.print(table)


def fetch_model(
    name: str,
    folder: Path,
    out: Console,
    *,
    sha256: str = "",
    again: bool = False,
    data: Path = DATA,
) -> int:
    """Fetches the official model `name` into `folder`/models; returns the exit code."""
    models = load_official_models(data)
    if name not in models:
        return refuse(out, f"There is no model '{name}': choose one of {', '.join(models)}.")
    if sha256 and not _SUM.fullmatch(sha256):
        return refuse(out, "--sha256 takes 64 hexadecimal digits.")
    columns = ("[progress.description]{task.description}", BarColumn(), DownloadColumn())
    with Progress(*columns, TimeRemainingColumn(), console=out, transient=True) as bar:
        task = bar.add_task(name, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total or None)

        try:
            fetched = fetch(
                models[name],
                folder / "models",
                sha256=sha256 or None,
                again=again,
                progress=show,
            )
        except FetchError as error:
            bar.stop()
            return refuse(out, str(error))
        except OSError as error:
            bar.stop()
            return refuse(out, f"{folder / 'models'} can't be written ({error.strerror}).")
    _tell(fetched, out)
    return 0


def _tell(fetched: Fetched, out: Console) -> None:
    say = {
        None: "was there already",
        "published": "is the one that the given SHA-256 names",
        "recorded": "is the same as at the first download",
        "first": "was NOT checked against a published SHA-256 (none is known); its sum is recorded"
        " and the next download has to match it",
    }[fetched.check]
    for line in (
        f"{fetched.path} {say}",
        f"SHA-256 {fetched.sha256}" if fetched.sha256 else "",
        f"To use it: SPEECH_MODEL={fetched.path}",
    ):
        if line:
            out.print(line, markup=False, highlight=False, soft_wrap=True)
