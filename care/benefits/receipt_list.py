"""A list, from the office that pays, of who gets a benefit already."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.benefits import receipts
from care.benefits.model import BenefitReceipt
from care.elders.model import Elder
from care.elders.number import national
from care.elders.service import by_phone
from care.sentences import Places, SentenceFile

MOST = 20_000
"""Rows of one list: all of them go into one transaction."""
_PHONE, _IDENTITY, _BENEFIT, _SINCE = "电话", "身份证号", "待遇", "起领日期"


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "benefits/receipt_list.yml"
    places: ClassVar[Places] = {
        "unreadable": {"file"},
        "too_long": {"most"},
        "no_elder": {"line"},
        "which_elder": {"line"},
        "no_benefit": {"line", "benefit"},
        "bad_date": {"line"},
        "nothing_done": {"count"},
        "done": {"count", "new"},
    }

    unreadable: str
    no_heads: str
    too_long: str
    no_elder: str
    which_elder: str
    no_benefit: str
    bad_date: str
    nothing_done: str
    done: str


class ListError(ValueError):
    """The list can't be used; the text is a Chinese sentence that says what to do."""


@dataclass(frozen=True)
class Entry:
    """One row whose elder and benefit are known."""

    elder_id: int
    benefit: str
    since: date | None


@dataclass(frozen=True)
class Checked:
    """A list, and what is wrong with it: a sentence a row."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def read(file: Path) -> list[dict[str, str]]:
    """Its rows by their heads. Raises ListError."""
    try:
        raw = file.read_bytes()
        text = _decoded(raw)
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(Sentences.say("unreadable", file=file.name)) from error
    rows = list(csv.DictReader(StringIO(text, newline="")))
    heads = {(head or "").strip() for head in (rows[0] if rows else ())}
    if _BENEFIT not in heads or not heads & {_PHONE, _IDENTITY}:
        raise ListError(Sentences.say("no_heads"))
    if len(rows) > MOST:
        raise ListError(Sentences.say("too_long", most=MOST))
    return [{(k or "").strip(): str(v or "").strip() for k, v in row.items()} for row in rows]


def check(session: Session, rows: list[dict[str, str]], benefits: frozenset[str]) -> Checked:
    """Looks for every elder; `benefits` are the names that the rules know."""
    entries: list[Entry] = []
    problems: list[str] = []
    for line, row in enumerate(rows, start=2):  # as a sheet counts, the heads being 1
        try:
            entries.append(_entry(session, row, line, benefits))
        except ListError as error:
            problems.append(str(error))
    return Checked(tuple(entries), tuple(problems))


def record(session: Session, checked: Checked, *, by: str, now: datetime) -> int:
    """Writes all of it down; how many were new. Whatever its band: the list doesn't say which."""
    made: Iterator[BenefitReceipt] = (
        receipts.record(
            session, elder_id=e.elder_id, benefit=e.benefit, since=e.since, by=by, now=now
        )
        for e in checked.entries
    )
    return sum(receipt.id is None for receipt in made)


def _entry(session: Session, row: dict[str, str], line: int, benefits: frozenset[str]) -> Entry:
    if row[_BENEFIT] not in benefits:
        raise ListError(Sentences.say("no_benefit", line=line, benefit=row[_BENEFIT][:32]))
    since = None
    if written := row.get(_SINCE, ""):
        try:
            since = date.fromisoformat(written)
        except ValueError as error:
            raise ListError(Sentences.say("bad_date", line=line)) from error
    phone, identity = national(row.get(_PHONE, "")), row.get(_IDENTITY, "").upper()
    if identity:
        found = list(session.scalars(select(Elder.id).where(Elder.identity == identity)))
    else:
        found = [each.id for each in by_phone(session, phone)] if phone else []
    if len(found) != 1:
        raise ListError(Sentences.say("which_elder" if found else "no_elder", line=line))
    return Entry(found[0], row[_BENEFIT], since)


def _decoded(raw: bytes) -> str:
    """As UTF-8, or else as Excel in China saves it."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")
