"""One detector and one script for all tests here: loading them is the slow part."""

from functools import cache

from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from care.data_files import DATA

FOLDER = DATA / "emergency"


@cache
def detector() -> Detector:
    """The detector with the project's own rules."""
    return Detector.load(FOLDER)


@cache
def script() -> Script:
    """The follow-up with the project's own words."""
    return Script.load(FOLDER, detector())
