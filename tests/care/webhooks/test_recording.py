"""What happened is put down for whoever wants to know, in the same transaction."""

import json

import pytest

from care.alarms import service as alarms
from care.conversations import service as conversations
from care.orders import service as orders
from care.orders.model import Order
from care.storage.engine import Sessions
from care.webhooks import outbox, service
from care.webhooks.model import Webhook
from care.webhooks.service import WebhookError
from tests.care.webhooks.receiver import House, Receiver
from tests.conftest import NOW

ALL = ("order.*", "visit.*", "alarm.*", "elder.*", "benefit.*")


@pytest.fixture
def house(sessions: Sessions) -> House:
    return House(sessions)


def told(house: House) -> list[tuple[int, str, str]]:
    return [(each.webhook_id, each.kind, each.subject) for each in house.deliveries()]


def test_each_is_told_what_it_wants(house: House) -> None:
    everything = house.add(Receiver(url="https://a.example.cn/"), *ALL, name="a")
    placed = house.add(Receiver(url="https://b.example.cn/"), "order.placed", name="b")
    house.add(Receiver(url="https://c.example.cn/"), "visit.*", name="c")
    number = house.place()
    house.cancel(number)
    subject = f"order/{number}"
    assert sorted(told(house)) == [
        (everything, "order.cancelled", subject),
        (everything, "order.placed", subject),
        (placed, "order.placed", subject),
    ]


def test_it_says_which_and_not_who(house: House) -> None:
    house.add(Receiver(url="https://a.example.cn/"), *ALL)
    number = house.place()
    body = json.loads(house.deliveries()[0].body)
    assert body["type"] == "order.placed"
    assert body["timestamp"] == house.clock().isoformat()
    assert body["data"] == {"id": number, "event": 1}


def test_what_is_rolled_back_is_told_to_nobody(house: House) -> None:
    house.add(Receiver(url="https://a.example.cn/"), *ALL)
    number = house.place()
    with pytest.raises(RuntimeError), house.sessions.begin() as session:
        orders.cancel(session, session.get_one(Order, number), NOW)
        raise RuntimeError
    assert [kind for _hook, kind, _subject in told(house)] == ["order.placed"]


def test_an_alarm_is_told_as_soon_as_it_is_on_disk(house: House) -> None:
    hook = house.add(Receiver(url="https://a.example.cn/"), "alarm.raised")
    alarm = alarms.raise_(
        house.sessions, alarms.Report(category="fall", severity=1, said="摔"), NOW
    )
    assert told(house) == [(hook, "alarm.raised", f"alarm/{alarm.id}")]
    assert "摔" not in house.deliveries()[0].body


def test_conversations_and_what_is_off_are_told_to_nobody(house: House) -> None:
    number = house.add(Receiver(url="https://a.example.cn/"), *ALL)
    with house.sessions.begin() as session:
        talk = conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
        conversations.record(session, conversation=talk, speaker="elder", text="喂", now=NOW)
    with house.sessions.begin() as session:
        service.turn_off(session.get_one(Webhook, number), by="sun", now=NOW)
    house.place()
    assert told(house) == []
    with house.sessions.begin() as session:
        outbox.turn_on(session, session.get_one(Webhook, number), NOW)
    house.place()
    assert [kind for _hook, kind, _subject in told(house)] == ["order.placed"]


@pytest.mark.parametrize(
    ("name", "url", "kinds", "field"),
    [
        ("", "https://a.example.cn/", ["order.*"], "name"),
        ("a" * 65, "https://a.example.cn/", ["order.*"], "name"),
        ("a\nb", "https://a.example.cn/", ["order.*"], "name"),
        ("区平台", "https://a.example.cn/", ["order.*"], "name"),
        ("b", "http://a.example.cn/", ["order.*"], "url"),
        ("b", "https://10.0.0.1/", ["order.*"], "url"),
        ("b", "https://a.example.cn/", [], "kinds"),
        ("b", "https://a.example.cn/", ["order"], "kinds"),
        ("b", "https://a.example.cn/", ["conversation.*"], "kinds"),
        ("b", "https://a.example.cn/", ["order.、"], "kinds"),
    ],
)
def test_what_cant_be_added_is_said(
    embedded: Sessions, name: str, url: str, kinds: list[str], field: str
) -> None:
    House(embedded).add(Receiver(url="https://a.example.cn/"))
    with pytest.raises(WebhookError) as raised, embedded.begin() as session:
        service.add(session, name, url, kinds, allowed=(), by="test", now=NOW)
    assert raised.value.field == field
    assert str(raised.value).endswith("。")
