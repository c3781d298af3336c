"""Which models are compared."""

from pathlib import Path

from evaluation.speech.candidates import candidates


def _model(path: Path) -> Path:
    graph = path / "graph"
    for folder in (path / "am", path / "conf", graph):
        folder.mkdir(parents=True)
    for file in (path / "am" / "final.mdl", path / "conf" / "mfcc.conf", graph / "HCLG.fst"):
        file.write_text("x\n")
    (path / "conf" / "model.conf").write_text("--endpoint.silence-phones=1\n")
    (graph / "words.txt").write_text("<eps> 0\n好 1\n#0 2\n<s> 3\n</s> 4\n")
    return path


def test_ours_first_then_every_whole_one(tmp_path: Path) -> None:
    ours = _model(tmp_path / "zh-compact")
    other = _model(tmp_path / "models" / "small-cn")
    (tmp_path / "models" / "half" / "am").mkdir(parents=True)
    assert list(candidates(ours, tmp_path).items()) == [("zh-compact", ours), ("small-cn", other)]


def test_the_one_in_use_is_tested_once(tmp_path: Path) -> None:
    other = _model(tmp_path / "models" / "small-cn")
    assert candidates(other, tmp_path) == {"small-cn": other}


def test_nothing_else_is_there(tmp_path: Path) -> None:
    assert candidates(tmp_path / "ours", tmp_path) == {"ours": tmp_path / "ours"}
