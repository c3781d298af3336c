"""`hotline calls`: what a person sees, hears and deletes."""

import io
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from care.calls import service
from care.calls.keys import open_keyring
from care.calls.notebook import Notebook
from care.calls.record import Record
from care.calls.recorder import OPERATORS_LEG, Recorder
from care.calls.recordings import NewRecording
from care.calls.service import NewCall
from care.conversations import service as conversations
from care.elders.model import Elder
from care.storage.engine import Sessions
from hotline.calls import Store, calls_app
from tests.care.calls.records import PHONE, RINGS, at, details, tone
from tests.conftest import NOW

SAID = "我想订明天的午饭,电话13800000001"


class Desk:
    """The commands on an installation, and what they printed."""

    def __init__(self, sessions: Sessions, folder: Path, width: int = 120) -> None:
        self.sessions, self.width = sessions, width
        self.store = Store(folder / "recordings", folder / "key", 180)
        self.notebook = Notebook(sessions, every=3600.0)
        self.now = at(60)

    def run(self, *arguments: str) -> tuple[int, str]:
        """Exit code and output."""
        out = Console(file=io.StringIO(), width=self.width)
        app = calls_app(lambda: self.sessions, lambda: self.store, out, lambda: self.now)
        ended = CliRunner().invoke(app, arguments)
        assert isinstance(out.file, io.StringIO)
        return ended.exit_code, out.file.getvalue()

    def talk(self, new: NewCall = RINGS) -> Record:
        """A call that ended: ordered, barged in, alarmed, taken over."""
        record = Record(self.notebook, new, NOW)
        record.answered(at(1.2))
        record.note("said", {"text": "您好", "seconds": 1.0}, at(2.5))
        record.agreed(at(2.5))
        record.note("heard", {"text": SAID, "confidence": 0.91, "seconds": 4.0}, at(7))
        record.note("turn_end", {"waited": 0.35, "why": "complete"}, at(7.4))
        record.note("alarm", {"ref": "A1121-302111"}, at(8))
        record.note("operator_said", {"text": "我是坐席", "seconds": 2.0}, at(11))
        record.ended("they hung up", at(12))
        self.notebook.flush()
        return record


@pytest.fixture
def desk(embedded: Sessions, tmp_path: Path) -> Desk:
    return Desk(embedded, tmp_path)


def test_calls_are_listed_newest_first_with_masked_numbers(desk: Desk) -> None:
    refs = [desk.talk().ref for _ in range(3)]
    code, told = desk.run("list", "-n", "2")
    assert code == 0
    assert refs[0] not in told
    assert told.index(refs[2]) < told.index(refs[1])
    assert "138****0001" in told
    assert PHONE not in told
    assert "对方挂断" in told
    assert "0:11" in told


def test_no_calls_yet(desk: Desk) -> None:
    assert desk.run("list") == (0, "还没有通话记录。\n")


def test_a_call_is_drawn_on_an_axis_of_time(desk: Desk) -> None:
    code, told = desk.run("show", desk.talk().ref)
    assert code == 0
    lines = told.splitlines()
    axis = next(line for line in lines if "┬0:00" in line)
    assert "┬0:03" in axis
    column = axis.index("┬0:03")
    assert lines[lines.index(axis) + 1].startswith("老人")
    lanes = {line[:2]: line for line in lines[lines.index(axis) + 1 : lines.index(axis) + 5]}
    assert list(lanes) == ["老人", "助手", "坐席", "决定"]
    assert cell_len(lanes["老人"][: lanes["老人"].index("├")]) == column
    assert "├我想订明天的午饭,电话***********" in lanes["老人"]
    assert "├我是坐席──" in lanes["坐席"]
    assert "判定说完" in lanes["决定"]
    assert any(line.startswith("   ") and "▲7 报警" in line for line in lines)
    row = next(line for line in lines if "0:03.00" in line)
    assert "听见" in row
    assert "0.91" in row
    assert "A1121-302111" in told
    assert "原因 说完了" in told


