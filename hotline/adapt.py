"""`hotline models adapt`: a city's own street names and sentences, in a new model folder."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TimeElapsedColumn

from care.data_files import DataFileError
from hotline.refusal import refuse
from voice.model.language.adapting import AdaptationError, Change, adapt, read_city_text
from voice.model.language.fst_error import OpenFstError

_STEPS = {
    "read": "读语言模型",
    "mix": "加入本地说法",
    "lexicon": "编词典图",
    "grammar": "编语法图",
    "save": "保存",
}


def adapt_model(text: Path, model: Path, output: Path | None, folder: Path, out: Console) -> int:
    """Writes the adapted model to `output` (or `folder`/models/<text's name>); → exit code."""
    target = output or folder / "models" / f"{model.name}-{text.stem}"
    columns = ("[progress.description]{task.description}", BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("", total=len(_STEPS))
        begun = 0

        def step(name: str) -> None:
            nonlocal begun
            bar.update(task, completed=begun, description=_STEPS[name])
            begun += 1

        try:
            change = adapt(read_city_text(text), model, target, step)
        except (AdaptationError, OpenFstError, DataFileError) as error:
            bar.stop()
            return refuse(out, str(error))
        except OSError as error:
            bar.stop()
            return refuse(out, f"{target} can't be written ({error.strerror}).")
    _tell(change, target, out)
    return 0


def _tell(change: Change, target: Path, out: Console) -> None:
    out.print(f"学了 {change.lines} 行，新词 {len(change.new_words)} 个", markup=False)
    if change.new_words:
        more = "…" if len(change.new_words) > 10 else ""
        out.print("  " + "、".join(change.new_words[:10]) + more, markup=False)
    if change.left_out:
        out.print(f"跳过 {change.left_out} 行（没有汉字）", style="yellow")
    if change.unsayable:
        out.print(
            f"跳过 {len(change.unsayable)} 行（有不会读的字）：{change.unsayable[0]}",
            style="yellow",
            markup=False,
        )
    out.print(f"新模型在 {target}，用法：SPEECH_MODEL={target}", markup=False, highlight=False)
