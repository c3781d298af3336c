"""The fallback voice: it always speaks, and leaves nothing behind."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest

from voice.synthesis.clause import Clause
from voice.synthesis.espeak import Espeak
from voice.synthesis.port import RATE, Style, SynthesisError

PATIENCE = 120.0
"""Seconds; far more than is needed, so that a busy machine fails no test."""


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def test_two_hundred_utterances_from_eight_threads_all_speak(tmp_path: Path) -> None:
    espeak = Espeak(patience=PATIENCE, folder=tmp_path)
    before = children()
    words = ["好。", "您稍等。", "记下了，", "幺二零。"]
    with ThreadPoolExecutor(8) as threads:
        clauses = [Clause(words[number % len(words)]) for number in range(200)]
        sounds = list(threads.map(lambda clause: espeak.render(clause, Style()), clauses))
    assert len(sounds) == 200
    for sound in sounds:
        assert len(sound) > 0.1 * RATE
        assert float(np.sqrt(np.mean(sound**2))) > 0.01
    assert not list(tmp_path.iterdir())
    assert children() <= before


def test_speed_is_heard() -> None:
    espeak = Espeak(patience=PATIENCE)
    clause = Clause("您说小区和楼号门牌。")
    slow = espeak.render(clause, Style(speed=0.6))
    fast = espeak.render(clause, Style(speed=1.3))
    assert len(slow) > 1.4 * len(fast)


@pytest.mark.parametrize(
    ("program", "patience", "said"),
    [
        ("import time; time.sleep(60)", 0.5, "too long"),
        ("raise SystemExit(1)", PATIENCE, "install espeak-ng"),
        ("pass", PATIENCE, "no sound"),
        ("import sys; open(sys.argv[1], 'w').write('RIFF')", PATIENCE, "no sound"),
    ],
)
def test_a_child_that_fails_is_ended_and_leaves_nothing(
    tmp_path: Path, program: str, patience: float, said: str
) -> None:
    child = tmp_path / "child.py"
    child.write_text(program)
    folder = tmp_path / "work"
    folder.mkdir()
    before = children()
    with pytest.raises(SynthesisError, match=said):
        Espeak(patience=patience, child=child, folder=folder).render(Clause("好。"), Style())
    assert not list(folder.iterdir())
    assert children() <= before


def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    pid_file = tmp_path / "pid"
    child.write_text(
        "import subprocess, sys\n"
        f"other = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(pid_file)!r}, 'w').write(str(other.pid))\n"
        "other.wait()\n"
    )
    with pytest.raises(SynthesisError, match="too long"):
        Espeak(patience=5.0, child=child, folder=tmp_path).render(Clause("好。"), Style())
    pid = int(pid_file.read_text())
    if psutil.pid_exists(pid):
        psutil.Process(pid).wait(PATIENCE)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_what_is_said_is_no_argument_of_a_process(tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    copy = tmp_path / "arguments"
    child.write_text(
        "import os, sys\n"
        f"open({str(copy)!r}, 'w').write(' '.join(sys.argv) + str(dict(os.environ)))\n"
    )
    with pytest.raises(SynthesisError):
        Espeak(patience=PATIENCE, child=child, folder=tmp_path).render(Clause("刘长贵"), Style())
    told = copy.read_text()
    assert "chang" not in told.replace(os.environ.get("PWD", "-"), "")
    assert "长贵" not in told
