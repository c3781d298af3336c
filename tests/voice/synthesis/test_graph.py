"""The voice model's file is opened at one place or not touched at all."""

import pytest

from voice.synthesis.graph import FRAMES, GraphError, open_durations

NODE = b"\x12\x16" + FRAMES.encode()


def test_the_node_gets_another_name_and_the_rest_stays() -> None:
    model = bytearray(b"before" + NODE + b"after\x0a\x16" + FRAMES.encode())
    before = bytes(model)
    open_durations(model)
    assert bytes(model[: len(before)]) == before.replace(NODE, NODE[:-1] + b"x", 1)
    added = bytes(model[len(before) :])
    assert added[0] == 7 << 3 | 2, "one more piece of the field graph"
    assert all(name in added for name in (b"least", b"Max", FRAMES.encode()))


@pytest.mark.parametrize("content", [b"", b"not a model", NODE + NODE])
def test_another_file_is_refused_untouched(content: bytes) -> None:
    model = bytearray(content)
    with pytest.raises(GraphError, match="no single node"):
        open_durations(model)
    assert bytes(model) == content
