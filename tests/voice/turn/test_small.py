"""What the deciders share: nearness, hesitation, where to go on, a moment, prompts, delays."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.data_files import DATA, DataFileError, load_model, read_yaml
from voice.synthesis.voices import load_voices
from voice.turn.backchannel import is_backchannel
from voice.turn.delays import delays
from voice.turn.echo import Echo
from voice.turn.expectation import Expectation
from voice.turn.hesitation import Hesitation
from voice.turn.nearness import Nearness
from voice.turn.pace_words import Wish
from voice.turn.periodicity import Periodicity
from voice.turn.prompts import TurnPrompts, turn_prompts
from voice.turn.ready import make_ready
from voice.turn.resume import resume_at
from voice.turn.sentences import sentences
from voice.turn.voiced import Voiced
from voice.turn.wait_wish import wants_a_moment


def voice(level: float, windows: int = 20) -> list[Voiced]:
    return [Voiced(n * 0.032, 0.032, 0.9, level) for n in range(windows)]


def heard(nearness: Nearness, level: float, *, had_words: bool = True) -> None:
    for window in voice(level):
        nearness.hear(window)
    nearness.turn_over(had_words=had_words)


def test_nobody_is_known_at_first() -> None:
    nearness = Nearness()
    assert nearness.is_near(voice(-35)[0])
    assert not nearness.is_near(voice(-48)[0])
    assert nearness.goes_on(voice(-55)[0])
    assert not nearness.is_far


def test_the_caller_is_known_after_a_turn_with_words() -> None:
    nearness = Nearness()
    heard(nearness, -20, had_words=False)
    assert nearness.is_near(voice(-40)[0])
    heard(nearness, -20)
    assert not nearness.is_near(voice(-36)[0])
    assert nearness.is_near(voice(-34)[0])


def test_a_television_does_not_become_the_caller() -> None:
    nearness = Nearness()
    heard(nearness, -20)
    for _ in range(10):
        heard(nearness, -45)
    assert not nearness.is_near(voice(-45)[0])


def test_a_caller_who_moves_away_a_little_is_followed() -> None:
    nearness = Nearness()
    for level in (-20, -26, -30, -34, -36, -38, -38, -38):
        heard(nearness, level)
    assert nearness.is_near(voice(-45)[0])


@settings(deadline=None)
@given(st.lists(st.floats(0.0, 5.0), max_size=40), st.floats(0.35, 5.0), st.floats(0.1, 2.0))
def test_hesitation_only_adds_and_never_too_much(
    pauses: list[float], wait: float, most: float
) -> None:
    hesitation = Hesitation()
    for pause in pauses:
        hesitation.went_on(pause)
    assert wait <= hesitation.stretched(wait, most) <= wait + most


@pytest.mark.parametrize(
    ("stopped", "starts", "at"),
    [
        (5.0, [], 4.7),
        (0.1, [], 0.0),
        (5.0, [0.0, 2.0, 4.0, 6.0], 4.0),
        (4.1, [0.0, 2.0, 4.0, 6.0], 2.0),  # hardly anything of the clause was heard
        (9.0, [0.0], 8.7),
        (0.0, [0.0], 0.0),
    ],
)
def test_where_our_voice_goes_on(stopped: float, starts: list[float], at: float) -> None:
    assert resume_at(stopped, starts) == pytest.approx(at)


@settings(deadline=None)
@given(st.floats(0, 60), st.lists(st.floats(0, 60), max_size=9).map(sorted))
def test_nothing_unheard_is_skipped(stopped: float, starts: list[float]) -> None:
    assert max(0.0, stopped - 4.3) <= resume_at(stopped, starts) <= stopped


@pytest.mark.parametrize(
    "text", ["等一下", "你等等啊", "我拿个笔", "别挂我找找", "等我戴上老花镜", "我看看日历", "稍等"]
)
def test_a_moment_is_asked_for(text: str) -> None:
    assert wants_a_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我要订饭",
        "等级评定怎么办",
        "我想问一下低保",
        "我想问一下",
        "我想问问",
        "我叫",
        "找个人来",
        "我查一下补贴",
    ],
)
def test_no_moment_is_asked_for(text: str) -> None:
    assert not wants_a_moment(text)


def test_most_of_what_the_dialogue_knows_as_waiting() -> None:
    said = read_yaml(DATA / "nlu" / "social" / "wait.yml")["nlu"][0]["examples"].splitlines()
    texts = [line.removeprefix("- ") for line in said]
    assert sum(map(wants_a_moment, texts)) / len(texts) >= 0.7


@pytest.mark.parametrize(
    ("text", "expectation", "listens"),
    [
        ("嗯", Expectation.YES_NO, True),
        ("哦", Expectation.ANYTHING, True),
        ("好", Expectation.ANYTHING, True),
        ("好", Expectation.YES_NO, False),
        ("不", Expectation.ANYTHING, False),
        ("转人工", Expectation.ANYTHING, False),
    ],
)
def test_words_of_a_listener(text: str, expectation: Expectation, listens: bool) -> None:
    assert is_backchannel(text, expectation) is listens


def test_vowels_repeat_themselves_and_noise_does_not() -> None:
    rng = np.random.default_rng(1)
    times = np.arange(256 * 8) / 8000
    pulses = np.sign(np.sin(2 * np.pi * 120 * times)) + 0.1 * rng.standard_normal(len(times))
    vowel, noise = Periodicity(8000), Periodicity(8000)
    for start in range(0, len(times), 256):
        voiced = vowel.push(pulses[start : start + 256].astype(np.float32))
        hiss = noise.push(rng.standard_normal(256).astype(np.float32))
    assert voiced > 0.9
    assert hiss < 0.5
    assert Periodicity(8000).push(np.zeros(256, np.float32)) == 0.0


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3, 0.49])
def test_what_we_play_is_known_again(delay: float) -> None:
    rng = np.random.default_rng(2)
    played = rng.standard_normal(16000).astype(np.float32) * 0.1
    late = np.concatenate([np.zeros(round(delay * 8000)), played])[:16000].astype(np.float32)
    other = rng.standard_normal(16000).astype(np.float32) * 0.1
    for heard_sound, least, most in ((late * 0.1, 0.9, 1.0), (other, 0.0, 0.4)):
        echo = Echo(8000)
        for start in range(0, 16000, 160):
            echo.exchange(played[start : start + 160], heard_sound[start : start + 160])
            found = echo.similarity()
        assert least <= found <= most


def test_silence_is_like_nothing() -> None:
    echo = Echo(8000)
    assert echo.similarity() == 0.0
    echo.exchange(np.ones(160, np.float32), np.zeros(160, np.float32))
    assert echo.similarity() == 0.0
    with pytest.raises(ValueError, match="160 samples went out and 80 came in"):
        echo.exchange(np.ones(160, np.float32), np.zeros(80, np.float32))


def test_prompts_are_short_and_have_a_variant_where_they_come_often() -> None:
    prompts = turn_prompts()
    assert all(len(text) <= 40 for text in prompts.texts())
    assert all(len(variants) >= 2 for variants in prompts.fillers)
    first = prompts.filler(0)
    assert prompts.filler(0, said_before=first) != first
    assert prompts.filler(99) in prompts.fillers[-1]
    assert set(prompts.at_limit) == set(Wish) - {Wish.REPEAT}


def test_everything_loads_and_speeds_hold_the_usual_one() -> None:
    make_ready()
    assert load_voices()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("prompts", "fillers: []", r"prompts.yml:1: fillers"),
        ("delays", "end: {complete: 0.35, murmur: 9.0}", r"delays.yml:1: end"),
        ("delays", "\nstart: {speech: x}\n", r"delays.yml:2: (start|end)"),
        ("sentences", "half: ['(']", r"sentences.yml:1: (half|hesitations)"),
    ],
)
def test_a_bad_file_names_its_problem(
    name: str, content: str, problem: str, tmp_path: Path
) -> None:
    (tmp_path / "turn").mkdir()
    (tmp_path / "turn" / f"{name}.yml").write_text(content, "utf-8")
    load = {"prompts": turn_prompts, "delays": delays, "sentences": sentences}[name]
    with pytest.raises(DataFileError, match=problem):
        load(tmp_path)


def test_delays_have_to_rise(tmp_path: Path) -> None:
    content = (
        (DATA / "turn" / "delays.yml").read_text("utf-8").replace("complete: 0.35", "complete: 1")
    )
    (tmp_path / "delays.yml").write_text(content, "utf-8")
    with pytest.raises(DataFileError, match="complete ≤ murmur"):
        load_model(tmp_path / "delays.yml", type(delays()))
    assert load_model(DATA / "turn" / "prompts.yml", TurnPrompts) == turn_prompts()
