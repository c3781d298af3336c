"""The half-yearly report in a running process."""

from pathlib import Path

from care.alarms.words import Words as AlarmWords
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.regions.region import Regions
from care.report.build import Builder
from care.report.words import Words


def build_builder(data: Path, catalogue: Catalogue, regions: Regions, clock: Clock) -> Builder:
    """What the page and the REST API count with. Raises DataFileError."""
    return Builder(Words.load(data), AlarmWords.load(data), catalogue, regions, clock)
