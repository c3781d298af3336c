"""The catalogue of services, and the words that name them."""

from pathlib import Path

import pytest

from care.catalogue.service import Catalogue
from care.data_files import DATA, DataFileError, read_yaml


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(DATA)


def test_codes_and_spoken_names_differ(catalogue: Catalogue) -> None:
    services = list(catalogue.services.values())
    assert len(services) == len(read_yaml(DATA / "catalogue" / "services.yml"))
    assert len({service.code for service in services}) == len(services)
    assert len({service.spoken for service in services}) == len(services)


def test_a_service_is_found_and_said(catalogue: Catalogue) -> None:
    found = catalogue.find("理发")
    assert found is not None
    assert found.minutes > 0
    assert catalogue.say("理发") == found.spoken == "上门理发"


@pytest.mark.parametrize("name", ["午餐", "按摩", ""])
def test_what_is_no_service_is_said_as_it_is(catalogue: Catalogue, name: str) -> None:
    assert catalogue.find(name) is None
    assert catalogue.say(name) == name


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("{code: X1, name: 理发, spoken: 上门理发, minutes: 30}", "code"),
        ("{code: S01, name: 理, spoken: 上门理发, minutes: 30}", "name"),
        ("{code: S01, name: 理发, spoken: 上门理发, minutes: 0}", "minutes"),
        ("{code: S01, name: 理发, spoken: 上门理发}", "minutes"),
        ("{code: S01, name: 理发, spoken: 上门理发, minutes: 30, price: 5}", "price"),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, entry: str, field: str) -> None:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    good = "- {code: S09, name: 陪诊, spoken: 陪着看病, minutes: 180}\n"
    (folder / "services.yml").write_text(f"{good}- {entry}\n", "utf-8")
    with pytest.raises(DataFileError, match=rf"^services\.yml:2: {field}: "):
        Catalogue.load(tmp_path)
