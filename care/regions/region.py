"""Regions from the province down to the 嘎查, with what people call them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from care.language.marked_yaml import line_of
from care.language.plain_file import (
    PlainFileError,
    only_fields,
    read_plain,
    text_field,
    texts_field,
)

LEVELS = ("province", "city", "district", "town", "community")
"""省/自治区 · 盟/市 · 旗/区/县/新城 · 苏木/镇/街道 · 社区/嘎查; a part is below its parent."""


@dataclass(frozen=True)
class Region:
    """One administrative region."""

    name: str
    """The full name: 额济纳旗."""

    level: str
    """One of `LEVELS`."""

    parent: str | None
    """The full name of the region it lies in; None for a province."""

    aliases: tuple[str, ...] = ()
    """What people say instead: 额旗, 额济纳."""


@dataclass(frozen=True)
class Regions:
    """All regions, found by name or alias."""

    regions: tuple[Region, ...]
    """Parents before their parts."""

    _by_name: dict[str, Region] = field(repr=False, compare=False)

    @classmethod
    def load(cls, path: Path) -> "Regions":
        """Reads `data/regions.yml`.

        Raises PlainFileError with the line of the region that is wrong.
        """
        content = read_plain(path)
        if not isinstance(content, list) or not content:
            raise PlainFileError(path, 1, "expected a list of regions at the top")
        found: list[Region] = []
        by_name: dict[str, Region] = {}
        for entry, region in _walk(path, content, None):
            for name in (region.name, *region.aliases):
                if name in by_name:
                    raise PlainFileError(path, line_of(entry), f"'{name}' occurs twice")
                by_name[name] = region
            found.append(region)
        return cls(tuple(found), by_name)

    def __iter__(self) -> Iterator[Region]:
        return iter(self.regions)

    def find(self, name: str) -> Region | None:
        """The region with this name or alias."""
        return self._by_name.get(name)

    def named_in(self, text: str) -> Region | None:
        """The deepest region that a text names, by its name or an alias."""
        named = [each for each in self if any(name in text for name in (each.name, *each.aliases))]
        return max(named, key=lambda each: LEVELS.index(each.level)) if named else None

    def path(self, name: str) -> tuple[str, ...]:
        """Full names from the province to the region itself; empty for an unknown name."""
        names: list[str] = []
        region = self.find(name)
        while region is not None:
            names.append(region.name)
            region = self.find(region.parent) if region.parent else None
        return tuple(reversed(names))

    def within(self, name: str, ancestor: str) -> bool:
        """Whether `name` is `ancestor` or lies in it; False when either is unknown."""
        outer = self.find(ancestor)
        return outer is not None and outer.name in self.path(name)

    def parts(self, name: str) -> tuple[Region, ...]:
        """The regions directly below `name`."""
        outer = self.find(name)
        return tuple(r for r in self.regions if outer is not None and r.parent == outer.name)


def _walk(path: Path, entries: Any, parent: Region | None) -> Iterator[tuple[Any, Region]]:
    for entry in entries:
        only_fields(path, entry, ("name", "level", "aliases", "parts"))
        level = text_field(path, entry, "level")
        if level not in LEVELS:
            problem = f"level: expected one of {', '.join(LEVELS)}, got '{level}'"
            raise PlainFileError(path, line_of(entry), problem)
        if parent is not None and LEVELS.index(level) <= LEVELS.index(parent.level):
            problem = f"level: a {level} cannot lie in a {parent.level}"
            raise PlainFileError(path, line_of(entry), problem)
        region = Region(
            name=text_field(path, entry, "name"),
            level=level,
            parent=parent.name if parent else None,
            aliases=texts_field(path, entry, "aliases"),
        )
        yield entry, region
        parts = entry.get("parts", [])
        if not isinstance(parts, list):
            raise PlainFileError(path, line_of(entry), "parts: expected a list of regions")
        yield from _walk(path, parts, region)
