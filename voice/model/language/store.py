"""A model in a file: word numbers and probabilities in 16 bits, compressed."""

import io
import lzma
from pathlib import Path

import numpy as np

from voice.model.language.ngrams import NGrams, normalised

STEP = 1 / 256
"""Probabilities are kept to a 256th of a natural logarithm: 0.4 %."""


class StoreError(ValueError):
    """A model file that can't be read: one sentence."""


def write_model(model: NGrams, path: Path, *, preset: int = 9) -> None:
    """`preset` 0–9, from fast to small. Back-off weights follow from the rest and are not kept."""
    parts: dict[str, np.ndarray] = {
        "words": np.frombuffer("\n".join(model.words).encode(), np.uint8)
    }
    for n, order in enumerate(model.orders, start=1):
        steps = np.diff(order.keys, prepend=0)
        # Byte planes: the high bytes of neighbouring differences are nearly all alike.
        parts[f"keys{n}"] = np.ascontiguousarray(
            steps.astype("<u8").view(np.uint8).reshape(-1, 8).T
        )
        parts[f"logs{n}"] = np.clip(np.round(-order.logs / STEP), 0, 65535).astype("<u2")
    buffer = io.BytesIO()
    np.savez(buffer, **parts)  # type: ignore[arg-type] # its stub takes the names for options
    path.write_bytes(lzma.compress(buffer.getvalue(), preset=preset))


def read_model(path: Path) -> NGrams:
    """The model that `write_model` wrote; raises StoreError."""
    try:
        raw = lzma.decompress(path.read_bytes())
        with np.load(io.BytesIO(raw), allow_pickle=False) as parts:
            words = tuple(parts["words"].tobytes().decode().split("\n"))
            orders = sum(name.startswith("keys") for name in parts.files)
            steps = [np.ascontiguousarray(parts[f"keys{n}"].T) for n in range(1, orders + 1)]
            keys = [np.cumsum(step.view("<u8").ravel().astype(np.int64)) for step in steps]
            logs = [-parts[f"logs{n}"].astype(np.float64) * STEP for n in range(1, orders + 1)]
    except FileNotFoundError as error:
        raise StoreError(f"{path} is missing: this model can't be adapted") from error
    except (lzma.LZMAError, ValueError, KeyError, OSError, EOFError) as error:
        raise StoreError(f"{path} is damaged: get it again") from error
    return normalised(words, keys, logs)
