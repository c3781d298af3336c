"""A conversation in the terminal, over the same interface as every other channel."""

import secrets

import httpx
from prompt_toolkit import PromptSession
from rich.console import Console

out = Console(highlight=False)


def talk(api: str, interactive: bool) -> int:
    """Reads lines until the end of input; returns the exit code."""
    sender = f"terminal-{secrets.token_hex(6)}"
    ask = PromptSession[str]() if interactive else None
    with httpx.Client(base_url=api, timeout=10, trust_env=False) as http:
        while True:
            try:
                text = ask.prompt("您:") if ask else input()
            except (EOFError, KeyboardInterrupt):
                return 0
            if not text.strip():
                continue
            try:
                _show(http.post("/api/chat", json={"sender_id": sender, "text": text}))
            except httpx.HTTPError:
                out.print(f"连不上 {api},请先运行 make run。", style="red")
                return 1


def _show(response: httpx.Response) -> None:
    body = response.json()
    if response.status_code != httpx.codes.OK:
        out.print(str(body.get("detail")), style="yellow", markup=False)
        return
    for reply in body["replies"]:
        out.print(f"12349:{reply['text']}", markup=False)
        if reply["sources"]:
            out.print(f"      (来源:{'、'.join(reply['sources'])})", style="dim", markup=False)
    if body["flags"]["emergency"]:
        out.print(f"      [报警 {body['alarm_ref']}]", style="bold red", markup=False)
    if body["flags"]["handover"]:
        out.print("      [等待人工]", style="bold yellow", markup=False)