def test_numbers_and_names_are_masked_unless_somebody_answers_for_it(desk: Desk) -> None:
    record = desk.talk()
    with desk.sessions.begin() as session:
        elder = Elder(name="王大明", phone=PHONE)
        session.add(elder)
        session.flush()
        service.belongs(session, service.find(session, record.ref).id, elder_id=elder.id)
    _, told = desk.run("show", record.ref)
    assert "138****0001" in told
    assert "王**" in told
    assert PHONE not in told
    assert "王大明" not in told
    code, refused = desk.run("show", record.ref, "--full")
    assert (code, PHONE in refused) == (1, False)
    assert "--by" in refused
    code, refused = desk.run("show", record.ref, "--full", "--by", "  ")
    assert (code, PHONE in refused) == (1, False)
    assert "viewed" not in str(details(desk.sessions, record.ref))
    code, full = desk.run("show", record.ref, "--full", "--by", "张敏")
    assert (code, PHONE in full, "王大明" in full) == (0, True, True)
    assert ("viewed", {"by": "张敏"}) in details(desk.sessions, record.ref)
    assert "张敏" in desk.run("show", record.ref)[1]


def test_looking_later_does_not_stretch_the_picture(desk: Desk) -> None:
    record = desk.talk()
    before = desk.run("show", record.ref)[1].count("┬")
    desk.now = NOW + timedelta(days=3)
    desk.run("show", record.ref, "--full", "--by", "张敏")
    assert desk.run("show", record.ref)[1].count("┬") == before


@pytest.mark.parametrize("command", [["show"], ["play", "-o", "x.wav", "--by", "张敏"]])
def test_an_unknown_reference(desk: Desk, command: list[str]) -> None:
    code, told = desk.run(command[0], "C000000-0000", *command[1:])
    assert code == 1
    assert "没有编号为“C000000-0000”的通话" in told


def test_a_call_that_still_goes_on_or_was_never_answered(desk: Desk) -> None:
    record = Record(desk.notebook, NewCall("leg", RINGS.direction, "sip"), NOW)
    desk.notebook.flush()
    code, told = desk.run("show", record.ref)
    assert code == 0
    assert "未接通" in told
    assert "还在通话" in told
    assert "未显示" in told


def test_what_was_said_cannot_redraw_the_terminal(desk: Desk) -> None:
    record = Record(desk.notebook, RINGS, NOW)
    record.agreed(NOW)
    record.note("heard", {"text": "\x1b[2J[bold]喂\x07", "seconds": 3.0}, at(4))
    record.ended("they hung up", at(5))
    desk.notebook.flush()
    _, told = desk.run("show", record.ref)
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "[bold]喂" in told


def _recorded(desk: Desk) -> Record:
    recorder = Recorder(desk.store.folder, open_keyring(desk.store.keys))
    record = Record(desk.notebook, RINGS, NOW)
    record.agreed(NOW)
    theirs, ours, operator = tone(3.0), tone(1.0, 8_000, 700.0), tone(1.0, 16_000, 900.0)
    elders = recorder.open(record, leg="a", rate=8_000, at=NOW, now=0.0)
    elders.played(ours, 0.0)
    elders.heard(theirs, 3.0)
    elders.close(3.0)
    other = recorder.open(record, leg="b", rate=16_000, at=at(2), now=2.0, voices=OPERATORS_LEG)
    other.heard(operator, 3.0)
    other.close(3.0)
    assert recorder.close()
    record.ended("they hung up", at(3))
    desk.notebook.flush()
    return record


def test_a_call_is_heard_elder_left_others_right(desk: Desk, tmp_path: Path) -> None:
    record, file = _recorded(desk), tmp_path / "call.wav"
    code, told = desk.run("play", record.ref, "-o", str(file), "--by", "张敏")
    assert (code, str(file) in told) == (0, True)
    sound, rate = soundfile.read(file, dtype="int16")
    assert (rate, sound.shape) == (16_000, (48_000, 2))
    assert file.stat().st_mode & 0o777 == 0o600
    for side, begin, expected in (
        (0, 0, tone(3.0, 16_000)),
        (1, 0, tone(1.0, 16_000, 700.0)),
        (1, 32_000, tone(1.0, 16_000, 900.0)),
    ):
        found = sound[begin : begin + len(expected), side]
        assert np.corrcoef(found, expected)[0, 1] > 0.95
    assert np.abs(sound[18_000:30_000, 1]).max() < 80
    assert ("played_back", {"by": "张敏"}) in details(desk.sessions, record.ref)


