"""`hotline devices`: a key that is shown once, and sentences for everything that is wrong."""

import re
from pathlib import Path

import pytest
from rich.console import Console
from typer import Typer
from typer.testing import CliRunner

from care.storage.engine import Sessions
from hotline.devices import devices_app
from tests.care.devices.setting import PHONE, House
from tests.conftest import NOW


class Terminal:
    """Commands on one installation."""

    def __init__(self, sessions: Sessions, folder: Path) -> None:
        self.house = House(sessions, folder)
        self._out = Console(width=120, record=True)
        self._app: Typer = devices_app(
            lambda: sessions, lambda: folder / "devices.key", self._out, lambda: NOW
        )

    def __call__(self, *words: str) -> tuple[int, str]:
        """Exit code, and what was said since the last command."""
        code = CliRunner().invoke(self._app, list(words)).exit_code
        return code, self._out.export_text(clear=True)


@pytest.fixture
def terminal(embedded: Sessions, tmp_path: Path) -> Terminal:
    return Terminal(embedded, tmp_path)


def _key(said: str) -> str:
    [key] = re.findall(r"^[A-Z2-7]{32}$", said, re.MULTILINE)
    return str(key)


def test_the_key_that_is_shown_is_the_one_that_signs(terminal: Terminal) -> None:
    code, said = terminal("add", "P-1", "--kind", "fall", "--phone", PHONE, "--minutes", "10")
    assert code == 0
    assert "只显示这一次" in said
    house = terminal.house
    house.secrets["P-1"] = _key(said)
    assert house.gate.admit(house.signed()).kind == "fall"
    assert house.now().interval == 600
    _, listed = terminal("list")
    assert house.secrets["P-1"] not in listed
    assert re.search(r"P-1\s.*跌倒探测器.*11-21 10:00.*正常", listed)


def test_a_new_key_is_another_one(terminal: Terminal) -> None:
    before = _key(terminal("add", "P-1")[1])
    code, said = terminal("new-key", "P-1")
    assert code == 0
    assert _key(said) != before


def test_a_retired_device_is_listed_as_such(terminal: Terminal) -> None:
    terminal("add", "P-1")
    assert "已停用" in terminal("retire", "P-1")[1]
    assert "停用" in terminal("list")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retire", "P-9"), "没有编号为“P-9”的设备"),
        (("new-key", "P-9"), "没有编号为“P-9”的设备"),
        (("add", "P 9"), "不行"),
        (("add", "P-9", "--kind", "toaster"), "没有“toaster”这种设备"),
        (("add", "P-9", "--phone", "13900000000"), "没有电话是"),
        (("add", "P-9", "--controller", "12a"), "主机号“12a”不行"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    code, found = terminal(*words)
    assert (code, said in found, "Traceback" in found) == (1, True, False)


def test_without_devices_it_says_how_to_add_one(terminal: Terminal) -> None:
    assert "hotline devices add" in terminal("list")[1]


def test_a_secret_file_that_others_may_read_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    terminal("add", "P-1")
    (tmp_path / "devices.key").chmod(0o644)
    code, said = terminal("new-key", "P-1")
    assert (code, "chmod 600" in said) == (1, True)
