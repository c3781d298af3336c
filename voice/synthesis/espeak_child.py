"""Speaks one text into one file and ends: `python -I espeak_child.py OUT RATE < pinyin`.

A process of its own, because pyttsx3 crashes with threads, hangs after a fork, and says that it has
finished before there is a file. It imports nothing of the project, so it starts in a tenth of a
second. Exit code 0 with a whole WAV file at OUT, 1 without.
"""

import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

VOICE = "cmn-latn-pinyin+f3"
"""Mandarin from pinyin; the voice `cmn` reads the tones of characters out in English."""
LIFETIME = 20
"""Seconds after which the process ends whatever happens, should nobody be left to end it."""
_PATIENCE = 2.0
"""Seconds for the file to appear after pyttsx3 said that it was there."""


def main() -> int:
    """Tries pyttsx3 first, then espeak-ng's own command."""
    signal.alarm(LIFETIME)
    out, rate = Path(sys.argv[1]), int(sys.argv[2])
    text = sys.stdin.read()
    if _with_pyttsx3(text, out, rate) or _with_command(text, out, rate):
        return 0
    return 1


def _with_pyttsx3(text: str, out: Path, rate: int) -> bool:
    try:
        import pyttsx3  # noqa: PLC0415 - may fail, and then the command is left

        engine = pyttsx3.init(driverName="espeak")
        engine.setProperty("voice", VOICE)
        engine.setProperty("rate", rate)
        engine.save_to_file(text, str(out))
        engine.runAndWait()
    except Exception:  # whatever it is, somebody waits for a voice
        return False
    ends = time.monotonic() + _PATIENCE
    while not is_whole(out):
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def _with_command(text: str, out: Path, rate: int) -> bool:
    command = ["espeak-ng", "-v", VOICE, "-s", str(rate), "-w", str(out), "--stdin"]
    try:
        subprocess.run(  # noqa: S603 - fixed words, the text comes through a pipe
            command, input=text.encode(), check=True, timeout=_PATIENCE * 4, capture_output=True
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return is_whole(out)


def is_whole(path: Path) -> bool:
    """Whether there is a WAV file with all the sound that its header tells of."""
    try:
        with wave.open(str(path)) as file:
            count, width = file.getnframes(), file.getsampwidth()
            return bool(0 < count == len(file.readframes(count)) // width)
    except (OSError, EOFError, wave.Error):
        return False


if __name__ == "__main__":
    sys.exit(main())
