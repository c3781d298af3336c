"""`hotline notices`: whether people outside can be reached."""

import uuid
from collections.abc import Callable

import typer
from rich.console import Console
from rich.table import Table

from care.clock import Clock, system_clock
from care.notices.sentences import Sentences
from care.notices.settings import NoticeSettings
from care.storage.engine import Sessions
from hotline.refusal import refuse


def notices_app(
    settings: Callable[[], NoticeSettings],
    sessions: Callable[[], Sessions],
    out: Console,
    clock: Clock = system_clock,
) -> typer.Typer:
    """The commands on one installation; both are opened when a command needs them."""
    app = typer.Typer(no_args_is_help=True, help="Notices to people outside: test the ways there.")

    @app.callback()
    def _group() -> None:
        """With one command alone, typer would drop its name."""

    @app.command("test")
    def test() -> None:
        """Send a test notice to everybody through every route, and say what came of it."""
        raise typer.Exit(_test(settings(), sessions(), out, clock))

    return app


def _test(settings: NoticeSettings, sessions: Sessions, out: Console, clock: Clock) -> int:
    from care.notices.channels import make_channels
    from care.notices.dispatch import Dispatch
    from care.notices.port import Audience, Notice

    words = Sentences.load()
    if not settings.recipients:
        return refuse(out, words.nobody)
    # The telephone is in the process that runs; a second one would take its line away.
    dispatch = Dispatch(settings, make_channels(settings, clock), sessions, clock)
    notice = Notice(
        key=f"test/{uuid.uuid4().hex}",
        audience=Audience.DUTY,
        title=words.test_title,
        text=words.test_text,
        spoken=words.test_spoken,
    )
    tried = dispatch.probe(notice)
    table = Table("收件人", "通道", "发到", "结果")
    for each in tried:
        outcome = words.outcome(each.error)
        table.add_row(each.recipient, each.route.channel, each.route.masked, outcome)
    out.print(table, markup=False)
    failed = sum(each.error is not None for each in tried)
    if failed:
        return refuse(out, words.some_failed.format(count=len(tried), failed=failed))
    out.print(words.all_through.format(count=len(tried)), markup=False)
    return 0
