"""What waits: in order of a subject, to one sender at a time, for a day."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.storage.engine import Sessions
from care.webhooks import outbox
from care.webhooks.model import FAILED, SENT, WAITING, Webhook
from care.webhooks.outbox import GIVE_UP, HELD, DeliveryError, Parcel
from care.webhooks.recording import Happened, record_all
from tests.care.webhooks.receiver import House, Receiver

URL = "https://a.example.cn/"


@pytest.fixture
def house(sessions: Sessions) -> House:
    return House(sessions)


def take(house: House, owner: str = "a") -> Parcel | None:
    with house.sessions.begin() as session:
        return outbox.take(session, owner, house.clock())


def sent(house: House, parcel: Parcel | None, owner: str = "a") -> None:
    assert parcel is not None
    with house.sessions.begin() as session:
        outbox.sent(session, parcel, owner, "http 204", house.clock())


def missed(house: House, parcel: Parcel | None, owner: str = "a", *, rests: bool = False) -> None:
    assert parcel is not None
    with house.sessions.begin() as session:
        wait = timedelta(seconds=60)
        now = house.clock()
        outbox.missed(session, parcel, owner, "http 500", now, wait=wait, rests=rests)


def messages(house: House) -> list[str]:
    """Kinds of what can be taken now, one after the other."""
    found = []
    while parcel := take(house):
        found.append(parcel.message)
        sent(house, parcel)
    return found


def test_of_one_subject_nothing_overtakes(house: House) -> None:
    house.add(Receiver(url=URL))
    first, second = house.place(), house.place()
    house.cancel(first)
    assert (first, second) == (1, 2)
    missed(house, take(house))
    assert messages(house) == ["order_2"]
    house.clock.passes(seconds=61)
    assert messages(house) == ["order_1", "order_3"]
    assert messages(house) == []


def test_what_one_sender_has_no_other_takes_until_it_is_dead(house: House) -> None:
    house.add(Receiver(url=URL))
    house.place()
    house.place()
    parcel = take(house, "a")
    assert take(house, "b") is None
    house.clock.passes(seconds=HELD.total_seconds() + 1)
    again = take(house, "b")
    assert again is not None
    assert parcel is not None
    assert (again.message, again.body, again.attempt) == (parcel.message, parcel.body, 2)
    sent(house, parcel, "a")  # it was only slow: what it says counts no longer
    assert house.deliveries()[0].state == WAITING
    sent(house, again, "b")
    assert house.deliveries()[0].state == SENT


def test_what_a_round_put_down_waits_for_what_happened_one_by_one(house: House) -> None:
    house.add(Receiver(url=URL), "order.*", "benefit.*")
    found = [Happened(key, key, "found") for key in (1, 2)]
    with house.sessions.begin() as session:
        record_all(session.connection(), "benefit", found, house.clock(), in_bulk=True)
    house.clock.passes(seconds=1)
    house.place()
    assert messages(house) == ["order_1", "benefit_1", "benefit_2"]


def test_who_does_not_answer_is_left_in_peace(house: House) -> None:
    other = House(house.sessions, house.clock)
    quiet = house.add(Receiver(url=URL), name="quiet")
    other.add(Receiver(url=URL), name="other")
    house.place()
    house.place()
    parcel = take(house)
    assert parcel is not None
    missed(house, parcel, rests=True)
    assert house.webhook(quiet).rests_until == house.clock() + timedelta(seconds=60)
    taken = messages(house)
    assert taken == ["order_1", "order_2"]
    assert {each.webhook_id for each in house.deliveries() if each.state == WAITING} == {quiet}


def test_after_a_day_without_anything_it_is_turned_off(house: House) -> None:
    number = house.add(Receiver(url=URL))
    house.place()
    for _day in range(2):
        missed(house, take(house))
        house.clock.passes(seconds=GIVE_UP.total_seconds() + 1)
    hook, delivery = house.webhook(number), house.deliveries()[0]
    assert (delivery.state, delivery.answer, delivery.attempts) == (FAILED, "http 500", 2)
    assert (hook.off_why, hook.off_by) == ("silent", "job")
    house.place()
    assert len(house.deliveries()) == 1


def test_one_message_that_nobody_wants_doesnt_turn_it_off(house: House) -> None:
    number = house.add(Receiver(url=URL))
    house.place()
    missed(house, take(house))
    house.clock.passes(seconds=61)
    house.place()
    poison = take(house)
    missed(house, poison)
    assert messages(house) == ["order_2"]
    house.clock.passes(seconds=GIVE_UP.total_seconds())
    missed(house, take(house))
    assert [each.state for each in house.deliveries()] == [FAILED, SENT]
    assert house.webhook(number).off_at is None


def test_turned_on_again_what_waited_goes_out_for_another_day(house: House) -> None:
    number = house.add(Receiver(url=URL))
    house.place()
    missed(house, take(house))
    with house.sessions.begin() as session:
        outbox.turn_off(session.get_one(Webhook, number), "by_hand", by="sun", now=house.clock())
    house.clock.passes(days=3)
    assert take(house) is None
    with house.sessions.begin() as session:
        outbox.turn_on(session, session.get_one(Webhook, number), house.clock())
    missed(house, take(house))
    assert (house.deliveries()[0].state, house.deliveries()[0].attempts) == (WAITING, 1)


def test_what_was_given_up_or_taken_can_be_sent_again(house: House) -> None:
    number = house.add(Receiver(url=URL))
    house.place()
    assert messages(house) == ["order_1"]
    with house.sessions.begin() as session:
        outbox.resend(session, 1, house.clock())
    assert messages(house) == ["order_1"]
    with pytest.raises(DeliveryError), house.sessions.begin() as session:
        outbox.resend(session, 99, house.clock())
    with pytest.raises(DeliveryError), house.sessions.begin() as session:
        outbox.resend(session, 1, house.clock(), of=number + 1)
    assert messages(house) == []
    with house.sessions.begin() as session:
        outbox.turn_off(session.get_one(Webhook, number), "by_hand", by="sun", now=house.clock())
    with pytest.raises(DeliveryError), house.sessions.begin() as session:
        outbox.resend(session, 1, house.clock())


def test_what_is_over_is_forgotten(house: House) -> None:
    number = house.add(Receiver(url=URL))
    house.place()
    assert messages(house) == ["order_1"]
    house.place()
    house.clock.passes(days=31)
    before = house.clock() - timedelta(days=30)
    with house.sessions.begin() as session:
        assert not outbox.forget(session, before)
    assert [each.state for each in house.deliveries()] == [WAITING]
    with house.sessions.begin() as session:
        hook = session.get_one(Webhook, number)
        outbox.turn_off(hook, "silent", by="job", now=before - timedelta(hours=1))
        session.flush()
        outbox.forget(session, before)
    assert house.deliveries() == []


@given(st.integers(1, 200), st.floats(0, 1))
def test_pauses_grow_up_to_an_hour_and_never_by_chance_alone(attempt: int, chance: float) -> None:
    pause = outbox.pause(attempt, chance).total_seconds()
    usual = min(5 * 2 ** min(attempt - 1, 30), 3600)
    assert 0.8 * usual - 1e-6 <= pause <= 1.2 * usual + 1e-6


def test_a_day_holds_some_thirty_attempts() -> None:
    spent, attempts = timedelta(), 0
    while spent < GIVE_UP:
        attempts += 1
        spent += outbox.pause(attempts, 0.5)
    assert 30 <= attempts <= 40


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["place", "cancel", "ok", "no", "dead", "time"]), max_size=30))
def test_whatever_happens_nothing_is_lost_and_nothing_overtakes(
    embedded: Sessions, steps: list[str]
) -> None:
    house = House(embedded)
    hook = house.add(Receiver(url=URL), name=f"hook {len(house.deliveries())} {house.clock.now}")
    orders: list[int] = []
    taken: list[str] = []
    for step in [*steps, *["time", "ok"] * 40]:
        if step == "place" or (step == "cancel" and not orders):
            orders.append(house.place())
        elif step == "cancel":
            house.cancel(orders[-1])
        elif step == "time":
            house.clock.passes(seconds=200)
        else:
            parcel = take(house, step)
            if parcel and step == "ok":
                taken.append(parcel.message)
                sent(house, parcel, step)
            elif parcel and step == "no":
                missed(house, parcel, step, rests=True)
    mine = [each for each in house.deliveries() if each.webhook_id == hook]
    assert {each.state for each in mine} <= {SENT}
    order = {each.message: each for each in mine}
    for subject in {each.subject for each in mine}:
        told = [order[message].id for message in taken if order[message].subject == subject]
        assert told == sorted(told)
    with embedded.begin() as session:
        outbox.turn_off(session.get_one(Webhook, hook), "by_hand", by="t", now=house.clock())
