from pathlib import Path

import numpy as np

from voice.model.acoustic.corpus import LIST, Utterance, add, read_corpus

SAID = Utterance("wav/1.wav", "您好", ("n", "in", "h", "ao"), "zf_xiaobei", "domain", 0.1)


def test_what_is_added_comes_back_with_its_sound(tmp_path: Path) -> None:
    samples = np.linspace(-20_000, 20_000, 1_600, dtype=np.float32)
    add(tmp_path, SAID, samples)
    (found,) = read_corpus(tmp_path)
    assert (found.text, found.units, found.speaker) == ("您好", SAID.units, "zf_xiaobei")
    assert found.labels == [7, 43, 11, 27]
    assert np.abs(found.samples() - samples).max() <= 1


def test_a_line_that_is_still_being_written_is_left_for_later(tmp_path: Path) -> None:
    add(tmp_path, SAID, np.zeros(160, np.float32))
    with (tmp_path / LIST).open("a") as lines:
        lines.write('{"file": "wav/2.w')
    assert len(read_corpus(tmp_path)) == 1


def test_nothing_yet(tmp_path: Path) -> None:
    assert read_corpus(tmp_path / "none") == []
