"""The record of one call while it goes on; every method returns at once."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from care.calls import recordings, service
from care.calls.detail import Detail
from care.calls.kind import Consent
from care.calls.notebook import Notebook
from care.calls.recordings import NewRecording
from care.calls.service import NewCall

_Change = Callable[[Session, int], None]


class Record:
    """Begun when the telephone rings, also when the database is locked or gone.

    For one thread, the event loop of the line. Moments come from the caller's clock.
    """

    def __init__(self, notebook: Notebook, new: NewCall, now: datetime) -> None:
        self.ref = service.new_ref(now)
        """For logs and people: says nothing about who calls."""
        self.consent = Consent.UNKNOWN
        self._notebook = notebook
        self._id: int | None = None
        self._over = False
        self._unwanted: list[Callable[[], None]] = []
        self._notebook.add(lambda session: self._begin(session, new, now))

    def note(self, kind: str, detail: Detail, at: datetime) -> None:
        """Something happened: care.calls.kind has the known kinds, others are decisions."""
        held = dict(detail)
        self._change(lambda session, call: service.note(session, call, kind, held, at))

    def answered(self, at: datetime) -> None:
        """The call was picked up."""
        self._change(lambda session, call: service.answer(session, call, at))

    def belongs(self, *, elder_id: int | None = None, conversation_id: int | None = None) -> None:
        """Whose call it turned out to be."""
        self._change(
            lambda session, call: service.belongs(
                session, call, elder_id=elder_id, conversation_id=conversation_id
            )
        )

    def agreed(self, at: datetime) -> None:
        """The caller was told that the call is recorded, and didn't object."""
        if self.consent != Consent.GIVEN:
            self._decide(Consent.GIVEN, at)

    def refused(self, at: datetime) -> None:
        """The caller doesn't want it: recordings are deleted, words forgotten and not kept."""
        if self.consent != Consent.REFUSED:
            self._decide(Consent.REFUSED, at)
            self._drop_recordings()

    def ended(self, why: str, at: datetime) -> None:
        """It is over, once. Without an agreement nothing that was said stays."""
        if self._over:
            return
        self._over = True
        if self.consent != Consent.GIVEN:
            self._drop_recordings()
        self._change(lambda session, call: service.end(session, call, why, at))

    def if_unwanted(self, drop: Callable[[], None]) -> None:
        """Has `drop` called when the sound may not be kept."""
        self._unwanted.append(drop)

    def recording_began(self, new: NewRecording) -> None:
        """A file of sound is being written. From any thread."""
        self._change(lambda session, call: recordings.began(session, call, new))

    def recording_ended(self, path: str, seconds: float, problem: str | None) -> None:
        """It has its whole length, or broke off. From any thread."""
        self._change(lambda session, _: recordings.ended(session, path, seconds, problem))

    def recording_dropped(self, path: str, now: datetime) -> None:
        """It was deleted, since the caller refused. From any thread."""
        self._change(lambda session, _: recordings.deleted(session, path, "refused", now))

    def _drop_recordings(self) -> None:
        for drop in self._unwanted:
            drop()

    def _decide(self, consent: Consent, at: datetime) -> None:
        self.consent = consent
        self._change(lambda session, call: service.set_consent(session, call, consent, at))

    def _begin(self, session: Session, new: NewCall, now: datetime) -> None:
        call = service.begin(session, new, now, self.ref)
        self._id, self.ref = call.id, call.ref

    def _change(self, change: _Change) -> None:
        self._notebook.add(lambda session: change(session, self._known()))

    def _known(self) -> int:
        if self._id is None:
            raise service.CallNotFoundError("the call's beginning could not be stored")
        return self._id
