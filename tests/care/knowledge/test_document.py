"""The list of source documents."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from care.data_files import DataFileError
from care.knowledge.document import Document, load_documents


def test_the_five_sources_are_listed() -> None:
    documents = load_documents()
    assert list(documents) == ["000", "001", "002", "003", "004"]
    assert documents["004"].number == "沈政办发〔2023〕27号"
    assert [d.id for d in documents.values() if d.trust == "repost"] == ["003"]


def test_the_year_is_that_of_the_date() -> None:
    with pytest.raises(ValidationError, match="the year 2022 isn't that of the date"):
        Document.model_validate(
            {"id": "000", "title": "一份报告", "issuer": "某局", "year": 2022}
            | {"date": "2023-01-28", "trust": "official"}
        )


def test_a_bad_entry_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "documents.yml"
    path.write_text('- id: "000"\n  title: 一份报告\n  issuer: 某局\n  year: 1023\n', "utf-8")
    with pytest.raises(DataFileError, match=r"documents\.yml:[14]: "):
        load_documents(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"documents\.yml:1: the file is missing"):
        load_documents(tmp_path / "documents.yml")
