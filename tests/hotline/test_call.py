"""`hotline call`: its words, and the secret that lets it in."""

from pathlib import Path

from care.data_files import DATA
from hotline.call import load_outbound_words
from hotline.local_token import drop_token, keep_token, new_token, read_token
from voice.call.machine import Other
from voice.line.leg import Failed


def test_every_outcome_has_its_sentence() -> None:
    words = load_outbound_words(DATA)
    outcomes = [*(why.replace(" ", "_") for why in Failed), *Other, "hung_up"]
    assert all(getattr(words, outcome) for outcome in outcomes)
    assert "138" in words.dialling.format(target="138")


def test_the_secret_is_for_one_run_and_one_user(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    old, new = new_token(), new_token()
    keep_token(folder, 8000, old)
    keep_token(folder, 8000, new)  # what a process that was killed has left is worth nothing
    assert old != new
    assert read_token(folder, 8000) == new
    assert read_token(folder, 8001) is None
    [file] = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    drop_token(folder, 8000)
    assert read_token(folder, 8000) is None
