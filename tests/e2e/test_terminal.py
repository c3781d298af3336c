"""`hotline chat` in a terminal, talking with the whole system."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def _chat(api: str, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hotline", "chat", "--api", api],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_conversation_in_the_terminal(address: str) -> None:
    talked = _chat(address, "我八十三了,在额济纳旗,高龄津贴能领多少\n\n哎呀我摔倒了起不来\n")
    assert talked.returncode == 0
    assert "200元" in talked.stdout
    assert "来源:阿拉善盟民政局 2021年" in talked.stdout
    assert "[报警 A" in talked.stdout


def test_nobody_there_is_said_in_a_sentence() -> None:
    talked = _chat("http://127.0.0.1:9", "您好\n")
    assert talked.returncode == 1
    assert "make run" in talked.stdout
    assert "Traceback" not in talked.stderr
