"""What is told of many turns, and how many calls hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calls.dialogues import Kind
from benchmarks.calls.figures import NEVER, Wait, answers, wait, waits
from benchmarks.calls.ladder import LATEST, Rung, held, next_rung
from benchmarks.calls.turns import Turn


def _turn(first: float | None, kind: Kind = Kind.REQUEST, **more: object) -> Turn:
    return Turn("今天几号", kind, first, more.pop("answer", first), **more)  # type: ignore[arg-type]


def _rung(calls: int, p95: float, unanswered: int = 0) -> Rung:
    found = Wait(0.5, p95, p95, 5 * calls)
    return Rung(calls, found, found, unanswered, 0, 1.0, 0.5, 0.2)


def test_percentiles() -> None:
    found = wait([number / 100 for number in range(101)])
    assert (found.p50, found.p95, found.most, found.count) == (0.5, 0.95, 1.0, 101)
    assert wait([0.7]).p95 == 0.7
    assert waits([None, 0.5]) == Wait(0.5, 0.5, 0.5, 1)
    assert waits([None]) is None
    with pytest.raises(ValueError, match="nothing"):
        wait([])


def test_turns_are_told_by_kind() -> None:
    told = answers(
        [
            _turn(0.5, Kind.YES_NO),
            _turn(0.7, answer=1.7),
            _turn(2.5, Kind.INSIDE, longest_silence=2.5),
            _turn(0.9, talked_into=True),
        ]
    )
    assert told.yes_no.p50 == 0.5
    assert told.requests.p50 == pytest.approx(0.8)
    assert told.whole.count == 3
    assert told.every.most == 2.5
    assert told.whole_answer.most == 1.7
    assert (told.fillers, told.unanswered, told.talked_into, told.dead_air) == (1, 0, 1, 1)


def test_a_turn_without_an_answer_counts_for_ours_only() -> None:
    found = [_turn(0.5, Kind.YES_NO), _turn(0.7), _turn(None)]
    assert answers(found).every.most == NEVER
    plain = answers(found, never=None)
    assert plain.every.most == 0.7
    assert plain.unanswered == 1


def test_a_rung_holds_when_every_turn_is_answered_in_time() -> None:
    assert _rung(4, LATEST - 0.01).holds
    assert not _rung(4, LATEST).holds
    assert not _rung(4, 0.5, unanswered=1).holds


def test_calls_above_one_that_broke_do_not_count() -> None:
    assert held([_rung(8, 1.0), _rung(2, 1.0), _rung(4, 2.0)]) == 2
    assert held([_rung(2, 2.0)]) == 0
    assert held([]) == 0


@given(st.integers(0, 40))
def test_the_ladder_ends_at_what_is_held(capacity: int) -> None:
    rungs = [_rung(2, 1.0 if capacity >= 2 else 2.0)]
    while (calls := next_rung(rungs)) is not None:
        assert calls not in {rung.calls for rung in rungs}
        rungs.append(_rung(calls, 1.0 if calls <= capacity else 2.0))
        assert len(rungs) < 20
    most = held(rungs)
    assert most <= capacity
    assert most >= capacity - 1 if capacity > 4 else most == capacity
