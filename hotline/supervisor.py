"""Starts the processes, shows how far they are, prints the addresses, stops all of them."""

import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import make_url

from care.settings import ROOT, Settings
from care.storage.engine import open_engine, open_sessions
from care.storage.migrate import upgrade
from hotline.keeping import KeepingManager

out = Console(stderr=True, highlight=False)
PATIENCE = 180
"""Seconds until a start counts as failed."""


def supervise(settings: Settings) -> int:
    """Runs until Ctrl-C, or until a process can't be started; returns the exit code."""
    ports = [settings.port, _rasa_port(settings)]
    if settings.telephone and settings.line == "sip":
        ports.append(settings.sip_port)
    busy = [port for port in ports if not _is_free(port)]
    if busy:
        out.print(
            f"端口 {busy[0]} 已被占用:可能已经在运行,"
            "或用 PORT=… / HOTLINE_RASA_URL=… / SIP_PORT=… 换一个。",
            style="bold red",
        )
        return 1
    _prepare_database(settings)
    manager = KeepingManager()
    environment = _environment(settings)
    manager.add_process("dialogue", str(ROOT / "script" / "rasa"), env=environment, cwd=str(ROOT))
    serve = f"{sys.executable} -m hotline serve"
    manager.add_process("hotline", serve, env=environment, cwd=str(ROOT))
    watcher = threading.Thread(target=_watch, args=(settings, manager), daemon=True)
    watcher.start()
    manager.loop()
    return int(manager.returncode or 0)


def _prepare_database(settings: Settings) -> None:
    from care.clock import system_clock
    from hotline.demonstration import fill

    engine = open_engine(settings.database_url, settings.elder_key)
    upgrade(engine)
    fill(open_sessions(engine), system_clock())
    engine.dispose()


def _environment(settings: Settings) -> dict[str, str]:
    token = settings.action_token.get_secret_value() or secrets.token_urlsafe(32)
    return {
        **os.environ,
        "HOTLINE_ACTION_TOKEN": token,
        "HOTLINE_ACTION_URL": f"http://127.0.0.1:{settings.port}/actions/webhook",
        "HOTLINE_DIALOGUE_DATABASE": str(_dialogue_database(settings)),
        "RASA_PORT": str(_rasa_port(settings)),
        "PYTHONUNBUFFERED": "1",
    }


def _dialogue_database(settings: Settings) -> Path:
    """Beside our own database where that is a file."""
    own = make_url(settings.database_url)
    is_file = own.get_backend_name() == "sqlite" and own.database
    folder = Path(own.database).parent if is_file and own.database else ROOT / "var"
    return folder / "dialogue.db"


def _rasa_port(settings: Settings) -> int:
    return int(httpx.URL(settings.rasa_url).port or 80)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _watch(settings: Settings, manager: KeepingManager) -> None:
    """Shows which dependency is still missing, then the addresses; gives up after PATIENCE."""
    base = f"http://127.0.0.1:{settings.port}"
    started = time.monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as progress:
        task = progress.add_task("启动中")
        while (missing := _missing(base)) and time.monotonic() - started < PATIENCE:
            progress.update(task, description="等待:" + "、".join(missing))
            time.sleep(0.3)
    if missing == ["telephone"]:
        out.print(
            "电话线还没接通,正在一直重试;网页和报警照常。原因见上面的日志。", style="bold yellow"
        )
    elif missing:
        out.print("没有启动成功,还缺:" + "、".join(missing), style="bold red")
        os.kill(os.getpid(), signal.SIGTERM)
        return
    manager.complete.set()
    width = shutil.get_terminal_size().columns
    out.rule("12349 智能助手已就绪", style="green") if width > 20 else None
    out.print(f"  老人页面   {base}/")
    if settings.telephone and settings.line == "sip":
        host = settings.sip.get("host", "127.0.0.1")
        out.print(f"  电话       sip:12349@{host}:{settings.sip_port}")
    out.print(f"  接口       POST {base}/api/chat")
    out.print(f"  状态       {base}/readyz")
    out.print("  终端对话   .venv/bin/hotline chat")
    out.print("  停止       Ctrl-C")


def _missing(base: str) -> list[str]:
    try:
        body = httpx.get(f"{base}/readyz", timeout=2, trust_env=False).json()
    except (httpx.HTTPError, ValueError):
        return ["hotline"]
    return [name for name, state in body["dependencies"].items() if state != "ok"]
