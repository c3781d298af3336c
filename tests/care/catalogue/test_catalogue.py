"""The catalogue of services, and the words that name them."""

import shutil
from pathlib import Path

import pytest

from bot.emergency.detector import Detector
from care.catalogue.service import Catalogue
from care.data_files import DATA, DataFileError
from care.language.extractor import Extractor
from care.language.lexicon import EXACT, load_words
from care.language.normalise import normalise


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(DATA)


def _copied(folder: Path) -> None:
    """The catalogue, and the records' words for whom a service is."""
    for name in ("catalogue", "elders"):
        shutil.copytree(DATA / name, folder / name)


def test_it_has_nine_fields_and_118_services(catalogue: Catalogue) -> None:
    assert sorted(catalogue.fields) == list(range(1, 10))
    assert len(catalogue.services) == 118
    assert sum(len(catalogue.of_field(number)) for number in catalogue.fields) == 118
    assert len({service.spoken for service in catalogue.services.values()}) == 118


def test_a_service_is_found_and_said(catalogue: Catalogue) -> None:
    found = catalogue.find("理发")
    assert found is not None
    assert (found.field, found.unit, found.needs) == (3, "次", ("健康证",))
    assert catalogue.say("理发") == found.spoken == "上门理发"


def test_no_price_is_there_that_nobody_set(catalogue: Catalogue) -> None:
    assert {(service.price, service.subsidy) for service in catalogue.services.values()} == {
        (None, None)
    }


@pytest.mark.parametrize("name", ["按摩", ""])
def test_what_is_no_service_is_said_as_it_is(catalogue: Catalogue, name: str) -> None:
    assert catalogue.find(name) is None
    assert catalogue.say(name) == name
    assert not catalogue.free_hours(name)


def test_free_hours_pay_housework_and_no_meals(catalogue: Catalogue) -> None:
    assert catalogue.free_hours("助洁")
    assert not catalogue.free_hours("午餐")


def test_what_is_known_only_as_written_names_its_service_and_is_no_emergency() -> None:
    extractor, detector = Extractor.load(DATA), Detector.load(DATA / "emergency")
    for word in load_words(DATA):
        if word.kind != "service" or word.mode != EXACT:
            continue
        text = normalise(f"我想约{word.text}")
        assert ("service", word.value) in {
            (entity.kind, entity.value) for entity in extractor.extract(text)
        }, text
        assert detector.detect(text) is None, text


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            "{code: X1, name: 读诗, spoken: 读诗, minutes: 30, lead_hours: 1}",
            "1-rescue.yml:4: code",
        ),
        (
            "{code: S111, name: 读, spoken: 读诗, minutes: 30, lead_hours: 1}",
            "1-rescue.yml:4: name",
        ),
        ("{code: S111, name: 读诗, spoken: 读诗, lead_hours: 1}", "1-rescue.yml:4: minutes"),
        ("{code: S111, name: 理发, spoken: 读诗, minutes: 30, lead_hours: 1}", "occurs twice"),
        (
            "{code: S301, name: 读诗, spoken: 读诗, minutes: 30, lead_hours: 1}",
            "a code occurs twice",
        ),
        (
            "{code: S111, name: 读诗, spoken: 读诗, minutes: 30, lead_hours: 1, needs: [诗人证]}",
            "诗人证",
        ),
        (
            "{code: S111, name: 读诗, spoken: 读诗, minutes: 9, lead_hours: 1, subsidy: 6}",
            "subsidy",
        ),
    ],
)
def test_a_bad_entry_is_named(tmp_path: Path, entry: str, problem: str) -> None:
    _copied(tmp_path)
    file = tmp_path / "catalogue" / "services" / "1-rescue.yml"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines[:3], f"- {entry}", *lines[4:]]), "utf-8")
    with pytest.raises(DataFileError, match=problem):
        Catalogue.load(tmp_path)


def test_a_service_of_an_unknown_field_is_named(tmp_path: Path) -> None:
    _copied(tmp_path)
    file = tmp_path / "catalogue" / "fields.yml"
    file.write_text(file.read_text("utf-8").replace("- {number: 9, name: 维修安装}", ""), "utf-8")
    with pytest.raises(DataFileError, match="there is no field 9"):
        Catalogue.load(tmp_path)


def test_whom_a_service_is_for_is_a_word_of_the_records(tmp_path: Path) -> None:
    _copied(tmp_path)
    file = tmp_path / "catalogue" / "services" / "1-rescue.yml"
    entry = "- {code: S111, name: 读诗, spoken: 读诗, minutes: 30, lead_hours: 1, only: [%s]}\n"
    before = file.read_text("utf-8")
    file.write_text(before + entry % "独居, 低保", "utf-8")
    assert Catalogue.load(tmp_path).services["读诗"].only == ("独居", "低保")
    file.write_text(before + entry % "诗人", "utf-8")
    with pytest.raises(DataFileError, match="no elders are called '诗人'"):
        Catalogue.load(tmp_path)
