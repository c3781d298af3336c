"""Opens Kokoro's network at the one place where it decides how long each sound lasts.

Left alone the network gives a comma a tenth of a second, where an elder needs two. So the frames of
each token are bounded from below by one more input, `least`, and are given back as one more output.
Why not from above, too: docs/decisions/0006.

A file in ONNX is a protobuf message, and a second `graph` field is merged into the first (protobuf
encoding, "Last One Wins": lists inside it are concatenated), so the nodes are simply appended.
"""

FRAMES = "/encoder/Clip_output_0"
"""The tensor float [1, tokens] with the frames of each token, 600 samples a frame."""

_PREDICTED = "/encoder/Clip_output_x"
"""Its new name before the bound; of the same length, so that nothing else in the file moves."""


class GraphError(ValueError):
    """The file isn't the network that this was written for."""


def open_durations(model: bytearray) -> None:
    """Adds the input `least` and the output `FRAMES` to the model, in place.

    Raises GraphError, with the model untouched, unless exactly one node gives out the frames.
    """
    made = _text(2, FRAMES)
    if model.count(made) != 1:
        raise GraphError("the voice model has no single node with the frames of each token")
    start = model.find(made)
    model[start : start + len(made)] = _text(2, _PREDICTED)
    model += _message(
        7,
        _node("Max", _PREDICTED, "least", FRAMES)
        + _input("least")
        + _message(12, _text(1, FRAMES)),
    )


def _node(kind: str, left: str, right: str, output: str) -> bytes:
    inputs = _text(1, left) + _text(1, right)
    return _message(1, inputs + _text(2, output) + _text(3, f"bound_{kind}") + _text(4, kind))


def _input(name: str) -> bytes:
    """A float tensor [1, sequence_length]."""
    shape = _message(1, _number(1, 1)) + _message(1, _text(2, "sequence_length"))
    tensor = _number(1, 1) + _message(2, shape)
    return _message(11, _text(1, name) + _message(2, _message(1, tensor)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
