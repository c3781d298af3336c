"""`hotline wechat`: the account's menu, and a binding code by short message."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

from care.clock import Clock, system_clock
from care.settings import Settings
from care.storage.engine import Sessions
from hotline.refusal import refuse

_OFF = "hotline.toml 里还没有 [wechat]：先填 appid、secret 和 token（见 docs/wechat.md）。"


def wechat_app(
    settings: Callable[[], Settings],
    sessions: Callable[[], Sessions],
    out: Console,
    clock: Clock = system_clock,
) -> typer.Typer:
    """The commands on one installation; both are opened when a command needs them."""
    app = typer.Typer(no_args_is_help=True, help="The official account in WeChat.")

    @app.command()
    def menu() -> None:
        """Put the menu of data/wechat/menu.yml below every conversation with the account."""
        raise typer.Exit(_menu(settings(), sessions(), out, clock))

    @app.command()
    def code(
        phone: Annotated[str, typer.Argument(help="The elder's own number, as on record.")],
        *,
        channel: Annotated[str, typer.Option(help="Name of an SMS channel of [notices].")],
        family: Annotated[
            bool, typer.Option("--family", help="For their family: the elder agreed to it.")
        ] = False,
    ) -> None:
        """Send an elder a binding code to their own number by short message."""
        raise typer.Exit(
            _code(settings(), sessions(), out, clock, phone=phone, channel=channel, family=family)
        )

    return app


def _menu(settings: Settings, sessions: Sessions, out: Console, clock: Clock) -> int:
    from bot.channels.wechat.menu import Menu
    from bot.channels.wechat.trouble import PlatformError
    from hotline.wechat import build_api

    if not settings.wechat.on:
        return refuse(out, _OFF)
    api = build_api(settings, sessions, clock)
    url = settings.wechat.page_url
    try:
        api.create_menu(Menu.load(settings.data).platform(str(url) if url else None))
    except PlatformError as error:
        why = "连不上" if error.code is None else f"返回 {error.code}"
        return refuse(out, f"菜单没有放上去：微信{why}。检查 appid、secret 和 IP 白名单。")
    finally:
        api.http.close()
    out.print("菜单放上去了。已经关注的人，一天之内会看到。", markup=False)
    return 0


def _code(
    settings: Settings,
    sessions: Sessions,
    out: Console,
    clock: Clock,
    *,
    phone: str,
    channel: str,
    family: bool,
) -> int:
    from bot.channels.wechat.errands import code_key
    from bot.channels.wechat.sentences import Sentences
    from care.elders.service import by_phone
    from care.notices.channel import ChannelError, Message
    from care.notices.channels import make_channels
    from care.notices.settings import SmsChannel
    from care.wechat.code import Grant, Role, make

    if not settings.wechat.on:
        return refuse(out, _OFF)
    if not isinstance(settings.notices.channels.get(channel), SmsChannel):
        return refuse(out, f"[notices.channels] 里没有叫“{channel}”的短信通道。")
    with sessions.begin() as session:
        elders = by_phone(session, phone)
        if not elders:
            return refuse(out, "没有登记这个号码的老人。")
        if len(elders) > 1:
            return refuse(out, "这是几位老人合用的座机，收不了短信。")
        [elder] = elders
        role: Role = "family" if family else "elder"
        digits = make(session, Grant(elder.id, role, "sms"), code_key(settings.wechat), clock())
    says = Sentences.load(settings.data)
    text = says.code_sms.format(code=digits)
    message = Message(
        says.code_sms_title, text, text, key=f"wechat-code/{elder.id}/{clock().timestamp():.0f}"
    )
    try:
        make_channels(settings.notices, clock)[channel].send(message, elder.phone)
    except ChannelError as error:
        return refuse(out, f"短信没有发出去：{error.reason}")
    out.print("绑定码发到老人的手机上了，十分钟内有效。", markup=False)
    return 0
