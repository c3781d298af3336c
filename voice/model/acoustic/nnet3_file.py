"""An nnet3 model file: its network description and the bytes and arrays of each component."""

import re
from dataclasses import dataclass
from pathlib import Path

from voice.model.acoustic.kaldi_binary import Floats, KaldiFormatError, KaldiReader

_START = b"<ComponentName> "
_END = b"</Nnet3>"


@dataclass(frozen=True)
class Component:
    """One component, as it stands in the file."""

    name: str
    raw: bytes
    """From `<ComponentName>` up to the next component."""

    def matrix(self, field: str) -> Floats:
        """[rows, columns]; `field` is for instance `<LinearParams>`."""
        return self._after(field).matrix()

    def vector(self, field: str) -> Floats:
        return self._after(field).vector()

    def integers(self, field: str) -> list[int]:
        return self._after(field).integers()

    def real(self, field: str) -> float:
        return self._after(field).real()

    def replaced(self, arrays: dict[str, bytes]) -> bytes:
        """The component's bytes with other matrices and vectors, of the same shapes."""
        raw = self.raw
        for field, written in arrays.items():
            start = raw.index(field.encode() + b" ") + len(field) + 1
            reader = KaldiReader(raw, start)
            if raw[start : start + 1] == b"F" and raw[start : start + 2] == b"FM":
                reader.matrix()
            else:
                reader.vector()
            if reader.place - start != len(written):
                raise KaldiFormatError(f"{self.name}: {field} has another shape")
            raw = raw[:start] + written + raw[reader.place :]
        return raw

    def _after(self, field: str) -> KaldiReader:
        try:
            place = self.raw.index(field.encode() + b" ")
        except ValueError as error:
            raise KaldiFormatError(f"{self.name} has no {field}") from error
        return KaldiReader(self.raw, place + len(field) + 1)


@dataclass(frozen=True)
class Nnet3File:
    """What this project needs of a model: not its transition model, which it writes anew."""

    description: str
    """The lines that connect the components, from `<Nnet3>` on."""
    components: tuple[Component, ...]

    def __getitem__(self, name: str) -> Component:
        for component in self.components:
            if component.name == name:
                return component
        raise KaldiFormatError(f"the model has no component {name}")


def read_nnet3(path: Path) -> Nnet3File:
    """Reads a binary `final.mdl`; raises KaldiFormatError if it is none."""
    content = path.read_bytes()
    try:
        head, first = content.index(b"<Nnet3>"), content.index(b"<NumComponents>")
        end = content.index(_END)
    except ValueError as error:
        raise KaldiFormatError(f"{path} is no binary nnet3 model") from error
    starts = [match.start() for match in re.finditer(re.escape(_START), content)]
    components = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        name = KaldiReader(content, start + len(_START)).token()
        components.append(Component(name, content[start:stop]))
    return Nnet3File(content[head:first].decode("latin1"), tuple(components))
