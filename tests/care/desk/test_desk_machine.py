"""Whatever operators, callers and browsers do in whatever order: nobody falls through."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from care.desk import claims, seats
from care.desk.state import SeatState
from care.handovers import service as handovers
from care.storage.engine import open_engine, open_sessions
from tests.care.desk.talks import talk, wait
from tests.conftest import NOW
from tests.databases import ELDER_KEY, new_sqlite

operators = st.sampled_from(["zhang", "li", "wang"])
senders = st.sampled_from([f"web-{n}" for n in range(6)])
REFUSALS = (
    claims.TakenError,
    claims.TooManyError,
    claims.NotYoursError,
    seats.NotAtDeskError,
    seats.StateRefusedError,
)


class TheDesk(RuleBasedStateMachine):
    """Three operators and six callers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_engine(new_sqlite(Path(self.folder.name) / "desk.db"), ELDER_KEY)
        self.sessions = open_sessions(self.engine)
        self.now = NOW
        self.asked: set[int] = set()
        """Conversations whose caller waits for a person, or has one."""

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    @rule(seconds=st.integers(0, 15))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(sender=senders)
    def caller_asks(self, sender: str) -> None:
        number, _ = wait(self.sessions, sender, now=self.now)
        self.asked.add(number)

    @rule(operator=operators, wanted=st.sampled_from(SeatState))
    def choose(self, operator: str, wanted: SeatState) -> None:
        try:
            with self.sessions.begin() as session:
                seats.choose(session, operator, wanted, self.now)
        except REFUSALS:
            pass

    @rule(operator=operators, sender=senders)
    def take_over(self, operator: str, sender: str) -> None:
        number = talk(self.sessions, sender, now=self.now)
        try:
            with self.sessions.begin() as session:
                claims.take_over(session, number, operator=operator, now=self.now)
            self.asked.add(number)
        except REFUSALS:
            pass

    @rule(
        operator=operators,
        sender=senders,
        how=st.sampled_from(["close", "hand_back", "let_go", "say"]),
    )
    def serve(self, operator: str, sender: str, how: str) -> None:
        number = talk(self.sessions, sender, now=self.now)
        try:
            with self.sessions.begin() as session:
                if how == "close":
                    claims.close(
                        session,
                        number,
                        operator=operator,
                        wrap_up="answered",
                        note="",
                        now=self.now,
                    )
                elif how == "hand_back":
                    claims.hand_back(session, number, operator=operator, note="", now=self.now)
                elif how == "let_go":
                    claims.let_go(session, number, operator=operator, now=self.now)
                else:
                    claims.say(session, number, operator=operator, text="您好", now=self.now)
            if how in ("close", "hand_back"):
                self.asked.remove(number)
        except REFUSALS:
            pass

    @rule(operator=operators)
    def window_is_open(self, operator: str) -> None:
        with self.sessions.begin() as session:
            seats.touch(session, operator, self.now)

    @rule()
    def look_for_closed_browsers(self) -> None:
        with self.sessions.begin() as session:
            seats.free_abandoned(session, self.now)
        with self.sessions() as session:
            for seat in seats.present(session):
                assert seat.seen_at >= self.now - seats.GRACE

    @invariant()
    def who_asked_waits_or_has_somebody_who_is_there(self) -> None:
        with self.sessions() as session:
            opened = handovers.waiting(session)
            assert {each.conversation_id for each in opened} == self.asked
            assert len(opened) == len(self.asked)
            present = {seat.operator: seat for seat in seats.present(session)}
            for each in opened:
                if each.state == "claimed":
                    assert each.operator in present
                else:
                    assert each.operator is None

    @invariant()
    def busy_is_who_has_somebody(self) -> None:
        with self.sessions() as session:
            for operator in ("zhang", "li", "wang"):
                held = len(handovers.held_by(session, operator))
                busy = seats.state_of(session, operator) is SeatState.BUSY
                assert busy == (held > 0)
                assert held <= claims.MOST


TestTheDesk = TheDesk.TestCase
TestTheDesk.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
