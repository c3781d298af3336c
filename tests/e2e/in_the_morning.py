"""`python -m tests.e2e.in_the_morning serve`: the hotline, started at ten in the morning of the
month's tenth, whatever the time is: at other hours it telephones nobody, and in a month's last
days somebody comes instead."""

from functools import partial

from care.clock import system_clock
from hotline import app as process
from hotline.cli import app

if __name__ == "__main__":
    _started = system_clock()
    _later = _started.replace(day=10, hour=10, minute=0) - _started
    process.build_app = partial(process.build_app, clock=lambda: system_clock() + _later)
    app()
