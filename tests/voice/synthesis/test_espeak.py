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


def python(child: Path) -> list[str]:
    return [sys.executable, "-I", str(child)]


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


def test_speed_is_heard_also_when_many_speak() -> None:
    espeak = Espeak(patience=PATIENCE)
    clause = Clause("您说小区和楼号门牌。")
    with ThreadPoolExecutor(8) as threads:
        speeds = [0.6, 1.3] * 32
        sounds = list(threads.map(lambda speed: espeak.render(clause, Style(speed=speed)), speeds))
    lengths = {
        speed: {len(sound) for sound, at in zip(sounds, speeds, strict=True) if at == speed}
        for speed in speeds
    }
    assert all(len(same) == 1 for same in lengths.values())
    assert min(lengths[0.6]) > 1.4 * max(lengths[1.3])


def test_a_machine_without_it_is_told_so(tmp_path: Path) -> None:
    espeak = Espeak(patience=PATIENCE, command=["no-such-espeak-ng"], folder=tmp_path)
    with pytest.raises(SynthesisError, match="install espeak-ng"):
        espeak.render(Clause("好。"), Style())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("program", "patience", "said"),
    [
        ("import time; time.sleep(60)", 0.5, "too long"),
        ("raise SystemExit(1)", PATIENCE, "install espeak-ng"),
        ("pass", PATIENCE, "no sound"),
        ("import sys; open(sys.argv[-1], 'w').write('RIFF')", PATIENCE, "no sound"),
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
        Espeak(patience=patience, command=python(child), folder=folder).render(
            Clause("好。"), Style()
        )
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
        Espeak(patience=5.0, command=python(child), folder=tmp_path).render(Clause("好。"), Style())
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
        Espeak(patience=PATIENCE, command=python(child), folder=tmp_path).render(
            Clause("刘长贵"), Style()
        )
    told = copy.read_text()
    assert "chang" not in told.replace(os.environ.get("PWD", "-"), "")
    assert "长贵" not in told
