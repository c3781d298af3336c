"""The way to a real server: what arrives, what comes again, and where nothing is sent."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from care.storage.engine import Sessions
from care.webhooks import outbox, service
from care.webhooks.model import FAILED, SENT, WAITING, Webhook
from care.webhooks.posting import NoAnswerError, post
from care.webhooks.secret import OVERLAP, in_use
from care.webhooks.settings import WebhookSettings
from tests.care.webhooks.receiver import LOOPBACK, House, Receiver

IMPATIENT = LOOPBACK.model_copy(update={"timeout": 0.2})


@pytest.fixture
def house(embedded: Sessions) -> House:
    return House(embedded)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().listening() as found:
        yield found


def test_what_happened_arrives_signed_and_in_order(house: House, receiver: Receiver) -> None:
    house.add(receiver)
    number = house.place()
    house.cancel(number)
    sender = house.sender()
    assert [sender.one("a"), sender.one("a"), sender.one("a")] == [True, True, False]
    assert [each["type"] for each in receiver.taken] == ["order.placed", "order.cancelled"]
    assert [each["data"] for each in receiver.taken] == [
        {"id": number, "event": 1},
        {"id": number, "event": 2},
    ]
    assert receiver.came == ["order_1", "order_2"]


def test_a_server_that_fails_is_asked_again_ever_more_rarely(
    house: House, receiver: Receiver
) -> None:
    house.add(receiver)
    house.place()
    receiver.answers = [500, 302, 404]
    sender = house.sender()
    for seconds in (5, 10, 20):
        assert sender.one("a")
        house.clock.passes(seconds=seconds - 1)
        assert not sender.one("a")
        house.clock.passes(seconds=1)
    assert sender.one("a")
    assert receiver.came == ["order_1"] * 4
    row = house.deliveries()[0]
    assert (row.state, row.answer, row.attempts) == (SENT, "http 204", 4)


def test_a_killed_process_loses_nothing(house: House, receiver: Receiver) -> None:
    """It had sent the message, and died before it wrote that down."""
    house.add(receiver)
    house.place()
    with house.sessions.begin() as session:
        parcel = outbox.take(session, "killed", house.clock())
    assert parcel is not None
    house.sender()._post(parcel)
    assert not house.sender().one("a")
    house.clock.passes(seconds=outbox.HELD.total_seconds() + 1)
    assert house.sender().one("a")
    assert receiver.came == ["order_1", "order_1"]
    assert receiver.taken[0] == receiver.taken[1]
    assert house.deliveries()[0].state == SENT


def test_a_slow_server_holds_up_no_other(house: House, receiver: Receiver) -> None:
    with Receiver(hold=threading.Event()).listening() as slow:
        assert slow.hold is not None
        house.add(slow, name="slow")
        house.add(receiver, name="quick")
        house.place()
        house.place()
        sender = house.sender(IMPATIENT)
        while sender.one("a"):
            pass
        slow.hold.set()
    assert slow.came == ["order_1"]
    assert receiver.came == ["order_1", "order_2"]
    first = house.deliveries()[0]
    assert (first.state, first.answer) == (WAITING, "timeout")
    assert house.webhook(1).rests_until == house.clock() + timedelta(seconds=5)


def test_a_server_that_is_away_for_a_day_is_turned_off(house: House) -> None:
    with Receiver().listening() as gone:
        number = house.add(gone)
    house.place()
    sender = house.sender()
    for _try in range(50):
        sender.one("a")
        house.clock.passes(hours=1.3)
    row = house.deliveries()[0]
    assert (row.state, row.answer, house.webhook(number).off_why) == (
        FAILED,
        "unreachable",
        "silent",
    )


def test_who_says_gone_is_told_nothing_more(house: House, receiver: Receiver) -> None:
    number = house.add(receiver)
    house.place()
    receiver.answers = [410]
    assert house.sender().one("a")
    assert house.webhook(number).off_why == "gone"


def test_who_asks_for_rest_gets_it(house: House, receiver: Receiver) -> None:
    number = house.add(receiver)
    house.place()
    receiver.answers, receiver.headers = [503], {"Retry-After": "120"}
    assert house.sender().one("a")
    assert house.webhook(number).rests_until == house.clock() + timedelta(seconds=120)


def test_nobody_sends_us_elsewhere(house: House, receiver: Receiver) -> None:
    house.add(receiver)
    house.place()
    receiver.answers = [307]
    receiver.headers = {"Location": receiver.url.replace("/hook", "/elsewhere")}
    house.sender().one("a")
    assert receiver.came == ["order_1"]
    assert house.deliveries()[0].answer == "http 307"


def test_what_was_allowed_once_is_looked_at_every_time(house: House, receiver: Receiver) -> None:
    """The settings were narrowed, or the name leads home by now."""
    house.add(receiver)
    house.place()
    assert house.sender(WebhookSettings()).one("a")
    assert (receiver.came, house.deliveries()[0].answer) == ([], "private address")


def test_a_name_that_leads_home_is_not_connected_to(receiver: Receiver) -> None:
    url = receiver.url.replace("127.0.0.1", "localhost")
    with pytest.raises(NoAnswerError, match="private address"):
        post(url, {}, "{}", allowed=(), seconds=1)
    assert receiver.came == []


def test_a_renewed_secret_and_those_before_it_sign_for_a_day(
    house: House, receiver: Receiver
) -> None:
    """Renewed twice: the page with the second was closed before anybody had copied it."""
    number = house.add(receiver)
    first = receiver.secret
    for _time in range(2):
        house.clock.passes(seconds=30)
        newest = house.renew(number)
    for known in (first, newest):
        receiver.secret = known
        house.place()
        assert house.sender().one("a")
    assert len(receiver.taken) == 2
    house.clock.passes(seconds=OVERLAP.total_seconds())
    with house.sessions() as session:
        assert in_use(session.get_one(Webhook, number), house.clock()) == (newest,)


def test_not_every_secret_that_there_ever_was_signs(house: House) -> None:
    number = house.add(Receiver(url="https://a.example.cn/"))
    made = [house.renew(number) for _time in range(4)]
    with house.sessions() as session:
        found = in_use(session.get_one(Webhook, number), house.clock())
    assert found == tuple(reversed(made[-3:]))


def test_a_message_can_be_tried_out(house: House, receiver: Receiver) -> None:
    number = house.add(receiver)
    with house.sessions.begin() as session:
        service.try_out(session, session.get_one(Webhook, number), house.clock())
    assert house.sender().one("a")
    assert receiver.taken[0]["type"] == "webhook.test"
