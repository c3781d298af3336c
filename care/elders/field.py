"""The fields of a record: how each is called, read from what somebody typed, and shown.

Forms, sheets and the history all go through here, so that a word means the same everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from care.elders import reading, showing
from care.elders.lists import Lists
from care.elders.model import Elder
from care.elders.reading import Values

Read = Callable[[str, Lists], Values]
Show = Callable[[Elder], str]


@dataclass(frozen=True)
class Field:
    """One field."""

    name: str
    label: str
    read: Read
    """A text that isn't empty, to the attributes that it sets. Raises FieldError."""
    show: Show
    empties: tuple[str, ...]
    """Attributes that an empty field empties."""
    sealed: bool = False
    """Whether the history leaves its contents out, and lists mask it."""
    needed: bool = False


def _plain(name: str, label: str, read: Read, **more: Any) -> Field:
    return Field(name, label, read, showing.attribute(name), (name,), **more)


def _codes(name: str) -> tuple[Read, Show, tuple[str, ...]]:
    return reading.several(name), showing.several(name), (name,)


FIELDS: tuple[Field, ...] = (
    _plain("name", "姓名", reading.name, needed=True),
    _plain("phone", "电话", reading.phone, sealed=True, needed=True),
    _plain("identity", "身份证号", reading.identity, sealed=True),
    Field("birth", "出生", reading.birth, showing.birth, ("birth_date", "birth_year")),
    Field("sex", "性别", reading.sex, showing.sex, ("sex",)),
    _plain("region", "区划", reading.region),
    _plain("address", "住址", reading.text("address", 200), sealed=True),
    Field("situations", "居住和身体情况", *_codes("situations")),
    Field("categories", "家庭认定", *_codes("categories")),
    Field("residence", "户口类型", reading.residence, showing.residence, ("residence",)),
    Field("hukou", "户口在本地", reading.hukou, showing.hukou, ("hukou",)),
    Field("pension", "领养老金", reading.pension, showing.pension, ("pension",)),
    _plain("diet", "饮食", reading.one_of("diet")),
    Field("allergies", "过敏", *_codes("allergies")),
    _plain("language", "语言", reading.one_of("language")),
    _plain("health", "健康备注", reading.text("health", 500), sealed=True),
)
BY_NAME: Mapping[str, Field] = {each.name: each for each in FIELDS}
