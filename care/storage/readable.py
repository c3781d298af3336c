"""Mixed into what works with sessions, and mostly looks."""

from functools import cached_property

from care.storage.engine import Sessions, readers


class Readable:
    """Whoever has `sessions`."""

    sessions: Sessions

    @cached_property
    def reading(self) -> Sessions:
        """For what is only looked at, which must wait for nobody who writes."""
        return readers(self.sessions)
