"""What orders need while the process runs: their deadlines, and the days of standing orders."""

from functools import partial

from care.catalogue.service import Catalogue
from care.clock import Clock
from care.orders.coming import make_all
from care.orders.due import see_to
from care.storage.engine import Sessions
from hotline.job import Job, Jobs, LongJob

_DUE = 15.0
"""Seconds between two looks for what is due: a provider who was asked has minutes."""
_COMING = 600.0
"""Seconds between two looks for days of standing orders that have no order yet."""


def jobs(sessions: Sessions, catalogue: Catalogue, clock: Clock) -> Jobs:
    """To be added to the rounds."""
    return (
        LongJob("standing orders", _COMING, partial(make_all, sessions, catalogue, clock)),
        Job("orders due", _DUE, partial(see_to, sessions, clock)),
    )
