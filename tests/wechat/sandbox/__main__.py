"""`make wechat-sandbox`: the stand-in of WeChat with a page to chat in, and the hotline behind it.

--hotline URL talks to a hotline that runs already; it needs the settings that are printed.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from rich.console import Console

from evaluation.server import ServerError
from evaluation.system import ROOT, free_port, running
from tests.wechat.platform.account import Account
from tests.wechat.platform.delivery import Delivery
from tests.wechat.platform.interface import build_interface
from tests.wechat.sandbox.page import PEOPLE, build_page

AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
out = Console(highlight=False)


def main() -> int:
    """Runs until Ctrl-C, or until it is asked to end: the hotline ends with it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell had it ignored
    parser = argparse.ArgumentParser(prog="wechat-sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="of the page (8090)")
    parser.add_argument("--hotline", help="address of a hotline that runs already")
    asked = parser.parse_args()
    account = Account(aes_key=AES_KEY)
    platform = f"http://127.0.0.1:{asked.port}"
    with ExitStack() as stack:
        hotline = asked.hotline or f"http://127.0.0.1:{free_port()}"
        wechat = settings(account, platform, hotline)
        environment = {"HOTLINE_WECHAT": json.dumps(wechat)}
        if asked.hotline:
            out.print("hotline.toml 里要有：\n\n[wechat]", style="bold", markup=False)
            for name, value in wechat.items():
                out.print(f'{name} = "{value}"', markup=False)
        else:
            out.print("正在启动热线，第一次要一两分钟……")
            try:
                environment |= _start(stack, hotline, wechat)
            except ServerError as error:
                out.print(str(error), style="red", markup=False)
                return 1
        delivery = Delivery(account, f"{hotline}/wechat")
        app = build_interface(account, next(iter(PEOPLE)))
        app.include_router(build_page(account, delivery))
        server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=asked.port, log_level="warning")
        )
        thread = threading.Thread(target=server.run, name="sandbox")
        thread.start()
        stack.callback(thread.join)
        stack.callback(setattr, server, "should_exit", True)
        _put_menu(environment)
        out.print(f"\n  微信沙箱   {platform}/\n  坐席台     {hotline}/desk\n  停止       Ctrl-C\n")
        try:
            thread.join()
        except KeyboardInterrupt:
            out.print("再见。")
    return 0


def settings(account: Account, platform: str, hotline: str) -> dict[str, str]:
    """`[wechat]` for a hotline that takes the stand-in for the platform."""
    return {
        "appid": account.appid,
        "secret": account.secret,
        "token": account.token,
        "aes_key": account.aes_key,
        "base_url": platform,
        "open_url": platform,
        "page_url": hotline,
    }


def _start(stack: ExitStack, hotline: str, wechat: dict[str, str]) -> dict[str, str]:
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="wechat-sandbox-")))
    environment = {
        "PORT": hotline.rpartition(":")[2],
        "HOTLINE_TELEPHONE": "false",
        "HOTLINE_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "HOTLINE_DATABASE_URL": f"sqlite:///{folder}/hotline.db",
        "HOTLINE_ELDER_KEY": str(folder / "elders.key"),
        "HOTLINE_WECHAT": json.dumps(wechat),
    }
    command = [sys.executable, "-m", "hotline", "run"]
    stack.enter_context(running(command, f"{hotline}/readyz", environment, folder / "log"))
    return environment


def _put_menu(environment: dict[str, str]) -> None:
    """By the same command that a county uses."""
    command = [sys.executable, "-m", "hotline", "wechat", "menu"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)


if __name__ == "__main__":
    sys.exit(main())
