"""Visits in the running process: the month's plan, the assistant's calls, and pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from fastapi import FastAPI

from bot.conversation import Conversation
from care.clock import Clock
from care.regions.region import Regions
from care.settings import Settings
from care.stopping import Stopped
from care.visits.findings import Findings
from care.visits.plan import Made, Planner
from care.visits.rules import Rules
from care.visits.words import Words
from console.desk import stewards_page, visits_page
from console.desk.floor import Floor
from console.desk.visit_desk import VisitDesk
from hotline.job import Job, Jobs, LongJob
from hotline.visit_calls import Telephones, build_visit_calls

PLAN_EVERY = 10.0
"""Seconds from one portion of the plan to the next."""
AGAIN = timedelta(hours=1)
"""After which elders are looked at again: somebody may have moved, or live alone now."""
CALL_EVERY = 5.0
"""Seconds between two looks at calls that end, and at who is called next."""

log = structlog.get_logger(__name__)


@dataclass
class Planning:
    """Has the month planned, a portion at a time, and rests for an hour when all is."""

    planner: Planner
    clock: Clock
    _rests_until: datetime | None = None

    def tick(self, stopped: Stopped) -> None:
        """The next elders, if it is time."""
        now = self.clock()
        if self._rests_until is not None and now < self._rests_until:
            return
        made = self.planner.due(now, stopped=stopped)
        self._rests_until = now + AGAIN if self.planner.through else None
        if made != Made():
            log.info("visits planned", **vars(made))


@dataclass(frozen=True)
class Visits:
    """All of it; nothing runs yet."""

    desk: VisitDesk
    jobs: Jobs
    """For the rounds."""

    def install(self, app: FastAPI) -> None:
        """Puts the pages into `app`."""
        app.include_router(visits_page.build_router(self.desk), include_in_schema=False)
        app.include_router(stewards_page.build_router(self.desk), include_in_schema=False)


def build_visits(
    settings: Settings,
    conversation: Conversation,
    floor: Floor,
    telephone: Telephones | None = None,
) -> Visits:
    """`telephone` is this process's own, where it has one. Raises DataFileError."""
    data = settings.data
    rules, regions = Rules.load(data), Regions.load(data / "regions.yml")
    planner = Planner(floor.sessions, rules, regions.within, telephones=settings.visit_calls)
    planning = Planning(planner, floor.clock)
    jobs: Jobs = (LongJob("visits' plan", PLAN_EVERY, planning.tick),)
    if telephone is not None and settings.visit_calls:
        calls = build_visit_calls(settings, conversation, telephone)
        jobs += (Job("visits' calls", CALL_EVERY, calls.tick),)
    desk = VisitDesk(floor, rules, Findings.load(data), Words.load(data), regions)
    return Visits(desk, jobs)
