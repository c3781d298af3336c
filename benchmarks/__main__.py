"""`python -m benchmarks`: the answer beside the bare Rasa webhook, in the same run."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.memory import used_mib
from evaluation.guard import orderly
from evaluation.system import System, whole_system

ROUNDS = 12
GOAL_MS = 150.0
GOAL_MIB = 1536.0
SENTENCES = (
    "您好",
    "八十三岁在额济纳旗高龄津贴能领多少",
    "沈阳有多少个助餐点",
    "银川的养老院有多少张床",
    "今天几号",
    "你是真人还是机器人",
    "我想问一下适老化改造是怎么回事",
    "再说一遍",
)
out = Console(highlight=False)


def main() -> int:
    """Prints both, writes results/bench.json; 1 when a goal is missed."""
    out.print("启动一套完整的系统…")
    with whole_system() as system:
        api, rasa = _measure(system)
        memory = used_mib([system.pid])
    table = Table("", "中位数 ms", "p95 ms", "次数")
    for name, times in (("POST /api/chat", api), ("Rasa webhook", rasa)):
        table.add_row(name, f"{_median(times):.1f}", f"{_p95(times):.1f}", str(len(times)))
    out.print(table)
    out.print(f"倍数(中位数): {_median(api) / _median(rasa):.2f}")
    out.print(f"全系统内存: {memory:.0f} MiB(目标 {GOAL_MIB:.0f})")
    results = Path("results")
    results.mkdir(exist_ok=True)
    figures = {
        "chat_median_ms": _median(api),
        "chat_p95_ms": _p95(api),
        "rasa_median_ms": _median(rasa),
        "rasa_p95_ms": _p95(rasa),
        "memory_mib": memory,
    }
    (results / "bench.json").write_text(json.dumps(figures, indent=2), "utf-8")
    return int(_median(api) > GOAL_MS or memory > GOAL_MIB)


def _measure(system: System) -> tuple[list[float], list[float]]:
    """Milliseconds for the same sentences by turns; fresh senders each round, one round unseen."""
    api: list[float] = []
    rasa: list[float] = []
    with httpx.Client(trust_env=False, timeout=30) as http:

        def chat(sender: str, text: str) -> None:
            body = {"sender_id": sender, "text": text}
            http.post(f"{system.api}/api/chat", json=body).raise_for_status()

        def webhook(sender: str, text: str) -> None:
            body = {"sender": sender, "message": text}
            http.post(f"{system.rasa}/webhooks/rest/webhook", json=body).raise_for_status()

        for number in track(range(ROUNDS + 1), "测量", console=out):
            for text in SENTENCES:
                for call, times in ((chat, api), (webhook, rasa)):
                    took = _timed(call, f"bench-{number}", text)
                    if number:
                        times.append(took)
    return api, rasa


def _timed(call: Callable[[str, str], None], sender: str, text: str) -> float:
    started = time.perf_counter()
    call(sender, text)
    return (time.perf_counter() - started) * 1000


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    orderly()
    sys.exit(main())
