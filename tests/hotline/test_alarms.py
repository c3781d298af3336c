"""Alarms from the command line: worked by name, shown, counted, checked."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from care.alarms import service as alarms
from care.alarms.chain import Mark, verify
from care.alarms.service import Report
from care.clock import system_clock
from care.storage.engine import Sessions
from hotline.cli import app
from tests.care.alarms.watch import Clocks, Listener, keeper, watch

BY = ("--by", "张敏")


@pytest.fixture
def cli(embedded: Sessions, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("HOTLINE_DATABASE_URL", str(embedded.kw["bind"].url))
    monkeypatch.setenv("COLUMNS", "250")
    return CliRunner()


def _raise(embedded: Sessions, said: str = "我摔倒了", at: datetime | None = None) -> str:
    report = Report("fall", 2, said, phone="13800000001", place="东关3号楼402")
    return alarms.raise_(embedded, report, at or system_clock()).ref


def _run(cli: CliRunner, *arguments: str, fails: bool = False) -> str:
    ran = cli.invoke(app, ["alarms", *arguments])
    assert ran.exit_code == (1 if fails else 0), ran.output
    return ran.output


def test_an_alarm_is_worked_from_acknowledged_to_closed(cli: CliRunner, embedded: Sessions) -> None:
    ref = _raise(embedded)
    assert "待接" in _run(cli, "list")
    assert f"报警 {ref}：已接。" in _run(cli, "acknowledge", ref, *BY)
    assert "已派人" in _run(cli, "dispatch", ref, *BY, "--responder", "王师傅")
    assert "已到场" in _run(cli, "arrive", ref, *BY, "--note", "人清醒")
    assert "已了结" in _run(cli, "close", ref, *BY, "--reason", "扶起来了", "--outcome", "helped")
    assert "没有未了结的报警" in _run(cli, "list")
    shown = _run(cli, "show", ref)
    for word in ("跌倒", "王师傅", "人清醒", "扶起来了", "已得到帮助", "接警", "助手", "cli"):
        assert word in shown
    assert "13800000001" not in shown


def test_what_the_ladder_did_is_shown_in_words(cli: CliRunner, embedded: Sessions) -> None:
    now = system_clock()
    ref = _raise(embedded, "打13800000002找我儿子", now)
    clocks = Clocks(wall=now)
    watch(keeper(embedded, clocks, Listener()), clocks, 180, step=30)
    shown = _run(cli, "show", ref)
    assert "等了30秒,还没有坐席接:全部坐席、值班电话" in shown
    assert "打120(急救)" in shown
    assert "班长 1/1" in shown
    assert "13800000002" not in shown
    assert "13800000002" not in _run(cli, "list")


def test_what_does_not_go_is_said_in_a_sentence(cli: CliRunner, embedded: Sessions) -> None:
    ref = _raise(embedded)
    for command in ("acknowledge", "arrive"):
        assert "没有编号为“A0”的报警" in _run(cli, command, "A0", *BY, fails=True)
    assert "没有编号为“A0”的报警" in _run(cli, "show", "A0", fails=True)
    assert "要留下姓名" in _run(cli, "acknowledge", ref, "--by", " ", fails=True)
    assert "要留下姓名" in _run(cli, "acknowledge", ref, "--by", "名" * 65, fails=True)
    assert "不能这样做" in _run(cli, "arrive", ref, *BY, fails=True)
    _run(cli, "acknowledge", ref, *BY)
    assert "已经由 张敏 接了" in _run(cli, "acknowledge", ref, "--by", "李强", fails=True)
    assert "要写明" in _run(cli, "close", ref, *BY, "--reason", " ", fails=True)
    wrong = _run(cli, "close", ref, *BY, "--reason", "好了", "--outcome", "fine", fails=True)
    assert "没有“fine”这种结果" in wrong
    assert "misunderstood" in wrong


def test_figures_stand_beside_their_goals(cli: CliRunner, embedded: Sessions) -> None:
    ref = _raise(embedded)
    _run(cli, "close", ref, *BY, "--reason", "碰到了", "--outcome", "pressed_by_mistake")
    shown = _run(cli, "figures")
    assert "60 秒内接警" in shown
    assert "100.0%（1/1，目标 97.5%）" in shown
    assert "误碰" in shown
    tomorrow = f"{system_clock() + timedelta(days=1):%Y-%m-%d}"
    assert "起止时间不对" in _run(cli, "figures", "--since", tomorrow, fails=True)
    assert "起止时间不对" in _run(cli, "figures", "--since", "yesterday", fails=True)
    assert "—" in _run(cli, "figures", "--until", "2020-01-01")


def test_a_touched_course_is_found_and_a_mark_goes_on(cli: CliRunner, embedded: Sessions) -> None:
    assert "还没有任何经过" in _run(cli, "verify")
    for _ in range(3):
        ref = _raise(embedded)
    mark = verify(embedded).end
    assert isinstance(mark, Mark)
    assert "核对了 3 条经过，都没有动过。" in _run(cli, "verify")
    assert str(mark) in _run(cli, "verify")
    assert "核对了 0 条" in _run(cli, "verify", "--since", str(mark))
    assert "记号不对" in _run(cli, "verify", "--since", "3", fails=True)
    with embedded.begin() as session:
        session.execute(text("UPDATE alarms SET state = 'closed' WHERE id = 3"))
    assert f"报警 {ref} 的状态和经过对不上" in _run(cli, "verify", fails=True)
    with embedded.begin() as session:
        session.execute(text("DROP TRIGGER alarm_events_no_update"))
        session.execute(text("UPDATE alarm_events SET note = '没事' WHERE id = 2"))
    assert "第 2 条经过" in _run(cli, "verify", fails=True)
