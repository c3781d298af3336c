"""Finds records: by a number, by a service code, by a name or by how a name sounds, by region."""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, or_, select
from sqlalchemy.orm import Session

from care.elders import code
from care.elders.identity import IdentityError, read_identity
from care.elders.model import MERGED, Elder
from care.elders.number import national
from care.elders.service import kept
from care.elders.sounding import sound_key
from care.language.sound import syllables_alike

AT_ONCE = 20
"""Records on a page."""
MOST = 1000
"""Records into a search; whoever wants more says more of the name, or the region."""
_NEAR = 300
"""Records that a second, looser look compares."""
_ALIKE = 0.5
_SYLLABLES = 3
"""A surname alone is shared by too many."""
_NAME = re.compile(r"[一-鿿㐀-䶿·]{1,20}")
_AFTER_SPACE = "!"
"""The sign that follows a space: between a key and this lie the names that begin with it."""


@dataclass(frozen=True)
class Found:
    """A page of records."""

    elders: tuple[Elder, ...]
    more: bool = False
    """Whether another page follows."""
    near: bool = False
    """Nobody sounds like this; these come closest."""


def find(
    session: Session, text: str, *, regions: Collection[str] | None = None, skip: int = 0
) -> Found:
    """Records for what somebody typed: a telephone or identity number in any form, a service code,
    a name or its beginning. Empty: everybody. `regions`: names of all regions that count; None
    for all.

    Names that are written so come first, then those that sound so in some accent: 王桂兰 finds
    汪贵兰, 王桂兰's number finds nobody else.
    """
    typed = "".join(text.split())
    if exact := _numbered(session, typed):
        return Found(tuple(exact))
    if not typed:
        return _page(session, _here(regions), (Elder.id,), skip)
    if not _NAME.fullmatch(typed):
        return Found(())
    key = sound_key(typed)
    order = (Elder.sound, Elder.name != typed, Elder.id)
    found = _page(session, [*_begins(key), *_there(regions)], order, skip)
    return found if found.elders or skip else _nearest(session, typed, regions)


def _numbered(session: Session, typed: str) -> list[Elder]:
    fits: list[ColumnElement[bool]] = []
    if number := national(typed):
        fits += [Elder.phone == number, Elder.phone_home == number]
    with suppress(IdentityError):
        fits.append(Elder.identity == read_identity(typed).number)
    if digits := code.normal(typed):
        fits.append(Elder.service_code == digits)
    if not fits:
        return []
    rows = session.scalars(select(Elder).where(or_(*fits)).order_by(Elder.id).limit(AT_ONCE))
    return list({each.id: each for each in (kept(session, row) for row in rows)}.values())


def _page(
    session: Session,
    fits: list[ColumnElement[bool]],
    order: Sequence[SQLColumnExpression[Any]],
    skip: int,
) -> Found:
    query = select(Elder).where(*fits, Elder.state != MERGED).order_by(*order)
    rows = session.scalars(query.offset(min(skip, MOST)).limit(AT_ONCE + 1)).all()
    return Found(tuple(rows[:AT_ONCE]), more=len(rows) > AT_ONCE and skip + AT_ONCE < MOST)


def _nearest(session: Session, typed: str, regions: Collection[str] | None) -> Found:
    """Names of which all but the last syllable are the same: 王桂兰 for 王桂莲."""
    wanted = sound_key(typed).split(" ")
    if len(wanted) < _SYLLABLES:
        return Found(())
    fits = [*_begins(" ".join(wanted[:-1])), *_there(regions), Elder.state != MERGED]
    query = select(Elder.id, Elder.sound).where(*fits).order_by(Elder.sound, Elder.id)
    alike = {
        number: syllables_alike(wanted, sound.split(" "))
        for number, sound in session.execute(query.limit(_NEAR))
    }
    best = sorted((each for each in alike if alike[each] >= _ALIKE), key=lambda each: -alike[each])
    rows = session.scalars(select(Elder).where(Elder.id.in_(best[:AT_ONCE]))).all()
    return Found(tuple(sorted(rows, key=lambda row: -alike[row.id])), near=bool(rows))


def _begins(key: str) -> list[ColumnElement[bool]]:
    return [Elder.sound >= key, Elder.sound < key + _AFTER_SPACE]


def _here(regions: Collection[str] | None) -> list[ColumnElement[bool]]:
    return [] if regions is None else [Elder.region.in_(regions)]


def _there(regions: Collection[str] | None) -> list[ColumnElement[bool]]:
    """The same, where a name was told, too: so written that the index of sounds is used, which
    leaves a few rows, and not that of regions, which leaves a tenth of a city."""
    return [] if regions is None else [Elder.region.concat("").in_(regions)]
