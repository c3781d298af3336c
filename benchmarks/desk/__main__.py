"""`python -m benchmarks.desk`: how soon operators see what happened, on both databases."""

import sys
import tempfile
from pathlib import Path

from httpx import HTTPError
from rich.console import Console

from benchmarks.desk.measuring import measure
from benchmarks.desk.picture import draw
from benchmarks.desk.report import report
from evaluation.guard import orderly
from evaluation.server import ServerError
from tests.databases import postgresql

RESULTS = Path("results")
out = Console(highlight=False)


def main() -> int:
    """Prints all, writes results/bench-desk.json and .png; 1: the goal is missed, 2: a trouble."""
    try:
        with tempfile.TemporaryDirectory(prefix="bench-desk-") as folder:
            out.print("SQLite, one process: two minutes…")
            sides = [measure("SQLite", f"sqlite:///{folder}/hotline.db", processes=1)]
        with postgresql() as url:
            out.print("PostgreSQL, two processes: two minutes…")
            sides.append(measure("PostgreSQL", url, processes=2))
    except (ServerError, HTTPError, ValueError) as error:
        out.print(str(error) or type(error).__name__, style="red", markup=False)
        return 2
    reached = report(sides, RESULTS / "bench-desk.json", out)
    draw(sides, RESULTS / "bench-desk.png")
    return int(not reached)


if __name__ == "__main__":
    orderly()
    sys.exit(main())
