from pathlib import Path

import numpy as np
import pytest

from voice.model.language.arpa import ENDS, ArpaError, read_arpa, singles

TEXT = """
\\data\\
ngram 1=4
ngram 2=3
ngram 3=1

\\1-grams:
-1.0\t<unk>\t0
-0.4\t我\t-0.3
-0.5\t要\t-0.2
-0.9\t飯\t0

\\2-grams:
-0.1\t我 要\t-0.1
-0.2\t要 我\t0
-0.3\t要 飯\t0

\\3-grams:
-0.05\t我 要 飯

\\end\\
"""


@pytest.fixture
def arpa(tmp_path: Path) -> Path:
    path = tmp_path / "lm.arpa"
    path.write_text(TEXT, "utf-8")
    return path


def test_only_ngrams_within_the_words_are_read(arpa: Path) -> None:
    model = read_arpa(arpa, ["我", "要"])
    assert [len(order.keys) for order in model.orders[:2]] == [4, 2]
    i, want = model.number["我"], model.number["要"]
    assert np.exp(model.score(np.array([[i, want]])))[0] == pytest.approx(
        10**-0.1 * (1 - ENDS), rel=1e-6
    )


def test_trigrams_are_read(arpa: Path) -> None:
    model = read_arpa(arpa, ["我", "要", "飯"])
    gram = np.array([[model.number[word] for word in "我要飯"]])
    assert np.exp(model.score(gram))[0] == pytest.approx(10**-0.05 * (1 - ENDS), rel=1e-6)


def test_a_word_that_the_file_lacks_has_a_small_share(arpa: Path) -> None:
    model = read_arpa(arpa, ["我", "驼绒花巷"])
    known, new = model.score(np.array([[model.number["我"]], [model.number["驼绒花巷"]]]))
    assert known - 20 < new < known - 5


def test_singles_are_natural_logarithms(arpa: Path) -> None:
    assert singles(arpa)["我"] == pytest.approx(-0.4 * np.log(10))


def test_a_broken_line_names_itself(arpa: Path) -> None:
    arpa.write_text(TEXT.replace("-0.5\t要", "x\t要"), "utf-8")
    with pytest.raises(ArpaError, match=r"lm\.arpa:10"):
        singles(arpa)
