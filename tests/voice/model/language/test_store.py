from pathlib import Path

import numpy as np
import pytest

from tests.voice.model.language.models import learned
from voice.model.language.store import StoreError, read_model, write_model


def test_what_was_written_is_read(tmp_path: Path) -> None:
    model = learned([[2, 3, 4], [3, 4, 5], [2, 2]])
    write_model(model, tmp_path / "ngrams.xz")
    back = read_model(tmp_path / "ngrams.xz")
    assert back.words == model.words
    for one, other in zip(back.orders, model.orders, strict=True):
        assert (one.keys == other.keys).all()
        assert one.logs == pytest.approx(np.maximum(other.logs, -256), abs=0.02)


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_damaged_file_says_so(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "ngrams.xz"
    write_model(learned([[2, 3, 4]]), path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(StoreError, match="damaged"):
        read_model(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"):
        read_model(tmp_path / "ngrams.xz")
