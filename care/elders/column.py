"""Columns of a sheet beside the fields of a record: assessment, contacts, consents."""

from collections.abc import Mapping
from dataclasses import dataclass

from care.elders.consent import WORDS, Consent
from care.elders.contact import MOST
from care.elders.field import FIELDS, Field

USUAL = 3
"""Contacts for which the template has columns; a sheet may have them for as many as a record."""


@dataclass(frozen=True)
class Column:
    """One column; what stands in it is read by care.elders.beside."""

    name: str
    label: str
    hint: str
    """Of data/elders/sentences.yml: how it is filled in."""
    sealed: bool = False
    needed: bool = False


def consent_column(kind: Consent) -> str:
    """The name of the column with the day of a consent."""
    return f"consent_{kind.value}"


def columns(contacts: int = MOST) -> tuple[Column, ...]:
    """All of them, for so many contacts."""
    return (
        Column("ability", "能力等级", "fill_ability"),
        Column("ability_on", "评估日期", "fill_ability_on"),
        Column("ability_by", "评估人", "fill_ability_by"),
        *(each for nth in range(1, contacts + 1) for each in _of_contact(nth)),
        *(
            Column(consent_column(kind), f"同意{word}", "fill_consent")
            for kind, word in WORDS.items()
        ),
    )


def heads(contacts: int = MOST) -> tuple[Field | Column, ...]:
    """All columns of a sheet, those of the record first."""
    return (*FIELDS, *columns(contacts))


def _of_contact(nth: int) -> tuple[Column, ...]:
    return (
        Column(f"contact{nth}_name", f"联系人{nth}姓名", "fill_contact_name", sealed=True),
        Column(f"contact{nth}_relation", f"联系人{nth}关系", "fill_contact_relation"),
        Column(f"contact{nth}_phone", f"联系人{nth}电话", "fill_contact_phone", sealed=True),
        Column(f"contact{nth}_agreed", f"联系人{nth}同意日期", "fill_contact_agreed"),
    )


BY_NAME: Mapping[str, Field | Column] = {each.name: each for each in heads()}
