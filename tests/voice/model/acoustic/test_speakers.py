"""Who reads aloud to train on, and who never does."""

from pathlib import Path

import numpy as np
import pytest

from voice.model.acoustic.speakers import HELD_OUT, PROSODIES, Speakers

NAMES = ("af_heart", "am_adam", "jf_alpha", *PROSODIES)
APART = ("zf_xiaoyi", "zm_yunyang", "am_liam", "af_nova", "bm_lewis", "bf_emma")


@pytest.fixture
def speakers(tmp_path: Path) -> Speakers:
    for number, name in enumerate((*NAMES, *APART)):
        np.full((510, 256), number, "<f4").tofile(tmp_path / f"{name}.bin")
    return Speakers(tmp_path)


def test_a_held_out_voice_never_reads_to_train_on(speakers: Speakers) -> None:
    rng = np.random.default_rng(1)
    drawn = " ".join(speakers.draw(rng)[0] for _ in range(1_000))
    assert not [name for name in APART if name in drawn]
    assert all(name in drawn for name in NAMES)


def test_every_prosody_is_mostly_mandarin(speakers: Speakers) -> None:
    rng = np.random.default_rng(2)
    least = len(NAMES) - len(PROSODIES)
    for _ in range(300):
        name, style = speakers.draw(rng)
        prosody = name.split("/")[-1]
        assert prosody.split("~")[0].split("+")[0] in PROSODIES
        if "~" not in prosody:
            # Numbers of the voices stand for their sound: a mixture lies between, or just beyond.
            assert style[0, 200] >= least - 0.2 * len(PROSODIES)


def test_a_held_out_speaker_has_the_timbre_of_one_and_the_prosody_of_the_other(
    speakers: Speakers,
) -> None:
    timbre, prosody = HELD_OUT["am_liam/zf_xiaoyi"]
    style = speakers.held_out("am_liam/zf_xiaoyi")
    assert np.array_equal(style[:, :128], speakers.style(timbre)[:, :128])
    assert np.array_equal(style[:, 128:], speakers.style(prosody)[:, 128:])
