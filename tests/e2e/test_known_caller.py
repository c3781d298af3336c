"""Somebody on their own telephone, with the real dialogue engine: what is on record needn't be said
again, orders are followed, moved, stopped and resumed, and a complaint becomes a case."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversation import Conversation, Incoming
from care.clock import system_clock
from care.complaints.model import Complaint
from care.elders.model import Elder
from care.orders import life
from care.orders import service as orders
from care.orders.model import Order
from care.orders.standing import OrderSeries
from care.orders.state import CANCELLED, DRAFT, PLACED, REVIEWED
from care.orders.steps import Act, locked
from care.orders.wish import Wish
from care.providers.model import Worker
from care.settings import Settings
from care.storage.engine import Sessions
from evaluation.system import ROOT, free_port, running
from hotline.app import build_app, build_parts
from tests.care.orders.town import provider
from tests.databases import ELDER_KEY, new_sqlite
from tests.serving import serving

TOKEN = "known-caller"
HOME = "东关小区3号楼402"
Speaks = Callable[[str], str]


@pytest.fixture(scope="module")
def conversation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conversation]:
    """The assistant of one process with a Rasa of its own, by which channels are vouched for as on
    the telephone: over HTTP nobody may call themselves a number."""
    folder = tmp_path_factory.mktemp("known")
    port = free_port()
    settings = Settings(
        database_url=new_sqlite(folder / "hotline.db"),
        rasa_url=f"http://127.0.0.1:{port}",
        elder_key=ELDER_KEY,
        action_token=TOKEN,
        run_folder=folder / "run",
        recordings=folder / "recordings",
        recording_key=folder / "recordings.key",
        pictures=folder / "pictures",
        telephone=False,
    )
    with serving(build_app(settings)) as address:
        environment = {
            "RASA_PORT": str(port),
            "HOTLINE_ACTION_URL": f"{address}/actions/webhook",
            "HOTLINE_ACTION_TOKEN": TOKEN,
            "HOTLINE_DIALOGUE_DATABASE": str(folder / "dialogue.db"),
        }
        command = [str(ROOT / "script" / "rasa")]
        with running(command, f"{settings.rasa_url}/", environment, Path(folder) / "log"):
            yield build_parts(settings).conversation


@pytest.fixture(scope="module")
def sessions(conversation: Conversation) -> Sessions:
    """Its database."""
    return conversation.sessions


@pytest.fixture
def elder(sessions: Sessions, request: pytest.FixtureRequest) -> Elder:
    """Somebody of this test alone, at home and with a diet."""
    phone = f"139{abs(hash(request.node.nodeid)) % 10**8:08d}"
    with sessions.begin() as session:
        row = Elder(
            name="王桂兰", phone=phone, region="阿拉善左旗", birth_date=date(1940, 1, 1),
            address=HOME, diet="软食", pension=False, residence="rural", ability=0,
        )  # fmt: skip
        session.add(row)
    return row


@pytest.fixture
def say(conversation: Conversation, elder: Elder) -> Speaks:
    """Says something on the elder's own telephone; gives the answer."""

    def speak(text: str) -> str:
        incoming = Incoming(f"tel:{elder.phone}", text, "phone", caller_phone=elder.phone)
        return "".join(reply.text for reply in conversation.handle(incoming).replies)

    return speak


def _orders(sessions: Sessions, elder: Elder, state: str = PLACED) -> list[Order]:
    with sessions() as session:
        query = select(Order).where(Order.elder_id == elder.id, Order.state == state)
        return list(session.scalars(query.order_by(Order.on, Order.id)))


def _haircut(sessions: Sessions, elder: Elder) -> int:
    """In three days, with 李强."""
    now = system_clock()
    wish = Wish(
        "理发", now.date() + timedelta(days=3), HOME, elder.name, elder.phone,
        at=time(10), elder_id=elder.id, region="阿拉善左旗",
    )  # fmt: skip
    with sessions.begin() as session:
        one = provider(session, f"康乐{elder.id}", "理发")
        worker = Worker(provider_id=one, name="李强", phone="13500000009")
        session.add(worker)
        session.flush()
        order = orders.place(session, wish, conversation_id=None, now=now)
        act = Act("康乐", now, "provider")
        life.offer(session, order.id, one, act, places=5, due=now + timedelta(hours=1))
        life.accept(session, order.id, act, provider_id=one, worker_id=worker.id)
        return order.id


