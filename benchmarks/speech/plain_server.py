"""The plain loop to compare with, as vosk-server's `asr_server.py` has it.

A recogniser for each WebSocket connection, each message (16 kHz, 16 bits) given to a pool of as
many threads as there are cores, its answer sent back. `python -m benchmarks.speech.plain_server
MODEL` prints its port and serves until its input ends.
"""

import asyncio
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import vosk
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.speech.sound import WIDE

EOF = json.dumps({"eof": 1})
"""What a client sends at its end."""


def _process(recogniser: vosk.KaldiRecognizer, message: str | bytes) -> tuple[str, bool]:
    if isinstance(message, str):
        return str(recogniser.FinalResult()), True
    if recogniser.AcceptWaveform(message):
        return str(recogniser.Result()), False
    return str(recogniser.PartialResult()), False


async def main(path: str) -> None:
    """Loads the model in the folder `path` and serves."""
    vosk.SetLogLevel(-1)
    model = vosk.Model(path)
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:

        async def recognise(connection: ServerConnection) -> None:
            recogniser = vosk.KaldiRecognizer(model, WIDE)
            recogniser.SetWords(True)
            async for message in connection:
                answer, stop = await loop.run_in_executor(pool, _process, recogniser, message)
                await connection.send(answer)
                if stop:
                    return

        async with serve(recognise, "127.0.0.1", 0) as server:
            print(server.sockets[0].getsockname()[1], flush=True)  # whoever started it waits
            await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
