"""`python -m benchmarks.services`: one of a million elders found, and a night of benefits."""

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks.elders.measuring import run as find_elders
from benchmarks.services.night import Rounds, rounds
from benchmarks.services.report import Results, draw, report
from care.storage.engine import open_engine, open_sessions
from care.storage.migrate import upgrade
from evaluation.guard import orderly
from tests.databases import postgresql

out = Console(highlight=False)
RESULTS = Path("results")


def main() -> int:
    """Prints all, writes results/bench-services.json and .png; 1 when a goal is missed."""
    out.print("a night of benefits on both databases, then a million elders: some minutes …")
    with tempfile.TemporaryDirectory(prefix="bench-services-") as folder:
        key = Path(folder) / "elders.key"
        nights = [_night("SQLite", f"sqlite:///{folder}/hotline.db", key)]
        with postgresql() as url:
            nights.append(_night("PostgreSQL", url, key))
        with postgresql() as url:
            found = Results(nights, find_elders(url, key))
    reached = report(found, RESULTS / "bench-services.json", out)
    draw(found, RESULTS / "bench-services.png")
    return int(not reached)


def _night(name: str, url: str, key: Path) -> Rounds:
    engine = open_engine(url, key)
    upgrade(engine)
    try:
        return rounds(name, open_sessions(engine))
    finally:
        engine.dispose()


if __name__ == "__main__":
    orderly()
    sys.exit(main())
