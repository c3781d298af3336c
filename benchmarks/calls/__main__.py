"""`python -m benchmarks.calls`: real calls on the loopback, ours beside the plain stack."""

import shutil
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.calls.dialogues import load_dialogues
from benchmarks.calls.measuring import MeasuringError, measure
from benchmarks.calls.picture import draw
from benchmarks.calls.report import report
from care.data_files import DataFileError
from care.settings import SettingsError, read_settings
from evaluation.calls.voices import CallersVoice
from evaluation.guard import orderly
from evaluation.server import ServerError
from voice.audio.errors import AudioError
from voice.synthesis.port import SynthesisError

out = Console(highlight=False)
RESULTS = Path("results")


def main() -> int:
    """Prints all, writes results/bench-calls.json and .png; 1: a goal is missed, 2: a trouble."""
    if shutil.which("baresip") is None:
        out.print("the telephones are missing: run script/setup --dev", style="red")
        return 2
    out.print("telephones: Debian's baresip, a process of one hundredth of a core for each")
    try:
        dialogues, voice = load_dialogues(), CallersVoice(read_settings())
        voice.prepare(dialogues.texts())
        results = measure(dialogues, voice, out)
    except (SettingsError, DataFileError, AudioError, SynthesisError, ServerError) as error:
        out.print(str(error), style="red", markup=False)
        return 2
    except MeasuringError as error:
        out.print(f"{error}: try again when the machine does less", style="red", markup=False)
        return 2
    reached = report(results, RESULTS / "bench-calls.json", out)
    draw(results, RESULTS / "bench-calls.png")
    return int(not reached)


if __name__ == "__main__":
    orderly()
    sys.exit(main())
