"""What a person does with alarms and callers from the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from care.alarms import service as alarms
from care.conversations import service as conversations
from care.handovers import service as handovers
from care.storage.engine import Sessions
from hotline.cli import app
from tests.conftest import NOW


@pytest.fixture
def cli(embedded: Sessions, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("HOTLINE_DATABASE_URL", str(embedded.kw["bind"].url))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def test_an_alarm_is_listed_and_closed_by_name(cli: CliRunner, embedded: Sessions) -> None:
    ref = alarms.raise_(embedded, alarms.Report("fall", 2, "我摔倒了"), NOW).ref
    listed = cli.invoke(app, ["alarms", "list"])
    assert ref in listed.output
    assert "我摔倒了" in listed.output
    closed = cli.invoke(app, ["alarms", "close", ref, "--by", "张敏", "--reason", "已送医"])
    assert closed.exit_code == 0
    assert ref not in cli.invoke(app, ["alarms", "list"]).output


def test_closing_needs_a_name_a_reason_and_a_real_alarm(cli: CliRunner) -> None:
    unknown = cli.invoke(app, ["alarms", "close", "A0", "--by", "张敏", "--reason", "误报"])
    assert unknown.exit_code == 1
    assert "没有编号为“A0”的报警" in unknown.output
    assert cli.invoke(app, ["alarms", "close", "A0"]).exit_code == 2


def test_a_caller_is_claimed_once_and_closed(cli: CliRunner, embedded: Sessions) -> None:
    with embedded.begin() as session:
        row = conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
        session.flush()
        number = str(handovers.request(session, conversation_id=row.id, reason="asked", now=NOW).id)
    assert cli.invoke(app, ["handovers", "claim", number, "--by", "张敏"]).exit_code == 0
    again = cli.invoke(app, ["handovers", "claim", number, "--by", "李强"])
    assert again.exit_code == 1
    assert "张敏" in cli.invoke(app, ["handovers", "list"]).output
    assert cli.invoke(app, ["handovers", "close", number, "--by", "张敏"]).exit_code == 0
    assert "张敏" not in cli.invoke(app, ["handovers", "list"]).output


def test_a_database_of_another_kind_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTLINE_DATABASE_URL", f"mysql://localhost/{tmp_path.name}")
    refused = CliRunner().invoke(app, ["serve"])
    assert refused.exit_code == 1
    assert "'mysql' is not supported" in refused.output
