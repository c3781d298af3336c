"""Teaches a compact model a city's own sentences and names, without training anything anew."""

import math
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from care.data_files import read_yaml
from voice.model.language.domain_text import sentences
from voice.model.language.mixing import mix
from voice.model.language.ngrams import NGrams
from voice.model.language.pronunciation import pronounce, read_readings
from voice.model.language.segmentation import Segmenter
from voice.model.language.smoothing import estimate
from voice.model.language.store import StoreError, read_model, write_model
from voice.model.language.widening import widened
from voice.model.language.writing import Step, write_graphs

LONGEST_NAME = 8
"""Characters; a longer line is a sentence, not a name."""

SHARE = 0.1
"""Of the city's own lines in the adapted model."""

LONGEST_LINE = 200
"""Characters."""

MOST_LINES = 20_000
_LARGEST = 4 * 2**20
"""Bytes."""

_SENTENCE_SIGNS = re.compile("[我你您他她们的了吗呢吧啊不要是有在把给去来到送叫想订能什么怎谁这那]")
_COMMON = math.log(1e-4)
"""A name is cut as one word wherever it stands."""


class AdaptationError(ValueError):
    """What was given can't be used: one sentence with what to do."""


@dataclass(frozen=True)
class CityText:
    """A city's own lines, as they are spoken."""

    lines: tuple[str, ...]
    left_out: int
    """Lines without a Chinese word."""


@dataclass(frozen=True)
class Change:
    """What an adapted model has that the old one had not."""

    lines: int
    left_out: int
    new_words: tuple[str, ...]
    unsayable: tuple[str, ...]
    """Lines that hold a character without a known reading."""

    ngrams: int
    """N-grams of the adapted model."""


def read_city_text(path: Path) -> CityText:
    """One sentence or name a line, UTF-8; empty lines and lines that begin with # are skipped."""
    try:
        if path.stat().st_size > _LARGEST:
            raise AdaptationError(
                f"{path} is larger than 4 MB: give only the city's own names and sentences."
            )
        raw = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise AdaptationError(
            f"{path} does not exist: give a text file, one sentence or name a line."
        ) from error
    except UnicodeDecodeError as error:
        raise AdaptationError(f"{path} is not UTF-8: save the file with this encoding.") from error
    except OSError as error:
        raise AdaptationError(f"{path} can't be read: {error.strerror}.") from error
    rows = [row.strip() for row in raw.splitlines()]
    rows = [row for row in rows if row and not row.startswith("#")]
    if len(rows) > MOST_LINES:
        raise AdaptationError(
            f"{path} has {len(rows)} lines, more than {MOST_LINES}: "
            "leave out what is not the city's own."
        )
    long = next((place for place, row in enumerate(rows, 1) if len(row) > LONGEST_LINE), None)
    if long:
        raise AdaptationError(
            f"{path}: line {long} has more than {LONGEST_LINE} characters: "
            "put each sentence on a line of its own."
        )
    said = [tuple(sentences(row)) for row in rows]
    lines = tuple(dict.fromkeys(line for row in said for line in row))
    if not lines:
        raise AdaptationError(f"{path} holds no Chinese text: give one sentence or name a line.")
    return CityText(lines, sum(not row for row in said))


def adapt(city: CityText, model: Path, output: Path, step: Step = lambda _: None) -> Change:
    """Writes the adapted copy of the folder `model` to `output`, which appears only when complete.

    Raises AdaptationError, and fst_error.OpenFstError if OpenFst is not there.
    """
    _check_folders(model, output)
    step("read")
    try:
        base = read_model(model / "lm" / "ngrams.xz")
    except StoreError as error:
        raise AdaptationError(str(error)) from error
    readings = read_readings(model / "lm" / "readings.yml")
    sayable = tuple(line for line in city.lines if pronounce(line, readings))
    if not sayable:
        raise AdaptationError(
            "No line can be pronounced: write Chinese characters in everyday use."
        )
    names = tuple(line for line in sayable if is_name(line))
    signs = {sign for line in sayable for sign in line}
    new = [word for word in (*names, *sorted(signs)) if word not in base.number]
    step("mix")
    mixed = _mixed(base, sayable, names, new, _frames(model / "lm" / "frames.yml"))
    sounds = {word: pronounce(word, readings) for word in mixed.words[2:]}
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".adapting-") as scratch:
        made = Path(scratch) / "model"
        shutil.copytree(model, made, ignore=shutil.ignore_patterns("graph", "ngrams.xz"))
        write_graphs(mixed, sounds, made / "graph", step)
        word_boundary = model / "graph" / "phones"
        if word_boundary.is_dir():
            shutil.copytree(word_boundary, made / "graph" / "phones")
        step("save")
        write_model(mixed, made / "lm" / "ngrams.xz", preset=1)
        made.replace(output)
    total = sum(len(order.keys) for order in mixed.orders)
    unsayable = tuple(line for line in city.lines if line not in frozenset(sayable))
    return Change(len(sayable), city.left_out, tuple(new), unsayable, total)


def is_name(line: str) -> bool:
    """Short, and without the little words that sentences are made of."""
    return 2 <= len(line) <= LONGEST_NAME and not _SENTENCE_SIGNS.search(line)


def _check_folders(model: Path, output: Path) -> None:
    for needed in ("am/final.mdl", "lm/ngrams.xz", "lm/readings.yml", "lm/frames.yml"):
        if not (model / needed).is_file():
            raise AdaptationError(
                f"{model} can't be adapted, it has no {needed}: give the compact model's folder; "
                "for the official models see docs/adapting-speech.md."
            )
    if output.exists():
        raise AdaptationError(f"{output} exists already: delete it or give another --output.")
    if output.resolve().is_relative_to(model.resolve()):
        raise AdaptationError(f"{output} lies inside the model itself: give another --output.")


def _frames(path: Path) -> tuple[str, ...]:
    frames = read_yaml(path).get("frames", [])
    if not frames or any("{}" not in frame for frame in frames):
        raise AdaptationError(f"{path} is damaged: every frame needs {{}}.")
    return tuple(frames)


def _mixed(
    base: NGrams,
    lines: tuple[str, ...],
    names: tuple[str, ...],
    new: list[str],
    frames: tuple[str, ...],
) -> NGrams:
    """The old model with a small share of the city's own."""
    wide = widened(base, new)
    single = wide.orders[0].logs
    chances = {word: float(single[place]) for word, place in wide.number.items() if place > 1}
    chances |= dict.fromkeys(names, _COMMON)
    segmenter = Segmenter(chances)
    texts = [frame.replace("{}", name) for name in names for frame in frames]
    texts += [line for line in lines if not is_name(line)]
    cut = [segmenter.cut(text) for text in texts]
    # A frame may hold a character that a small model does not know.
    own = [
        [wide.number[word] for word in words] for words in cut if wide.number.keys() >= set(words)
    ]
    return mix([wide, estimate(wide.words, own)], (1 - SHARE, SHARE), fixed=True)