def test_recordings_are_told_with_the_call(desk: Desk) -> None:
    _, told = desk.run("show", _recorded(desk).ref)
    assert told.count(".opus.sealed") == 3
    assert "0:03.0" in told


def test_a_recording_in_progress_and_one_that_a_crash_broke_off(desk: Desk) -> None:
    record = Record(desk.notebook, RINGS, NOW)
    record.recording_began(NewRecording("leg-1", "elder", "2026-11/a.sealed", 8_000, NOW))
    desk.notebook.flush()
    assert "还在通话" in _line(desk.run("show", record.ref)[1], "a.sealed")
    record.ended("crashed", at(9))
    desk.notebook.flush()
    _, told = desk.run("show", record.ref)
    assert "中断" in _line(told, "a.sealed")
    assert "系统中途停了" in told


def _line(told: str, part: str) -> str:
    return next(line for line in told.splitlines() if part in line)


def test_a_recording_that_breaks_off_is_heard_and_told(desk: Desk, tmp_path: Path) -> None:
    record, file = _recorded(desk), tmp_path / "call.wav"
    for sealed in desk.store.folder.rglob("*-elder.opus.sealed"):
        sealed.write_bytes(sealed.read_bytes()[:-30])
    code, told = desk.run("play", record.ref, "-o", str(file), "--by", "张敏")
    assert code == 0
    assert "没有收尾" in told
    assert file.exists()


def test_with_another_key_the_sentence_tells_what_to_do(desk: Desk, tmp_path: Path) -> None:
    record, file = _recorded(desk), tmp_path / "call.wav"
    desk.store.keys.unlink()
    open_keyring(desk.store.keys)
    code, told = desk.run("play", record.ref, "-o", str(file), "--by", "张敏")
    assert code == 1
    assert "请找回当时的密钥文件" in told
    assert not file.exists()


def test_after_a_new_key_old_recordings_are_heard(desk: Desk, tmp_path: Path) -> None:
    record, file = _recorded(desk), tmp_path / "call.wav"
    code, told = desk.run("new-key")
    assert code == 0
    assert open_keyring(desk.store.keys).current.id.hex() in told
    assert desk.run("play", record.ref, "-o", str(file), "--by", "张敏")[0] == 0
    assert file.exists()


def test_why_there_is_nothing_to_hear(desk: Desk, tmp_path: Path) -> None:
    file = str(tmp_path / "call.wav")
    silent = desk.talk()
    assert "没有录音" in desk.run("play", silent.ref, "-o", file, "--by", "张敏")[1]
    refused = Record(desk.notebook, RINGS, NOW)
    refused.refused(at(1))
    refused.ended("they hung up", at(2))
    desk.notebook.flush()
    code, told = desk.run("play", refused.ref, "-o", file, "--by", "张敏")
    assert (code, "不同意录音" in told) == (1, True)
    assert "played_back" not in str(details(desk.sessions, refused.ref))


def test_old_recordings_are_deleted_and_that_is_told(desk: Desk, tmp_path: Path) -> None:
    record, file = _recorded(desk), tmp_path / "call.wav"
    desk.now = NOW + timedelta(days=40)
    assert "删除了 0 个" in desk.run("expire")[1]
    code, told = desk.run("expire", "--days", "30")
    assert (code, "删除了 3 个" in told, "30 天" in told) == (0, True, True)
    assert not list(desk.store.folder.rglob("*.sealed"))
    code, told = desk.run("play", record.ref, "-o", str(file), "--by", "张敏")
    assert code == 1
    assert "已过保存期，于 2026-12-31 删除" in told
    assert "已删除 2026-12-31" in desk.run("show", record.ref)[1]


def test_a_place_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    record = _recorded(desk)
    code, told = desk.run("play", record.ref, "-o", str(tmp_path / "no" / "x.wav"), "--by", "张敏")
    assert code == 1
    assert "写不进去" in told


def test_the_conversation_of_a_call_is_kept(desk: Desk) -> None:
    record = desk.talk()
    with desk.sessions.begin() as session:
        row = conversations.open_conversation(session, sender_id="p", channel="phone", now=NOW)
        session.flush()
        record.belongs(conversation_id=row.id)
    desk.notebook.flush()
    with desk.sessions() as session:
        assert service.find(session, record.ref).conversation_id == row.id
