"""sipp, the SIP community's own test tool, calling a line on the loopback."""

import asyncio
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

from evaluation.system import free_port

_SCENARIOS = Path(__file__).parent / "scenarios"


async def sipp(
    name: str, port: int, folder: Path, *, calls: int = 1, rate: int = 10, echo: bool = False
) -> None:
    """Runs a scenario against a line; fails the test with sipp's own words where it fails.

    `rate` is in new calls a second. With `echo` the callers send back what they hear.
    """
    command = ["sipp", f"127.0.0.1:{port}", "-sf", str(_SCENARIOS / f"{name}.xml")]
    command += ["-i", "127.0.0.1", "-p", str(free_port()), "-mp", str(free_port() // 4 * 4)]
    command += ["-m", str(calls), "-l", str(calls), "-r", str(rate), "-nostdin"]
    command += ["-timeout", "60s", "-trace_err"] + (["-rtp_echo"] if echo else [])
    folder.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=PIPE, stderr=STDOUT)
    try:
        told, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, told.decode("utf-8", "replace")[-3000:]
