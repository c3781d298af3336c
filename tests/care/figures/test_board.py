"""What is counted of a day, on both databases."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care.alarms import service as alarms
from care.alarms.words import Words as AlarmWords
from care.data_files import DATA
from care.desk.words import Words as DeskWords
from care.elders.model import Elder
from care.figures.board import Board, board
from care.figures.course import courses
from care.figures.figure import Figure, Unit, show
from care.figures.listing import listing
from care.figures.period import Span, period
from care.figures.waits import quantile
from care.figures.words import Words
from care.handovers import service as handovers
from care.orders import service as orders
from care.storage.engine import Sessions
from care.visits.model import Visit
from care.visits.state import How, State
from tests.care.figures.day import HOUR, SECOND, ask, call, say
from tests.conftest import NOW

WORDS = Words.load()


def count(sessions: Sessions, now: datetime = NOW + HOUR, span: Span = Span.DAY) -> Board:
    with sessions() as session:
        return board(session, period(span, NOW.date()), now)


def figure(found: Board, id_: str) -> Figure:
    return {line.figure.id: line.figure for group in listing(found, WORDS) for line in group.lines}[
        id_
    ]


def test_of_a_day_without_anything_nothing_is_claimed(sessions: Sessions) -> None:
    found = count(sessions)
    assert found.is_empty
    shares = [
        line.figure
        for group in listing(found, WORDS)
        for line in group.lines
        if line.figure.unit is not Unit.COUNT
    ]
    assert len(shares) == 9
    assert {(each.value, each.reaches_goal, each.shown) for each in shares} == {(None, None, "—")}
    assert all(
        each.is_empty for each in courses(found, WORDS, DeskWords.load(DATA), AlarmWords.load())
    )


def test_calls_and_chats_count_by_hour_and_by_day(sessions: Sessions) -> None:
    call(sessions, NOW)
    call(sessions, NOW + SECOND, answered=False)
    call(sessions, NOW + HOUR)
    call(sessions, NOW, direction="out")
    call(sessions, NOW - 24 * HOUR)
    for at in (NOW, NOW + SECOND, NOW + HOUR):
        say(sessions, "web-1", "greet", at)
    say(sessions, "web-2", "nlu_fallback", NOW + HOUR)
    say(sessions, "tel:13800000009", "order_meal", NOW)
    say(sessions, "web-3", None, NOW - 24 * HOUR)
    found = count(sessions).talks
    assert (found.calls_by_step[10:12], found.calls, found.calls_out) == ((2, 1), 3, 1)
    assert found.connected == 2
    assert (found.chats_by_step[10:12], found.chats) == ((1, 2), 2)
    assert (found.heard_by_step[10:12], found.understood_by_step[10:12]) == ((3, 2), (3, 1))
    assert figure(count(sessions), "understood").value == 4 / 5
    week = count(sessions, span=Span.WEEK).talks
    assert (week.calls, week.calls_by_step[4:6]) == (4, (1, 3))


def test_waits_are_until_the_first_who_picked_up(sessions: Sessions) -> None:
    for number, seconds in enumerate((3, 15, 16, 40)):
        ask(sessions, f"web-{number}", picked_up=seconds)
    ask(sessions, "web-gone-soon", gone=9)
    ask(sessions, "web-gone-late", gone=60, reason="unanswered")
    ask(sessions, "web-taken", picked_up=0, reason="taken_over")
    ask(sessions, "web-yesterday", NOW - 24 * HOUR, picked_up=1)
    ask(sessions, "web-waits", NOW + HOUR - 10 * SECOND)
    found = count(sessions)
    assert found.waits.within() == (2, 5)
    assert found.waits.left == 2
    assert found.waits.reasons == {"asked": 6, "unanswered": 1}
    assert found.waits.quantile(0.5) == 15.5
    assert figure(found, "within_goal").reaches_goal is False
    assert count(sessions, NOW + HOUR + 6 * SECOND).waits.within() == (2, 6)


def test_whoever_was_let_go_and_claimed_again_waited_until_the_first_time(
    sessions: Sessions,
) -> None:
    ask(sessions, "web-1", picked_up=4)
    with sessions.begin() as session:
        [row] = handovers.waiting(session)
        handovers.release(session, row.id, operator="zhang", why="let_go", now=NOW + 9 * SECOND)
    assert count(sessions).waits.picked_up == [4.0]
    with sessions.begin() as session:
        handovers.claim(session, row.id, operator="li", now=NOW + 30 * SECOND)
    assert count(sessions).waits.picked_up == [4.0]


def test_alarms_and_orders_of_the_day(sessions: Sessions) -> None:
    ref = alarms.raise_(sessions, alarms.Report("fall", 1, "摔了"), NOW).ref
    alarms.raise_(sessions, alarms.Report("technical", 3, "没电"), NOW + HOUR)
    with sessions.begin() as session:
        alarms.acknowledge(session, ref, by="zhang", now=NOW + 20 * SECOND)
        for days, cancelled in ((0, False), (0, True), (3, False)):
            on = (NOW + timedelta(days=days)).date()
            wish = orders.Wish("午餐", on, "东风小区1号楼", "王秀兰", "13800000001")
            placed = orders.place(session, wish, conversation_id=None, now=NOW)
            if cancelled:
                orders.cancel(session, placed, NOW)
    found = count(sessions)
    assert found.alarms_by_step[10:12] == (1, 1)
    assert figure(found, "acknowledged_60").value == 1.0
    counts = [figure(found, f"orders_{name}").value for name in ("placed", "due", "done")]
    assert counts == [3, 1, 0]
    assert not found.is_empty


def test_of_hours_to_come_a_chart_shows_nothing(embedded: Sessions) -> None:
    call(embedded, NOW)
    charts = courses(count(embedded, NOW), WORDS, DeskWords.load(DATA), AlarmWords.load())
    calls = charts[0].columns[0]
    assert calls.values[9:12] == (0, 1, None)
    assert calls.shown(11) == "—"


def test_every_figure_has_a_meaning_and_no_meaning_is_idle(embedded: Sessions) -> None:
    used = {line.figure.id for group in listing(count(embedded), WORDS) for line in group.lines}
    assert used == set(WORDS.figures)


@given(st.lists(st.integers(0, 10**6), min_size=1), st.sampled_from([0.5, 0.95]))
def test_a_quantile_lies_among_its_values(values: list[int], share: float) -> None:
    found = quantile(values, share)
    assert found is not None
    assert min(values) <= found <= max(values)
    below = sum(value <= found for value in values)
    assert below >= int(share * len(values))


def test_a_share_is_never_rounded_up_to_its_goal() -> None:
    assert show(0.97499, Unit.SHARE) == "97.4%"
    assert show(0.9999, Unit.SHARE) == "99.9%"
    assert show(1.0, Unit.SHARE) == "100%"
    assert show(0.29, Unit.SHARE) == "29%"
    assert show(8.44, Unit.SECONDS) == "8.4秒"
    assert show(600, Unit.SECONDS) == "10分钟"


def test_visits_of_the_day_by_when_they_were_made_and_fell_due(sessions: Sessions) -> None:
    today = NOW.date()
    month = today.replace(day=1)
    with sessions.begin() as session:
        elder = Elder(name="王秀兰", phone="13800000001")
        session.add(elder)
        session.flush()
        for nth, (due, state, done, how) in enumerate(
            (
                (today, State.DONE, NOW, How.PHONE),
                (today, State.PLANNED, None, None),
                (today, State.DROPPED, None, None),
                (today + timedelta(days=2), State.DONE, NOW, How.HOME),
                (today, State.DONE, NOW - 24 * HOUR, How.PHONE),
            ),
            start=1,
        ):
            session.add(
                Visit(
                    elder_id=elder.id,
                    month=month,
                    nth=nth,
                    rule="test",
                    by_phone=True,
                    due_from=month,
                    due_on=due,
                    state=state,
                    done_at=done,
                    done_how=how,
                )
            )
    found = count(sessions)
    names = ("done", "by_phone", "due", "due_done")
    assert [figure(found, f"visits_{name}").value for name in names] == [2, 1, 3, 2 / 3]
    assert not found.is_empty
