"""What the pages of visits share."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.regions.region import Regions
from care.visits.findings import Findings
from care.visits.month import first_of
from care.visits.rules import Rules
from care.visits.words import Words
from console.desk.access import may
from console.desk.floor import Floor

HERE = "/desk/visits"

Viewer = Annotated[SignedIn, Depends(may(Right.SEE_ELDERS))]
Recorder = Annotated[SignedIn, Depends(may(Right.WORK_ORDERS))]
Supervisor = Annotated[SignedIn, Depends(may(Right.SUPERVISE))]

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class VisitDesk:
    """Made once."""

    floor: Floor
    rules: Rules
    findings: Findings
    words: Words
    regions: Regions

    def month(self, typed: str) -> date:
        """The month of an address, 2026-11; this month's for anything else."""
        found = _MONTH.fullmatch(typed)
        if found is None:
            return first_of(self.floor.clock().date())
        return date(int(found[1]), int(found[2]), 1)

    def within(self, name: str) -> list[str] | None:
        """The region and all its parts; None for everywhere, and for a name that nobody knows."""
        if self.regions.find(name) is None:
            return None
        return [each.name for each in self.regions if self.regions.within(each.name, name)]
