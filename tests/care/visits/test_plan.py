"""The plan of a month: made as often as wanted, following what is known of the elders."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from care.clock import SHANGHAI
from care.elders.consent import Consent, say
from care.elders.model import DECEASED, Elder
from care.storage.engine import Sessions
from care.visits import ledger, service, stewards
from care.visits.ledger import Part, Wanted
from care.visits.model import Visit, VisitEvent
from care.visits.plan import Made, Planner, reassign
from care.visits.rules import Rules
from care.visits.service import Report
from care.visits.state import How, State, Why
from tests.care.visits.people import HOME, REGIONS, RULES, add_elder
from tests.conftest import NOW


def planner(sessions: Sessions, rules: Rules = RULES) -> Planner:
    return Planner(sessions, rules, REGIONS.within)


def visits(sessions: Sessions) -> list[Visit]:
    with sessions() as session:
        return list(session.scalars(select(Visit).order_by(Visit.month, Visit.elder_id, Visit.nth)))


def course(sessions: Sessions, number: int) -> list[str]:
    with sessions() as session:
        return [event.kind for event in service.events(session, number)]


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=SHANGHAI)


def test_everybody_in_need_gets_their_visit_once(sessions: Sessions) -> None:
    with sessions.begin() as session:
        add_elder(session, 1, ("空巢",), agrees=True)
        add_elder(session, 2, ("独居",), "沈河区")
        add_elder(session, 3, ("失能", "空巢"), agrees=True)
        add_elder(session, 4, (), ability=4)
        add_elder(session, 5, ())
        add_elder(session, 6, ("独居",))  # no group of 阿拉善's plan
        add_elder(session, 7, ("空巢",)).state = DECEASED
    plan = planner(sessions)
    assert plan.due(NOW) == Made(planned=4)
    assert plan.through
    assert plan.due(NOW) == Made()
    found = {v.elder_id: (v.rule, v.by_phone) for v in visits(sessions)}
    assert found == {
        1: ("alashan", True),
        2: ("shenyang", False),
        3: ("alashan", False),
        4: ("alashan", False),
    }
    [first, *_] = visits(sessions)
    assert (first.due_from, first.due_on) == (NOW.date(), date(2026, 11, 30))
    assert course(sessions, first.id) == ["planned"]


def test_what_changes_changes_the_plan(sessions: Sessions) -> None:
    with sessions.begin() as session:
        elder = add_elder(session, agrees=True)
        left = add_elder(session, 2)
    plan = planner(sessions)
    plan.due(NOW)
    with sessions.begin() as session:
        session.get_one(Elder, elder.id).situations = frozenset({"空巢", "失能"})
        session.get_one(Elder, left.id).situations = frozenset()
    assert plan.due(NOW) == Made(changed=1, dropped=1)
    first, second = visits(sessions)
    assert (first.by_phone, first.state) == (False, State.PLANNED)
    assert second.state == State.DROPPED
    with sessions.begin() as session:
        session.get_one(Elder, left.id).situations = frozenset({"空巢"})
    plan.due(NOW)
    assert [visit.state for visit in visits(sessions)] == [State.PLANNED] * 2
    assert course(sessions, second.id) == ["planned", "dropped", "planned"]


def test_new_year_leaves_december_missed(sessions: Sessions) -> None:
    with sessions.begin() as session:
        add_elder(session)
    plan = planner(sessions)
    plan.due(at(2027, 12, 31))
    assert plan.due(at(2028, 1, 1)) == Made(planned=1, missed=1)
    assert plan.due(at(2028, 2, 29)) == Made(planned=1, missed=1)
    found = [(v.month, v.state, v.due_on) for v in visits(sessions)]
    assert found == [
        (date(2027, 12, 1), State.MISSED, date(2027, 12, 31)),
        (date(2028, 1, 1), State.MISSED, date(2028, 1, 31)),
        (date(2028, 2, 1), State.PLANNED, date(2028, 2, 29)),
    ]


def test_after_two_visits_by_telephone_somebody_goes(embedded: Sessions) -> None:
    with embedded.begin() as session:
        add_elder(session, agrees=True)
    plan = planner(embedded)
    by_phone = []
    for month in range(1, 6):
        plan.due(at(2027, month, 1))
        with embedded.begin() as session:
            visit = session.scalars(select(Visit).order_by(Visit.id.desc())).first()
            assert visit is not None
            by_phone.append(visit.by_phone)
            how = How.PHONE if visit.by_phone else How.HOME
            report = Report(how, "李管家", date(2027, month, 1))
            service.record(session, visit.id, report, by="li", now=at(2027, month, 1))
    assert by_phone == [True, True, False, True, True]


def test_who_said_no_to_calls_is_visited_by_a_person(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for number, agrees in enumerate((True, True, False, None), 1):
            add_elder(session, number, agrees=agrees)
        say(session, 2, Consent.VISITS, given=False, how="纸质", by="li", now=NOW)
        say(session, 3, Consent.VISITS, given=True, how="纸质", by="li", now=NOW)
    plan = planner(sessions)
    plan.due(NOW)
    assert [visit.by_phone for visit in visits(sessions)] == [True, False, True, False]
    with sessions.begin() as session:
        say(session, 1, Consent.VISITS, given=False, how="", by="li", now=NOW)
    assert plan.due(NOW) == Made(changed=1)
    first = visits(sessions)[0]
    assert (first.by_phone, first.state, first.in_person) == (False, State.PLANNED, None)


def test_where_the_assistant_does_not_telephone_somebody_comes(embedded: Sessions) -> None:
    with embedded.begin() as session:
        add_elder(session, agrees=True)
    Planner(embedded, RULES, REGIONS.within, telephones=False).due(NOW)
    with embedded() as session:
        upcoming = service.next_visit(session, 1)
    assert upcoming is not None
    assert not upcoming.by_phone


def test_what_no_call_did_becomes_a_visit_in_person(sessions: Sessions) -> None:
    with sessions.begin() as session:
        add_elder(session, 1, agrees=True)
        add_elder(session, 2)
    plan = planner(sessions)
    plan.due(at(2026, 11, 2))
    assert plan.due(at(2026, 11, 25)) == Made()
    assert plan.due(at(2026, 11, 26)) == Made(changed=1)
    assert plan.due(at(2026, 11, 27)) == Made()
    first, second = visits(sessions)
    assert (first.by_phone, first.in_person, second.in_person) == (True, Why.LATE, None)
    with sessions() as session:
        upcoming = service.next_visit(session, 1)
        assert upcoming is not None
        assert not upcoming.by_phone
        last = service.events(session, first.id)[-1]
        assert (last.kind, last.by, last.note) == ("in_person", "plan", Why.LATE)
        assert ledger.counts(session, Wanted(date(2026, 11, 1)))[Part.IN_PERSON] == 1


def test_a_visit_that_begins_late_is_told_once_as_one_in_person(embedded: Sessions) -> None:
    with embedded.begin() as session:
        add_elder(session, agrees=True)
    plan = planner(embedded)
    assert plan.due(at(2026, 11, 28)) == Made(planned=1)
    assert plan.due(at(2026, 11, 28)) == Made()
    [visit] = visits(embedded)
    assert (visit.in_person, course(embedded, visit.id)) == (Why.LATE, ["planned"])


def test_several_visits_share_the_month(embedded: Sessions) -> None:
    rule = RULES.rules[2].model_copy(update={"times": 3})
    weekly = RULES.model_copy(update={"rules": (rule,)})
    with embedded.begin() as session:
        add_elder(session)
    plan = planner(embedded, weekly)
    assert plan.due(at(2027, 2, 12)) == Made(planned=2), "nobody is visited in the past"
    days = [(v.nth, v.due_from.day, v.due_on.day) for v in visits(embedded)]
    assert days == [(2, 12, 19), (3, 20, 28)]
    assert planner(embedded).due(at(2027, 2, 12)).dropped == 2


def test_many_elders_are_planned_in_portions(embedded: Sessions) -> None:
    with embedded.begin() as session:
        session.add_all(
            Elder(name="赵", phone=f"139{n:08}", region=HOME, situations=frozenset({"留守"}))
            for n in range(1_200)
        )
    plan = planner(embedded)
    assert plan.due(NOW, portions=1) == Made(planned=500)
    assert not plan.through
    assert plan.due(NOW) == Made(planned=700)
    assert plan.through


def test_stewards_get_the_visits_of_their_regions(sessions: Sessions) -> None:
    with sessions.begin() as session:
        add_elder(session, 1)
        add_elder(session, 2, region="达来呼布镇")
        add_elder(session, 3, region=None, situations=("独居",))
        town = stewards.add(session, name="张", phone="13900000001", regions=["达来呼布镇"])
        home = stewards.add(session, name="李", phone="13900000002", regions=[HOME])
    planner(sessions).due(NOW)
    assert [v.steward_id for v in visits(sessions)] == [home.id, town.id, None]
    with sessions.begin() as session:
        stewards.change(
            session, home.id, name="李", phone="13900000002", regions=[HOME], active=False
        )
        reassign(session, REGIONS.within, by="班长", now=NOW)
    assert [v.steward_id for v in visits(sessions)] == [town.id, town.id, None]
    with sessions() as session:
        last = session.scalars(select(VisitEvent).order_by(VisitEvent.id.desc())).first()
    assert last is not None
    assert (last.kind, last.by) == ("assigned", "班长")


def test_what_is_written_down_must_fit(embedded: Sessions) -> None:
    with embedded.begin() as session:
        add_elder(session)
    planner(embedded).due(NOW)
    good = Report(How.HOME, "李管家", NOW.date(), "腿脚好", (("eats", "well"),))
    bad = {
        "谁去的": Report(How.HOME, "  ", NOW.date()),
        "还没有到": Report(How.HOME, "李", date(2026, 11, 22)),
        "2026-11-01 到 2026-11-30": Report(How.HOME, "李", date(2026, 10, 31)),
    }
    for sentence, report in bad.items():
        with embedded.begin() as session, pytest.raises(ValueError, match=sentence):
            service.record(session, 1, report, by="li", now=NOW)
    with embedded.begin() as session:
        service.record(session, 1, good, by="li", now=NOW)
    with embedded() as session:
        visit = session.get_one(Visit, 1)
        assert (visit.state, visit.visitor, visit.done_at) == (State.DONE, "李管家", NOW)
        assert service.events(session, 1)[-1].note == "腿脚好"
        assert [a.finding for a in service.answers(session, 1)] == ["well"]
        assert service.next_visit(session, 1) is None
    with embedded.begin() as session, pytest.raises(ValueError, match="已经有人记过"):
        service.record(session, 1, good, by="li", now=NOW)


def test_a_missed_visit_may_be_written_down_late(embedded: Sessions) -> None:
    with embedded.begin() as session:
        add_elder(session)
    plan = planner(embedded)
    plan.due(NOW)
    plan.due(at(2026, 12, 2))
    with embedded.begin() as session:
        upcoming = service.next_visit(session, 1)
        assert upcoming is not None
        assert upcoming.due_on == date(2026, 12, 31)
        report = Report(How.ELSEWHERE, "李", date(2026, 11, 30))
        service.record(session, 1, report, by="li", now=at(2026, 12, 2))
    assert visits(embedded)[0].state == State.DONE
