"""The nightly round: birthdays, moving, receipts; killed in the middle; two processes at once."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from care.benefits import life, receipts
from care.benefits.model import BenefitCase, BenefitEvent, BenefitReceipt, BenefitRound
from care.benefits.night import HELD, Done, LostError
from care.benefits.state import Step
from care.changes.model import Change
from care.elders.consent import Consent, ElderConsent
from care.elders.model import DECEASED
from tests.care.benefits.found import Nights
from tests.care.webhooks.receiver import House, Receiver

OLD, OLDER = "alashan-old-age-80", "alashan-old-age-90"
CARE = "shenyang-health-care"
TOMORROW = date(2026, 11, 22)


class KilledError(Exception):
    """The process ended here."""


def test_a_birthday_makes_somebody_eligible_and_only_then_are_they_new(nights: Nights) -> None:
    nights.add(region="沈阳市", birth_date=date(1961, 11, 22))
    assert nights.night() == Done(elders=1, found=0, lapsed=0)
    assert nights.next_night() == Done(elders=1, found=1, lapsed=0)
    assert nights.cases() == {CARE: ("new", None)}
    assert nights.next_night() == Done(elders=1, found=0, lapsed=0)
    assert nights.course(CARE) == [("found", "round", "")]


def test_who_moves_loses_one_and_gets_another(nights: Nights) -> None:
    elder = nights.add(region="沈阳市", birth_date=date(1943, 1, 1))
    nights.night()
    assert nights.cases()[CARE] == ("new", None)
    nights.change(elder, region="额济纳旗")
    nights.next_night()
    assert nights.cases()[CARE] == ("lapsed", None)
    assert nights.cases()["ejina-old-age-80"] == ("to_check", "hukou")
    nights.change(elder, region="沈阳市")
    nights.next_night()
    assert nights.cases()[CARE] == ("new", None)
    assert [kind for kind, _by, _note in nights.course(CARE)] == ["found", "lapsed", "found"]


def test_a_person_who_lacks_a_fact_is_to_be_checked_until_somebody_did(nights: Nights) -> None:
    nights.add(region="阿拉善左旗", birth_date=date(1937, 1, 1))
    nights.night()
    assert nights.cases() == {OLD: ("to_check", "hukou")}
    with nights.sessions.begin() as session:
        number = session.scalars(select(BenefitCase.id)).one()
        life.take_step(session, number, Step.CONFIRM, by="zhang", now=nights.now)
    nights.next_night()
    assert nights.cases() == {OLD: ("new", None)}


def test_the_next_age_band_is_new_and_the_old_one_over(nights: Nights) -> None:
    nights.add(region="阿拉善左旗", birth_date=date(1936, 11, 22))
    nights.night()
    nights.next_night()
    assert nights.cases() == {OLD: ("lapsed", None), OLDER: ("to_check", "hukou")}


def test_who_gets_it_isnt_told_again_until_it_ends(nights: Nights) -> None:
    elder = nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    with nights.sessions.begin() as session:
        got = receipts.record(
            session, elder_id=elder, benefit="健康管理", by="zhang", now=nights.now
        )
        session.flush()
        number = got.id
    nights.night()
    assert nights.cases() == {}
    with nights.sessions.begin() as session:
        session.get_one(BenefitReceipt, number).ended_on = TOMORROW
    nights.next_night()
    assert nights.cases() == {CARE: ("new", None)}


def test_a_receipt_of_one_band_doesnt_cover_the_next(nights: Nights) -> None:
    elder = nights.add(region="阿拉善左旗", birth_date=date(1936, 11, 22))
    with nights.sessions.begin() as session:
        for _twice in range(2):
            receipts.record(
                session, elder_id=elder, benefit="高龄津贴", rule=OLD, by="zhang", now=nights.now
            )
            session.flush()
        assert len(receipts.of_elder(session, elder, nights.now.date())) == 1
    nights.night()
    assert nights.cases() == {}
    nights.next_night()
    assert nights.cases() == {OLDER: ("to_check", "hukou")}


def test_what_people_work_on_is_left_to_them(nights: Nights) -> None:
    elder = nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    nights.night()
    with nights.sessions.begin() as session:
        number = session.scalars(select(BenefitCase.id)).one()
        life.take_step(session, number, Step.APPLY, by="zhang", now=nights.now)
    nights.change(elder, region="北京市")
    assert nights.next_night() == Done(elders=1, found=0, lapsed=0)
    assert nights.cases() == {CARE: ("applying", None)}


@pytest.mark.parametrize("how", ["died", "refused"])
def test_nothing_is_found_for_the_dead_or_who_said_no(here: Nights, how: str) -> None:
    elder = here.add(region="沈阳市", birth_date=date(1960, 1, 1))
    here.night()
    if how == "died":
        here.change(elder, state=DECEASED)
    else:
        with here.sessions.begin() as session:
            for given in (True, False):
                session.add(
                    ElderConsent(
                        elder_id=elder, kind=Consent.DATA.value, given=given, at=here.now, by="li"
                    )
                )
                session.flush()
    here.next_night()
    assert here.cases() == {CARE: ("lapsed", None)}


def test_a_killed_round_goes_on_where_it_was(nights: Nights) -> None:
    for _each in range(5):
        nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    batches = 0

    def killed(_seconds: float) -> None:
        nonlocal batches
        batches += 1
        if batches == 2:
            raise KilledError

    with pytest.raises(KilledError):
        nights.night(wait=killed)
    assert nights.night("two") is None  # it may still be alive
    nights.clock.now += HELD + timedelta(seconds=1)
    assert nights.night("two") == Done(elders=5, found=5, lapsed=0)
    assert nights.night("three") is None
    with nights.sessions() as session:
        assert session.scalar(select(func.count()).select_from(BenefitCase)) == 5
        assert session.scalar(select(func.count()).select_from(BenefitEvent)) == 5
        assert session.scalar(select(func.count()).select_from(Change)) == 3  # one a batch


def test_a_round_that_is_stopped_leaves_the_rest_to_whoever_comes_next(nights: Nights) -> None:
    for _each in range(5):
        nights.add(region="沈阳市", birth_date=date(1960, 1, 1))
    asked = iter([False, True])
    assert nights.night(stopped=lambda: next(asked)) is None
    with nights.sessions() as session:
        assert session.scalar(select(func.count()).select_from(BenefitCase)) == 2  # one batch
    assert nights.night("two") == Done(elders=5, found=5, lapsed=0)


def test_who_was_thought_dead_writes_nothing_more(nights: Nights) -> None:
    for _each in range(4):
        nights.add(region="沈阳市", birth_date=date(1960, 1, 1))

    def overtaken(_seconds: float) -> None:
        nights.clock.now += HELD + timedelta(seconds=1)
        assert nights.night("two") == Done(elders=4, found=4, lapsed=0)

    with pytest.raises(LostError):
        nights.night(wait=overtaken)
    with nights.sessions() as session:
        assert session.scalar(select(func.count()).select_from(BenefitCase)) == 4
        row = session.get_one(BenefitRound, nights.now.date())
        assert (row.elders, row.owner, row.done_at is None) == (4, None, False)


def test_webhooks_are_told_what_a_night_found_and_ended(nights: Nights) -> None:
    """In the transaction of the batch, and only what each wants."""
    house = House(nights.sessions)
    everything = house.add(Receiver(url="https://a.example.cn/"), "benefit.*", name="a")
    ended = house.add(Receiver(url="https://b.example.cn/"), "benefit.lapsed", name="b")
    house.add(Receiver(url="https://c.example.cn/"), "order.*", "benefit.told", name="c")
    elders = [nights.add(region="沈阳市", birth_date=date(1943, 1, 1)) for _number in range(3)]
    nights.night()
    found = house.deliveries()
    assert {(each.webhook_id, each.kind) for each in found} == {(everything, "benefit.found")}
    with nights.sessions() as session:
        events = {each.case_id: each for each in session.scalars(select(BenefitEvent))}
    assert {each.subject: json.loads(each.body) for each in found} == {
        f"benefit/{case}": {
            "type": "benefit.found",
            "timestamp": nights.now.isoformat(),
            "data": {"id": case, "event": event.id},
        }
        for case, event in events.items()
    }
    assert {each.message for each in found} == {f"benefit_{each.id}" for each in events.values()}
    assert {each.in_bulk for each in found} == {True}
    nights.change(elders[0], region="额济纳旗")
    nights.next_night()
    later = [each for each in house.deliveries() if each.kind == "benefit.lapsed"]
    assert {each.webhook_id for each in later} == {everything, ended}


def test_what_a_killed_night_rolled_back_is_told_to_nobody(here: Nights) -> None:
    house = House(here.sessions)
    house.add(Receiver(url="https://a.example.cn/"), "benefit.*")
    for _number in range(4):
        here.add(region="沈阳市", birth_date=date(1943, 1, 1))

    def killed(_seconds: float) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        here.night(wait=killed)
    told = house.deliveries()
    here.clock.passes(seconds=HELD.total_seconds() + 1)
    here.night(owner="two")
    subjects = [each.subject for each in house.deliveries()]
    assert 0 < len(told) < len(subjects)
    assert len(set(subjects)) == len(subjects)
