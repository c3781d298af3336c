"""`python -m benchmarks.wechat`: 50 messages a second for a minute, ours and the plain way."""

import argparse
import asyncio
import json
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.wechat.load import Outcome, crowd
from benchmarks.wechat.progress import Shown, shown
from benchmarks.wechat.report import report
from evaluation.guard import orderly
from evaluation.server import ServerError
from evaluation.system import free_port, running, whole_system
from tests.serving import serving
from tests.wechat.platform.account import Account
from tests.wechat.platform.interface import build_interface
from tests.wechat.sandbox.__main__ import AES_KEY, settings

RESULTS = Path("results")
PLAIN = 10.0
"""Seconds for which the rival is measured at most: it fails from the first second on."""
out = Console(highlight=False)


def main() -> int:
    """Prints all, writes results/bench-wechat.json; 1: a goal is missed, 2: a trouble."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    try:
        with shown(out) as progress:
            outcomes = measure(asked.rate, asked.seconds, progress)
    except ServerError as error:
        out.print(str(error), style="red", markup=False)
        return 2
    return int(not report(outcomes, RESULTS / "bench-wechat.json", out))


def measure(rate: float, seconds: float, progress: Shown) -> list[Outcome]:
    """Ours first, then the rival, before the same dialogue engine. At 50 a second the engine needs
    four minutes more for a minute's answers."""
    account, plain = Account(aes_key=AES_KEY), Account()
    token = secrets.token_urlsafe(24)
    with serving(build_interface(account)) as platform:
        more = {
            "HOTLINE_WECHAT": json.dumps(settings(account, platform, platform)),
            "HOTLINE_ACTION_TOKEN": token,
        }
        with whole_system(settings=more) as system, TemporaryDirectory() as folder:
            way = f"{system.api}/wechat"
            ours = asyncio.run(crowd("hotline", account, way, progress, rate=rate, seconds=seconds))
            port = free_port()
            rival = f"http://127.0.0.1:{port}"
            command = [sys.executable, "-m", "uvicorn", "benchmarks.wechat.plain:app"]
            command += ["--port", str(port), "--log-level", "warning"]
            environment = {"RASA": system.rasa, "RASA_TOKEN": token, "TOKEN": plain.token}
            with running(command, f"{rival}/readyz", environment, Path(folder) / "log"):
                briefly = min(seconds, PLAIN)
                way = f"{rival}/wechat"
                theirs = asyncio.run(
                    crowd("plain", plain, way, progress, rate=rate, seconds=briefly)
                )
    return [ours, theirs]


if __name__ == "__main__":
    orderly()
    sys.exit(main())
