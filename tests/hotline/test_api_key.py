"""`hotline api-key`: make a key, see that it is there, take it back."""

from io import StringIO

from rich.console import Console
from typer.testing import CliRunner

from care.api_keys import keys
from care.api_keys.scope import Scope
from care.storage.engine import Sessions
from hotline.api_key import api_key_app
from tests.conftest import NOW


def ran(sessions: Sessions, *words: str) -> tuple[int, str]:
    """Exit code, and what was printed."""
    shown = StringIO()
    out = Console(file=shown, width=200)
    result = CliRunner().invoke(api_key_app(lambda: sessions, out, lambda: NOW), words)
    return result.exit_code, shown.getvalue()


def test_a_key_from_the_beginning_to_the_end(embedded: Sessions) -> None:
    wanted = ("--scope", "elders:read", "--scope", "figures:read", "--days", "30")
    code, shown = ran(embedded, "create", "区民政局", *wanted)
    key = shown.splitlines()[0]
    assert code == 0
    assert "2026-12-21 到期" in shown
    with embedded() as session:
        caller = keys.find(session, key, NOW)
    assert caller is not None
    assert caller.scopes == frozenset({Scope.ELDERS, Scope.FIGURES})
    code, shown = ran(embedded, "list")
    assert "elders:read figures:read" in shown
    assert key not in shown
    assert ran(embedded, "revoke", "区民政局") == (0, "“区民政局”的钥匙已经收回。\n")
    assert "已收回" in ran(embedded, "list")[1]


def test_what_cant_be_done_is_said_in_a_sentence(embedded: Sessions) -> None:
    assert ran(embedded, "create", "a", "--scope", "elders:read")[0] == 0
    for words, sentence in (
        (("create", "a", "--scope", "elders:read"), "已经有一把叫“a”"),
        (("create", "b", "--scope", "everything"), "没有“everything”这个权限"),
        (("create", "b"), "至少要写一个 --scope"),
        (("revoke", "b"), "没有叫“b”的"),
    ):
        code, shown = ran(embedded, *words)
        assert code != 0
        assert sentence in shown
