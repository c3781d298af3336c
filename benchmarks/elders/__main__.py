"""`python -m benchmarks.elders`: one of a million elders, found in PostgreSQL."""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.elders.measuring import GOAL, Timing, run
from evaluation.guard import orderly
from tests.databases import postgresql

RESULTS = Path("results")
out = Console(highlight=False)


def main() -> int:
    """Prints all, writes results/bench-elders.json; 1 when the goal is missed."""
    out.print("一百万位老人，PostgreSQL：几分钟…")
    with tempfile.TemporaryDirectory(prefix="bench-elders-") as folder, postgresql() as url:
        timings = run(url, Path(folder) / "elders.key")
    reached = report(timings, RESULTS / "bench-elders.json", out)
    return int(not reached)


def report(timings: list[Timing], file: Path, console: Console) -> bool:
    """Prints a table and writes it; whether every way of ours is below the goal."""
    table = Table("找法", "中位 毫秒", "95% 毫秒", "最慢 毫秒", "找到 %")
    for each in timings:
        figures = (each.median, each.late, each.worst, each.found)
        table.add_row(each.what, *(f"{figure:.1f}" for figure in figures))
    console.print(table)
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps([asdict(each) for each in timings], ensure_ascii=False, indent=2))
    reached = all(each.reaches_goal for each in timings if each.is_ours)
    console.print(f"目标：95% 低于 {GOAL:.0f} 毫秒，{'达到' if reached else '没有达到'}。")
    return reached


if __name__ == "__main__":
    orderly()
    sys.exit(main())
