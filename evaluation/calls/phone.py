"""A telephone for tests and benchmarks: Debian's baresip in a process of its own, on the loopback.

It calls, answers, speaks from sound files, presses keys, and records what it hears. Its microphone
is always open: silence before, between and after what it says, as with a real telephone.
"""

import asyncio
import json
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

from evaluation.system import free_port

Pcm16 = npt.NDArray[np.int16]
Event = dict[str, Any]

_MODULES = "g711 g722 aubridge aufile sndfile srtp account menu ctrl_tcp"
"""Codecs before accounts: an account that names a codec must find it."""

_AFTER = 120.0
"""Seconds of silence after what is said: baresip sends nothing when its file has ended."""


class Phone:
    """One telephone. Made by `phone`."""

    def __init__(self, folder: Path, user: str, port: int, process: Process) -> None:
        self.port = port
        self.address = f"sip:{user}@127.0.0.1:{port}"
        self.events: list[Event] = []
        """All that baresip reported, oldest first; `type` is e.g. CALL_ESTABLISHED."""
        self._folder, self._process = folder, process
        self._news = asyncio.Condition()
        self._said = 0
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def call(self, target: str, *, answered: bool = True) -> None:
        """Dials a SIP address; waits until somebody picks up unless `answered` is False."""
        seen = len(self.events)
        await self.command("dial", target)
        if answered:
            await self.until("CALL_ESTABLISHED", seen=seen)

    async def pick_up(self, *, timeout: float = 10.0) -> None:
        """Waits until it rings, and answers."""
        await self.until("CALL_INCOMING", timeout=timeout)
        await self.command("accept")
        await self.until("CALL_ESTABLISHED", timeout=timeout)

    async def say(self, samples: Pcm16, rate: int) -> None:
        """Speaks mono samples of `rate` Hz (the codec's: 8000 or 16000); returns at once."""
        self._said += 1
        path = self._folder / f"said-{self._said}.wav"
        with_silence = np.concatenate([samples, np.zeros(int(_AFTER * rate), np.int16)])
        await asyncio.to_thread(soundfile.write, path, with_silence, rate, "PCM_16")
        await self.command("ausrc", f"aufile,{path}")

    async def press(self, keys: str) -> None:
        """Presses keys one after the other, each for a tenth of a second (RFC 4733)."""
        for key in keys:
            await self.command("sndcode", key)
            await asyncio.sleep(0.12)
            await self.command("sndcode", "\x04")
            await asyncio.sleep(0.08)

    async def hold(self) -> None:
        """Puts the other side on hold."""
        await self.command("hold")

    async def resume(self) -> None:
        """Takes the other side back from hold."""
        await self.command("resume")

    async def hang_up(self) -> None:
        """Ends the call, or refuses it while it rings."""
        await self.command("hangup")

    async def until(self, kind: str, *, timeout: float = 15.0, seen: int = 0) -> Event:
        """Waits for an event of that type, not counting the first `seen` ones of all."""

        def came() -> bool:
            return any(e["type"] == kind for e in self.events[seen:])

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(came), timeout)
        return next(e for e in self.events[seen:] if e["type"] == kind)

    def heard(self, call: int = -1) -> Pcm16:
        """What the other side said so far, at the codec's rate; of the last call, or a given one.

        Also while the call goes on: baresip writes each packet as it comes.
        """
        return _recorded(self._folder, "dec", call)

    def spoke(self, call: int = -1) -> Pcm16:
        """What went out from here, silence included."""
        return _recorded(self._folder, "enc", call)

    def vanish(self) -> None:
        """As if somebody pulled the plug: not a word more, neither SIP nor sound."""
        self._process.kill()

    async def command(self, name: str, params: str = "") -> None:
        """Any of baresip's own commands."""
        text = json.dumps({"command": name, "params": params}).encode()
        self._writer.write(b"%d:%s," % (len(text), text))
        await self._writer.drain()

    async def _connect(self, port: int) -> None:
        for _ in range(200):
            with suppress(OSError):
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
                return
            await asyncio.sleep(0.05)
        raise TimeoutError("baresip did not start")

    async def _listen(self) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                length = await self._reader.readuntil(b":")
                text = await self._reader.readexactly(int(length[:-1]) + 1)
                message = json.loads(text[:-1].decode("utf-8", "replace"))
                if message.get("event"):
                    async with self._news:
                        self.events.append(message)
                        self._news.notify_all()


@asynccontextmanager
async def phone(
    folder: Path,
    *,
    codecs: Sequence[str] = ("pcma",),
    account: str = "",
    config: str = "",
    port: int | None = None,
    user: str = "phone",
) -> AsyncIterator[Phone]:
    """A telephone that is switched on. It keeps its files in `folder`, which must be its own.

    `codecs` best first: `pcma`, `pcmu`, `G722/16000/1`; the first says the rate of its sound
    files. `account` is added to its account's parameters, e.g.
    `;mediaenc=srtp-mand`; `config` to its configuration. Not registered anywhere unless `account`
    says so: dial its `address`, or its number `user` through an exchange.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port, control = port or _free_pair(), free_port()
    rate = 16_000 if codecs[0].lower().startswith("g722") else 8_000
    silence = folder / "silence.wav"
    soundfile.write(silence, np.zeros(int(_AFTER * rate), np.int16), rate, "PCM_16")
    (folder / "config").write_text(_config(folder, port, control, silence) + config, "utf-8")
    (folder / "accounts").write_text(
        f"<sip:{user}@127.0.0.1:{port}>;regint=0;answermode=manual;audio_codecs="
        + ",".join(codecs)
        + account
        + "\n",
        "utf-8",
    )
    process = await asyncio.create_subprocess_exec(
        *("setpriv", "--pdeathsig", "KILL"),  # it would ring on when this process was killed
        "baresip",
        "-f",
        str(folder),
        stdin=DEVNULL,
        stdout=(folder / "log").open("wb"),
        stderr=asyncio.subprocess.STDOUT,
    )
    made = Phone(folder, user, port, process)
    listening: asyncio.Task[None] | None = None
    try:
        await made._connect(control)
        listening = asyncio.create_task(made._listen())
        yield made
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()
        if listening is not None:
            listening.cancel()
            made._writer.close()


def _free_pair() -> int:
    """A free port before another one: baresip listens for TLS on the next, or not at all."""
    while True:
        port = free_port()
        with suppress(OSError), socket.socket() as next_one:
            next_one.bind(("127.0.0.1", port + 1))
            return port


def _config(folder: Path, port: int, control: int, silence: Path) -> str:
    modules = "".join(f"module {name}.so\n" for name in _MODULES.split())
    return f"""module_path /usr/lib/baresip/modules
{modules}sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
audio_source aufile,{silence}
audio_player aubridge,nobody
snd_path {folder}
ctrl_tcp_listen 127.0.0.1:{control}
call_max_calls 10
call_local_timeout 120
rtp_ports 30000-39999
audio_buffer 20-160
"""


def _recorded(folder: Path, side: str, call: int) -> Pcm16:
    files = sorted(folder.glob(f"dump-*-{side}.wav"), key=lambda path: path.stat().st_mtime)
    raw = files[call].read_bytes()
    start = raw.index(b"data") + 8
    return np.frombuffer(raw[start : start + (len(raw) - start) // 2 * 2], "<i2")
