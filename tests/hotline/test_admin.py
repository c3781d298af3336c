"""`hotline admin`: the first account, and the way back in."""

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

from care.data_files import DATA
from care.operators import accounts
from care.operators.gate import Credentials, Gate
from care.operators.passwords import Passwords
from care.operators.role import Role, Roles
from care.operators.signed_in import SignedIn
from care.storage.engine import Sessions
from hotline.admin import admin_app
from tests.conftest import NOW


class Installation:
    """The commands on an installation, and what they printed."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.gate = Gate(sessions, lambda: NOW, Passwords(), Roles.load(DATA))

    def run(self, *arguments: str, typed: str | None = None) -> tuple[int, str]:
        """Exit code and output."""
        out = Console(file=io.StringIO(), width=200)
        app = admin_app(lambda: self.sessions, out, lambda: NOW)
        ended = CliRunner().invoke(app, arguments, input=typed)
        assert isinstance(out.file, io.StringIO)
        return ended.exit_code, ended.output + out.file.getvalue()

    def sign_in(self, name: str, password: str) -> SignedIn:
        """Who gets in."""
        return self.gate.sign_in(Credentials(name, password, "", "127.0.0.1"))[1]


@pytest.fixture
def installation(embedded: Sessions) -> Installation:
    return Installation(embedded)


def one_time_in(told: str) -> str:
    """The password that was printed."""
    return told.rstrip().rpartition("：")[2]


def test_without_a_terminal_a_one_time_password_is_printed(installation: Installation) -> None:
    code, told = installation.run("create", "--name", "Wang", "--display-name", "王芳")
    assert code == 0
    assert "管理员“wang”添加好了" in told
    who = installation.sign_in("wang", one_time_in(told))
    assert who.role is Role.ADMIN
    assert who.must_choose_password


def test_there_is_no_account_before(installation: Installation) -> None:
    with installation.sessions() as session:
        assert accounts.everybody(session) == []


def test_a_name_is_asked_for_when_none_is_given(installation: Installation) -> None:
    code, told = installation.run("create", typed="wang\n王芳\n")
    assert code == 0
    assert installation.sign_in("wang", one_time_in(told)).display_name == "王芳"


def test_a_password_is_asked_for_at_a_terminal(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.admin.at_terminal", lambda: True)
    typed = "short\nshort\nhuanggua kaihua le\nhuanggua kaihua le\n"
    code, told = installation.run("create", "--name", "wang", "--display-name", "王芳", typed=typed)
    assert code == 0
    assert "密码至少要 10 个字符" in told
    assert "huanggua" not in told
    assert "临时密码" not in told
    assert not installation.sign_in("wang", "huanggua kaihua le").must_choose_password


@pytest.mark.parametrize(
    ("name", "says"), [("x", "2 到 32 个字"), ("a b", "2 到 32 个字"), ("wang", "已经有人用了")]
)
def test_a_name_that_cannot_be_is_refused(installation: Installation, name: str, says: str) -> None:
    installation.run("create", "--name", "wang", "--display-name", "王芳")
    code, told = installation.run("create", "--name", name, "--display-name", "王芳")
    assert code == 1
    assert says in told
    assert "临时密码" not in told


def test_reset_lets_in_again_and_signs_out_everybody_else(installation: Installation) -> None:
    _, told = installation.run("create", "--name", "wang", "--display-name", "王芳")
    entered = installation.gate.sign_in(Credentials("wang", one_time_in(told), "", "127.0.0.1"))
    code, told = installation.run("reset", "WANG")
    assert code == 0
    assert installation.gate.who(entered[0]) is None
    assert installation.sign_in("wang", one_time_in(told)).must_choose_password


def test_resetting_nobody_is_refused(installation: Installation) -> None:
    code, told = installation.run("reset", "nobody")
    assert code == 1
    assert "没有登录名是“nobody”的人" in told
