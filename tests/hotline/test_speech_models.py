"""`hotline models list` and `hotline models fetch`."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from hotline.speech_models import fetch_model, list_models
from tests.voice.recognition.archives import TOP, archive, sha256
from tests.voice.recognition.model_server import Behaviour, serving
from tests.voice.recognition.test_model_folder import FILES, folder

CONTENT = archive()


@pytest.fixture
def out() -> Console:
    return Console(file=io.StringIO(), width=300)


def told(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def data(at: Path, address: str) -> Path:
    (at / "speech").mkdir(parents=True)
    (at / "speech" / "official_models.yml").write_text(
        f"models:\n  - name: tiny\n    folder: {TOP}\n    address: {address}\n"
        f"    megabytes: {len(CONTENT) / 1e6}\n    unpacked_megabytes: 1\n"
    )
    return at


def test_fetched_and_said_that_nobody_vouches_for_it(tmp_path: Path, out: Console) -> None:
    with serving(Behaviour(CONTENT)) as address:
        files = data(tmp_path / "data", address)
        assert fetch_model("tiny", tmp_path / "speech", out, data=files) == 0
    assert "NOT checked against a published SHA-256" in told(out)
    assert sha256(CONTENT) in told(out)
    assert f"SPEECH_MODEL={tmp_path / 'speech' / 'models' / 'tiny'}" in told(out)


@pytest.mark.parametrize(
    ("name", "sum_", "sentence"),
    [
        ("huge", "", "There is no model 'huge': choose one of tiny."),
        ("tiny", "abc", "64 hexadecimal digits"),
        ("tiny", "0" * 64, "expected was 0000"),
    ],
)
def test_refused_in_a_sentence(
    name: str, sum_: str, sentence: str, tmp_path: Path, out: Console
) -> None:
    with serving(Behaviour(CONTENT)) as address:
        files = data(tmp_path / "data", address)
        assert fetch_model(name, tmp_path / "speech", out, sha256=sum_, data=files) == 1
    assert sentence in told(out)


def test_the_list_tells_what_is_here(tmp_path: Path, out: Console) -> None:
    models = tmp_path / "speech" / "models"
    own = folder(tmp_path / "own", FILES)
    folder(models / "mine", FILES)
    (models / "broken").mkdir()
    list_models(own, tmp_path / "speech", out, data(tmp_path / "data", "https://example.org/x.zip"))
    lines = told(out).splitlines()
    for name, state in (
        ("own", "在用"),
        ("tiny", "可下载"),
        ("mine", "可用"),
        ("broken", "不可用"),
    ):
        assert any(name in line and state in line for line in lines), name
