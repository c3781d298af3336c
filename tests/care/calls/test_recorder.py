"""Recordings: never in the way of a call, playable after anything, gone when refused."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from care.calls import recordings, service
from care.calls.keys import Keyring, open_keyring
from care.calls.model import CallRecording
from care.calls.notebook import Notebook
from care.calls.opus import OpusEncoder, decode
from care.calls.record import Record
from care.calls.recorder import OPERATORS_LEG, Recorder, Voices
from care.calls.recording import LegRecording
from care.calls.sealed import Ending, read_sealed
from care.calls.tape import Pcm16
from care.storage.engine import Sessions
from tests.care.calls.records import at, open_record, tone
from tests.conftest import NOW

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def notebook(embedded: Sessions) -> Iterator[Notebook]:
    notebook = Notebook(embedded, every=3600.0)
    yield notebook
    notebook.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return open_keyring(tmp_path / "key")


@pytest.fixture
def recorder(folder: Path, keys: Keyring) -> Iterator[Recorder]:
    recorder = Recorder(folder, keys)
    yield recorder
    recorder.close()


def _open(
    recorder: Recorder, record: Record, rate: int = 8_000, voices: Voices | None = None
) -> LegRecording:
    return recorder.open(record, leg="leg-1", rate=rate, at=NOW, now=0.0, voices=voices)


def _hear(recording: LegRecording, sound: Pcm16, rate: int = 8_000, begin: float = 0.0) -> float:
    frame = rate // 50
    for count in range(len(sound) // frame):
        now = begin + (count + 1) * 0.02
        recording.heard(sound[count * frame : (count + 1) * frame], now)
    return begin + len(sound) / rate


def _rows(sessions: Sessions, ref: str) -> list[CallRecording]:
    with sessions() as session:
        return recordings.of_call(session, service.find(session, ref).id)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.sealed"))


@pytest.mark.parametrize("rate", [8_000, 16_000])
def test_both_voices_of_a_leg_are_kept(
    rate: int, embedded: Sessions, notebook: Notebook, folder: Path, keys: Keyring
) -> None:
    recorder, record = Recorder(folder, keys), open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record, rate)
    theirs, ours = tone(3.0, rate), tone(1.0, rate, 700.0)
    recording.played(ours, 0.0)
    recording.close(_hear(recording, theirs, rate))
    record.ended("they hung up", at(3))
    assert recorder.close()
    notebook.flush()
    rows = {row.speaker: row for row in _rows(embedded, record.ref)}
    assert {name: (row.seconds, row.rate) for name, row in rows.items()} == {
        "elder": (3.0, rate), "assistant": (3.0, rate)
    }  # fmt: skip
    for name, sound in (("elder", theirs), ("assistant", ours)):
        content = read_sealed(folder / rows[name].path, keys)
        assert content.ending == Ending.WHOLE
        samples, found = decode(content.octets)
        assert (found, len(samples)) == (rate, 3 * rate)
        assert np.corrcoef(samples[: len(sound)], sound)[0, 1] > 0.98
    assert all(row.started_at == NOW and row.problem is None for row in rows.values())


def test_a_file_tells_nothing_to_who_has_no_key(
    notebook: Notebook, recorder: Recorder, folder: Path
) -> None:
    record = open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record)
    recording.close(_hear(recording, tone(1.0)))
    recorder.close()
    for file in _files(folder):
        assert b"Ogg" not in file.read_bytes()
        assert b"Opus" not in file.read_bytes()
        assert "13800000001" not in str(file)


def test_the_operators_leg_keeps_the_operator_only(
    embedded: Sessions, notebook: Notebook, recorder: Recorder
) -> None:
    record = open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record, voices=OPERATORS_LEG)
    recording.played(tone(1.0), 0.0)
    recording.close(_hear(recording, tone(1.0)))
    recorder.close()
    notebook.flush()
    assert [row.speaker for row in _rows(embedded, record.ref)] == ["operator"]


@pytest.mark.parametrize("when", ["during", "after", "before"])
def test_a_refusal_deletes_what_is_there_and_keeps_nothing_more(
    when: str, embedded: Sessions, notebook: Notebook, recorder: Recorder, folder: Path
) -> None:
    record = open_record(notebook)
    if when == "before":
        record.refused(at(0))
    recording = _open(recorder, record)
    now = _hear(recording, tone(2.0))
    if when == "during":
        record.refused(at(2))
    now = _hear(recording, tone(2.0), begin=now)
    recording.close(now)
    if when == "after":
        record.refused(at(4))
    record.ended("they hung up", at(5))
    recorder.close()
    notebook.flush()
    assert _files(folder) == []
    rows = _rows(embedded, record.ref)
    assert len(rows) == (0 if when == "before" else 2)
    assert all(row.deleted_why == "refused" and row.deleted_at for row in rows)


def test_a_call_that_ended_before_it_was_asked_leaves_no_sound(
    embedded: Sessions, notebook: Notebook, recorder: Recorder, folder: Path
) -> None:
    record = open_record(notebook)
    recording = _open(recorder, record)
    recording.close(_hear(recording, tone(1.0)))
    record.ended("they hung up", at(1))
    recorder.close()
    assert _files(folder) == []


class _Blocked:
    """An encoder on a disk that hangs, until it is let go."""

    def __init__(self, go: Event) -> None:
        self._go = go

    def __call__(self, rate: int, give: Callable[[bytes], None]) -> "_Blocked":
        self._encoder = OpusEncoder(rate, give)
        return self

    def write(self, samples: Pcm16) -> None:
        assert self._go.wait(60)
        self._encoder.write(samples)

    def close(self) -> None:
        self._encoder.close()


def test_a_hanging_disk_does_not_hold_the_call_and_nothing_is_lost(
    embedded: Sessions, notebook: Notebook, folder: Path, keys: Keyring
) -> None:
    go = Event()
    recorder = Recorder(folder, keys, make_encoder=_Blocked(go))
    record = open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record, voices=OPERATORS_LEG)
    recording.close(_hear(recording, tone(5.0)))  # returns although nothing can be written
    assert not recorder.close(0.01)
    go.set()
    assert recorder.close()
    notebook.flush()
    [row] = _rows(embedded, record.ref)
    assert (row.seconds, row.problem) == (5.0, None)


def test_when_too_much_waits_the_recording_ends_and_not_the_call(
    embedded: Sessions, notebook: Notebook, folder: Path, keys: Keyring
) -> None:
    go = Event()
    recorder = Recorder(folder, keys, most_waiting=2.0, make_encoder=_Blocked(go))
    record = open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record, voices=OPERATORS_LEG)
    recording.close(_hear(recording, tone(5.0)))
    go.set()
    recorder.close()
    notebook.flush()
    [row] = _rows(embedded, record.ref)
    assert row.problem == "overrun"
    assert row.seconds is not None
    assert 1.5 < row.seconds <= 2.3
    samples, _ = decode(read_sealed(folder / row.path, keys).octets)
    assert len(samples) == round(row.seconds * 8_000)


class _Full:
    """An encoder on a disk that is full after a while."""

    def __init__(self, rate: int, give: Callable[[bytes], None]) -> None:
        self._encoder, self._written = OpusEncoder(rate, give), 0

    def write(self, samples: Pcm16) -> None:
        self._written += len(samples)
        if self._written > 24_000:
            raise OSError(28, "No space left on device")
        self._encoder.write(samples)

    def close(self) -> None:
        self._encoder.close()


def test_a_full_disk_ends_the_recording_and_keeps_what_is_there(
    embedded: Sessions, notebook: Notebook, folder: Path, keys: Keyring
) -> None:
    recorder = Recorder(folder, keys, make_encoder=_Full)
    record = open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record, voices=OPERATORS_LEG)
    recording.close(_hear(recording, tone(5.0)))
    recorder.close()
    notebook.flush()
    [row] = _rows(embedded, record.ref)
    assert (row.seconds, row.problem) == (3.0, "disk")
    content = read_sealed(folder / row.path, keys)
    assert content.ending == Ending.CUT
    assert len(decode(content.octets)[0]) >= 1.9 * 8_000


def test_a_folder_that_cannot_be_made_costs_the_recording_only(
    embedded: Sessions, notebook: Notebook, folder: Path, keys: Keyring
) -> None:
    folder.write_text("in the way")
    recorder = Recorder(folder, keys)
    record = open_record(notebook)
    record.agreed(NOW)
    recording = _open(recorder, record)
    recording.close(_hear(recording, tone(1.0)))
    record.ended("they hung up", at(1))
    assert recorder.close()
    notebook.flush()
    assert {row.problem for row in _rows(embedded, record.ref)} == {"disk"}


def test_a_stop_finishes_what_is_open(
    embedded: Sessions, notebook: Notebook, recorder: Recorder, folder: Path, keys: Keyring
) -> None:
    record = open_record(notebook)
    record.agreed(NOW)
    _hear(_open(recorder, record), tone(2.0))
    recorder.close()
    notebook.flush()
    rows = _rows(embedded, record.ref)
    assert {(row.seconds, row.problem) for row in rows} == {(2.0, "stopped")}
    assert {read_sealed(folder / row.path, keys).ending for row in rows} == {Ending.WHOLE}


_CHILD = """
import sys, time
from pathlib import Path
from care.calls.keys import open_keyring
from care.calls.notebook import Notebook
from care.calls.recorder import Recorder
from care.storage.engine import open_engine, open_sessions
from tests.care.calls.records import NOW, open_record, tone
url, folder, key = sys.argv[1:]
notebook = Notebook(open_sessions(open_engine(url)))
recorder = Recorder(Path(folder), open_keyring(Path(key)))
record = open_record(notebook)
record.agreed(NOW)
recording = recorder.open(record, leg="x", rate=8000, at=NOW, now=0.0)
sound = tone(6.0)
for n in range(300):
    recording.heard(sound[n * 160:(n + 1) * 160], (n + 1) * 0.02)
written = []
recorder.put(lambda: written.append(1))
while not written:
    time.sleep(0.01)
notebook.flush(60)
print(record.ref, flush=True)
sys.stdin.read()
"""


def test_after_kill_9_everything_written_until_then_is_heard(
    embedded: Sessions, tmp_path: Path, folder: Path
) -> None:
    key = tmp_path / "key"
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(embedded.kw["bind"].url), str(folder), str(key)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        ref = child.stdout.readline().strip()
        os.kill(child.pid, signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    rows = {row.speaker: row for row in _rows(embedded, ref)}
    assert rows["elder"].seconds is None
    content = read_sealed(folder / rows["elder"].path, open_keyring(key))
    assert content.ending == Ending.CUT
    samples, rate = decode(content.octets)
    assert len(samples) >= 4.5 * rate
    assert np.corrcoef(samples[: 4 * rate], tone(4.0))[0, 1] > 0.99
