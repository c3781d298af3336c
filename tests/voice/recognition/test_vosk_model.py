"""Real recognition with the shipped model."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from tests.voice.recognition.said import SAID
from voice.audio.reading import read_audio
from voice.audio.resampling import resample
from voice.recognition.phrases import Grammar
from voice.recognition.recogniser import Samples
from voice.recognition.transcript import Partial, Transcript
from voice.recognition.vosk_model import SpeechModel, SpeechModelError, open_model

RATE = 16_000


def sound(path: Path, rate: int = RATE) -> Samples:
    return resample(read_audio(path, rate=RATE).samples, RATE, rate)


def hear(model: SpeechModel, samples: Samples, rate: int = RATE, chunk: int = 1_600) -> Transcript:
    ears = model.recogniser(rate)
    for start in range(0, len(samples), chunk):
        ears.accept(samples[start : start + chunk])
    return ears.finish()


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 48_000])
@pytest.mark.parametrize("path", SAID, ids=lambda path: path.stem)
def test_sentences_are_heard_at_any_rate(model: SpeechModel, path: Path, rate: int) -> None:
    heard = hear(model, sound(path, rate), rate)
    assert Levenshtein.distance(heard.text, SAID[path]) * 3 <= len(SAID[path]), heard.text


@pytest.mark.parametrize("chunk", [37, 160, 100_000])
def test_how_the_sound_is_cut_makes_no_difference(model: SpeechModel, chunk: int) -> None:
    samples = sound(next(iter(SAID)))
    assert hear(model, samples, chunk=chunk).text == hear(model, samples).text


def test_words_have_times_and_confidences(model: SpeechModel) -> None:
    samples = sound(next(iter(SAID)))
    heard = hear(model, samples)
    assert "".join(word.text for word in heard.words) == heard.text
    assert " " not in heard.text
    assert all(0 <= word.start <= word.end <= len(samples) / RATE + 0.1 for word in heard.words)
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    assert 0 < heard.confidence <= 1


def test_times_run_through_the_call(model: SpeechModel) -> None:
    samples = sound(next(iter(SAID)))
    ears = model.recogniser(RATE)
    ears.accept(samples)
    first = ears.finish()
    ears.accept(samples)
    second = ears.finish()
    assert second.start >= first.end - 0.1
    assert second.end <= 2 * len(samples) / RATE + 0.1


def test_partials_grow_into_the_transcript(model: SpeechModel) -> None:
    ears = model.recogniser(8_000)
    samples = sound(next(iter(SAID)), 8_000)
    heard = [ears.accept(samples[at : at + 800]) for at in range(0, len(samples), 800)]
    partials = [one.text for one in heard if isinstance(one, Partial)]
    assert len(partials) >= 3
    assert all(one != other for one, other in pairwise(partials))
    assert ears.finish().text


@pytest.mark.parametrize("rate", [8_000, 16_000])
@pytest.mark.parametrize("size", [0, 1, 2, 159])
def test_hardly_any_sound_is_an_empty_transcript(model: SpeechModel, rate: int, size: int) -> None:
    ears = model.recogniser(rate)
    assert ears.accept(np.zeros(size, np.float32)) is None
    assert ears.finish().words == ()
    assert ears.finish().text == ""


def test_broken_samples_do_no_lasting_harm(model: SpeechModel) -> None:
    path = next(iter(SAID))
    ears = model.recogniser(8_000)
    ears.accept(np.array([np.nan, np.inf, -np.inf, 1e30], np.float32))
    ears.accept(sound(path, 8_000))
    heard = ears.finish().text
    assert Levenshtein.distance(heard, SAID[path]) * 2 <= len(SAID[path]), heard


def test_a_narrowed_recogniser_hears_nothing_else(model: SpeechModel) -> None:
    ears = model.recogniser(RATE, Grammar(tuple("零一二三四五六七八九幺")))
    ears.accept(sound(next(iter(SAID))))
    assert set(ears.finish().text) <= set("零一二三四五六七八九幺")


@pytest.mark.parametrize("phrases", [(), ("",), ("犇羴鱻",)])
def test_a_grammar_without_known_words_is_refused(
    model: SpeechModel, phrases: tuple[str, ...]
) -> None:
    with pytest.raises(SpeechModelError, match="knows no phrase"):
        model.recogniser(RATE, Grammar(phrases))


@pytest.mark.parametrize("rate", [0, -8_000, 10**9])
def test_a_rate_that_does_not_exist_is_refused(model: SpeechModel, rate: int) -> None:
    with pytest.raises(ValueError, match="sampling rate"):
        model.recogniser(rate)


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"])
def test_a_damaged_file_is_told(model_folder: Path, name: str, tmp_path: Path) -> None:
    broken = tmp_path / "model"
    shutil.copytree(model_folder, broken)
    whole = (broken / name).read_bytes()
    (broken / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SpeechModelError, match="damaged") as raised:
        open_model(broken)
    assert str(broken) in str(raised.value)


def resident() -> int:
    """Bytes of this process in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def test_hundreds_of_short_calls_leave_nothing_behind(model: SpeechModel) -> None:
    samples = sound(next(iter(SAID)))[:480]

    def calls(count: int) -> int:
        for _ in range(count):
            ears = model.recogniser(8_000)
            ears.accept(samples)
            ears.finish()
        return resident()

    before = calls(50)
    assert calls(250) - before < 6 * 2**20