def test_a_meal_comes_home_without_name_place_and_number(
    sessions: Sessions, elder: Elder, say: Speaks
) -> None:
    asked = say("后天中午给我订一份饭")
    assert re.search(f"{HOME}，是吗？", asked)
    told = say("是的")
    assert "软食" in told
    assert elder.phone not in told
    assert "订好了" in say("对")
    [order] = _orders(sessions, elder)
    assert (order.place, order.person, order.phone) == (HOME, "王桂兰", elder.phone)


def test_who_comes_where_it_is_and_how_many_hours_are_left(
    sessions: Sessions, elder: Elder, say: Speaks
) -> None:
    _haircut(sessions, elder)
    assert f"康乐{elder.id}的李强" in say("谁来给我理发")
    assert "安排好了" in say("我上次订的饭到哪了")
    assert "王桂兰" in say("这个月还有几个小时")


def test_from_one_day_to_another(sessions: Sessions, elder: Elder, say: Speaks) -> None:
    today = system_clock().date()
    days = [today + timedelta(n) for n in range(2, 9)]
    # Both of the same week, so that their names mean what they say.
    first, second = next((a, b) for a, b in pairwise(days) if b.weekday())
    names = "一二三四五六日"
    lead = "下" if first.isocalendar().week != today.isocalendar().week else ""
    one, other = (f"{lead}周{names[day.weekday()]}" for day in (first, second))
    say(f"{one}中午订一份饭")
    say("是")
    say("对")
    assert [order.on for order in _orders(sessions, elder)] == [first]
    say(f"把{one}的改到{other}")
    assert "改好了" in say("对")
    assert [order.on for order in _orders(sessions, elder)] == [second]


def test_every_noon_paused_resumed_on_festivals_and_ended(
    sessions: Sessions, elder: Elder, say: Speaks
) -> None:
    say("每天中午给我送一份饭")
    say("是")
    assert "过节" in say("对")
    made = len(_orders(sessions, elder))
    assert made
    say("这周末不要")
    say("对")
    left_out = _orders(sessions, elder, CANCELLED)
    assert all(order.on.weekday() >= 5 for order in left_out)
    say("明天到后天不用送")
    say("对")
    assert len(_orders(sessions, elder)) < made
    assert "照常安排" in say("又要送了")
    say("对")
    assert len(_orders(sessions, elder)) == made
    assert "没有停" in say("恢复送饭")
    say("过节照常送")
    say("对")
    with sessions() as session:
        query = select(OrderSeries.festivals).where(OrderSeries.elder_id == elder.id)
        assert list(session.scalars(query)) == ["serve"]
    say("以后不要送了")
    say("对")
    assert _orders(sessions, elder) == []


def test_a_draft_is_asked_about_after_their_own_concern(
    sessions: Sessions, elder: Elder, say: Speaks
) -> None:
    now = system_clock()
    wish = Wish(
        "午餐", now.date() + timedelta(days=4), HOME, elder.name, elder.phone, elder_id=elder.id
    )
    with sessions.begin() as session:
        orders.draft(session, wish, conversation_id=None, now=now, by="李娜", how="desk")
    assert "要不要" not in say("你好")
    answer = say("谢谢")
    assert "午餐还没定下" in answer
    assert "给您定下了" in say("要的")
    assert [order.on for order in _orders(sessions, elder)] == [wish.on]
    assert _orders(sessions, elder, DRAFT) == []


def test_how_it_was_is_asked_with_the_next_call(
    sessions: Sessions, elder: Elder, say: Speaks
) -> None:
    number = _haircut(sessions, elder)
    with sessions.begin() as session:
        act = Act("康乐", system_clock(), "provider")
        order = locked(session, number)
        order.on = system_clock().date()
        for step in (life.start, life.finish):
            step(session, number, act, provider_id=order.provider_id or 0)
    assert "您觉得怎么样" not in say("喂")
    assert "上门理发，师傅说做完了，是吗" in say("谢谢你啊")
    assert "5分" in say("很满意")
    assert [order.score for order in _orders(sessions, elder, REVIEWED)] == [5]


def test_a_complaint_that_is_said_is_a_case(sessions: Sessions, elder: Elder, say: Speaks) -> None:
    told = say("送饭的态度太差了")
    with sessions() as session:
        query = select(Complaint).order_by(Complaint.id.desc()).limit(1)
        case = session.scalars(query).one()
    assert (case.kind, case.person, case.phone) == ("attitude", "王桂兰", elder.phone)
    assert f"第{case.id}号" in told
    assert "找个人" in told


def test_what_somebody_is_due_is_told_from_the_record(say: Speaks) -> None:
    told = say("高龄津贴一个月多少钱")
    assert "住阿拉善左旗算" in told
    assert "阿拉善" in say("不对，我一百岁了")
