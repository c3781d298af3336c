"""A day at the desk for pictures: invented people, the same words and figures every time."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.outcome import Outcome
from care.calls.model import Call
from care.clock import SHANGHAI
from care.conversations import service as conversations
from care.conversations.model import Understanding
from care.desk import callbacks, claims, seats
from care.desk.state import SeatState
from care.handovers import service as handovers
from care.operators import accounts
from care.operators.accounts import NewOperator
from care.operators.passwords import Passwords
from care.operators.role import Role
from care.orders import service as orders
from care.storage.engine import Sessions
from hotline.demonstration import fill

NOW = datetime(2026, 11, 20, 15, 20, tzinfo=SHANGHAI)
"""A Friday afternoon, when the pictures are taken."""
PASSWORD = "chenlu dengguang tanglang"  # noqa: S105 - of a database that lasts for the pictures
PEOPLE = (
    ("zhangmin", "张敏", Role.OPERATOR),
    ("lihua", "李华", Role.OPERATOR),
    ("chenjing", "陈静", Role.OPERATOR),
    ("wangfang", "王芳", Role.SUPERVISOR),
    ("sunqiang", "孙强", Role.AUDITOR),
    ("zhaolei", "赵磊", Role.ADMIN),
)
_ASKED = (
    ("ask_entitlement", "高龄津贴一个月多少钱"),
    ("order_meal", "明天中午给我订一份软和的"),
    ("book_service", "想找人来擦擦玻璃"),
    ("ask_canteen", "老年食堂在哪儿"),
    ("check_order", "我那个单子到哪儿了"),
    ("chat_lonely", "一个人闷得慌，说说话"),
)
_HOURS = (0, 0, 0, 0, 0, 1, 2, 4, 7, 9, 8, 6, 3, 4, 7, 4)
"""Calls of each hour until now; half as many chats."""


def set_up(sessions: Sessions, passwords: Passwords) -> int:
    """Fills an empty database; gives the number of the conversation that is shown."""
    fill(sessions, NOW - timedelta(days=1))
    dice = random.Random(12349)  # noqa: S311 - invented figures
    with sessions.begin() as session:
        for name, display_name, role in PEOPLE:
            new = NewOperator(name, display_name, role)
            hashed = passwords.hash(PASSWORD)
            accounts.add(session, new, hashed, by="zhaolei", now=NOW - timedelta(days=30))
    _past_hours(sessions, dice)
    _past_alarms(sessions, dice)
    _orders(sessions)
    shown = _present(sessions)
    _open_alarms(sessions)
    return shown


def _past_hours(sessions: Sessions, dice: random.Random) -> None:
    midnight = NOW.replace(hour=0, minute=0)
    reasons = ("asked", "asked", "asked", "unanswered", "complaint", "silence")
    number = 0
    for hour, calls in enumerate(_HOURS):
        for place in range(calls + calls // 2):
            number += 1
            at = midnight + timedelta(hours=hour, minutes=dice.randrange(55))
            phone = place < calls
            sender = f"tel:1390000{number:04d}" if phone else f"web-{number:08d}"
            intent, text = dice.choice(_ASKED)
            intent = "nlu_fallback" if dice.random() < 0.07 else intent
            with sessions.begin() as session:
                row = _said(session, sender, "phone" if phone else "web", at, [(text, intent, {})])
                if phone:
                    _call(session, number, sender, row, at)
                if dice.random() < 0.3 and at < NOW - timedelta(minutes=15):
                    _served(session, row, at, dice, dice.choice(reasons))


def _call(session: Session, number: int, sender: str, row: int, at: datetime) -> None:
    answered = None if number % 41 == 0 else at
    session.add(
        Call(
            ref=f"C1120-{number:04d}",
            leg=f"scene-{number}",
            direction="in",
            channel="sip",
            caller=sender.removeprefix("tel:"),
            conversation_id=row,
            started_at=at,
            answered_at=answered,
            ended_at=at + timedelta(minutes=4),
        )
    )


def _said(
    session: Session,
    sender: str,
    channel: str,
    at: datetime,
    told: Sequence[tuple[str, str, dict[str, str]]],
) -> int:
    """Utterances of an elder with what was made of each; an answer follows each."""
    row = conversations.open_conversation(session, sender_id=sender, channel=channel, now=at)
    session.flush()
    for text, intent, slots in told:
        said = conversations.record(session, conversation=row, speaker="elder", text=text, now=at)
        session.flush()
        session.add(
            Understanding(
                utterance_id=said.id,
                conversation_id=row.id,
                at=at,
                intent=intent,
                confidence=0.94,
                slots=slots,
            )
        )
    return row.id


def _served(session: Session, row: int, at: datetime, dice: random.Random, reason: str) -> None:
    asked = at + timedelta(seconds=40)
    found = handovers.request(session, conversation_id=row, reason=reason, now=asked)
    picked_up = asked + timedelta(seconds=min(dice.expovariate(1 / 7), 55))
    operator = dice.choice(["zhangmin", "lihua", "chenjing"])
    handovers.claim(session, found.id, operator=operator, now=picked_up)
    end = picked_up + timedelta(minutes=dice.randrange(2, 8))
    handovers.close(session, found.id, by=operator, now=end, wrap_up="answered")


def _past_alarms(sessions: Sessions, dice: random.Random) -> None:
    for number, (category, outcome) in enumerate(
        (
            ("fall", Outcome.HELPED),
            ("pendant", Outcome.PRESSED_BY_MISTAKE),
            ("fall", Outcome.HELPED),
            ("chest_pain", Outcome.HELPED),
            ("pendant", Outcome.TEST),
            ("lost", Outcome.NO_HELP_NEEDED),
        )
    ):
        at = NOW - timedelta(hours=1 + number)
        report = alarms.Report(category, 2, "来人啊", place="额鲁特花园", person="王桂兰")
        ref = alarms.raise_(sessions, report, at).ref
        taken = at + timedelta(seconds=dice.randrange(8, 40))
        with sessions.begin() as session:
            alarms.acknowledge(session, ref, by="lihua", now=taken, how="desk")
            end = taken + timedelta(minutes=20)
            alarms.close(
                session,
                ref,
                by="lihua",
                reason="电话里问过，人没事",
                now=end,
                outcome=outcome,
                how="desk",
            )


def _orders(sessions: Sessions) -> None:
    for number, (service, name, place) in enumerate(
        (
            ("午餐", "王桂兰", "额鲁特花园1号楼2单元301"),
            ("晚餐", "马秀英", "北塔家园6号楼3单元401"),
            ("助洁", "李长山", "胡杨小区3号楼1单元102"),
            ("理发", "赵淑珍", "铁西云峰里9号楼1单元502"),
            ("助浴", "孙德旺", "大东小河沿路20号院4号楼101"),
        )
    ):
        at = None if "餐" in service else NOW.time().replace(hour=9 + number, minute=30)
        on = (NOW + timedelta(days=number % 3)).date()
        wish = orders.Wish(service, on, place, name, f"1380000000{number + 1}", at=at)
        with sessions.begin() as session:
            orders.place(session, wish, conversation_id=None, now=NOW - timedelta(hours=number))


def _present(sessions: Sessions) -> int:
    """Who talks and waits now; → the conversation that is shown."""
    meal = {"meal": "午餐", "on_date": "2026-11-21", "count": "1", "diet": "软食"}
    place = meal | {"place": "额鲁特花园1号楼2单元301", "person_name": "王桂兰"}
    told = (
        ("明天中午给我订一份软和的饭", "order_meal", meal),
        ("额鲁特花园一号楼", "inform", place),
        ("八十四了，在阿拉善左旗，高龄津贴能领多少", "ask_entitlement",
         place | {"region": "阿拉善左旗", "age": "84", "benefit": "高龄津贴"}),
        ("说不清楚，找个人跟我说", "ask_human", place | {"region": "阿拉善左旗", "age": "84"}),
    )  # fmt: skip
    with sessions.begin() as session:
        shown = _said(session, "web-wangguilan", "web", NOW - timedelta(minutes=4), told)
        row = conversations.open_conversation(
            session, sender_id="web-wangguilan", channel="web", now=NOW - timedelta(minutes=2)
        )
        conversations.record(
            session,
            conversation=row,
            speaker="assistant",
            text="好，正在给您找人工，请稍等。",
            now=NOW - timedelta(minutes=2),
        )
        found = handovers.request(
            session, conversation_id=shown, reason="asked", now=NOW - timedelta(seconds=95)
        )
        for name, state in (
            ("wangfang", SeatState.AVAILABLE),
            ("zhangmin", SeatState.AVAILABLE),
            ("lihua", SeatState.BREAK),
            ("chenjing", SeatState.AVAILABLE),
        ):
            seats.choose(session, name, state, NOW - timedelta(minutes=3))
        claims.claim(session, found.id, operator="wangfang", now=NOW - timedelta(seconds=88))
        claims.say(
            session,
            shown,
            operator="wangfang",
            text="王大妈您好，我是王芳。津贴的事我给您查一下。",
            now=NOW - timedelta(seconds=60),
        )
        for sender, channel, text, intent, reason, waited in (
            ("tel:13800000004", "phone", "送来的饭洒了，我要投诉", "complain", "complaint", 9),
            ("web-liu", "web", "养老院怎么排队", "ask_care_home", "unanswered", 22),
            ("tel:13800000007", "phone", "找个人", "ask_human", "asked", 4),
        ):
            at = NOW - timedelta(seconds=waited)
            waiting = _said(session, sender, channel, at, [(text, intent, {})])
            handovers.request(session, conversation_id=waiting, reason=reason, now=at)
        for sender, text, intent in (
            ("web-chen", "后天上午来理个发", "book_service"),
            ("web-zhou", "今天农历几号", "ask_date_time"),
            ("web-wu", "食堂周末开不开", "ask_canteen"),
        ):
            _said(session, sender, "web", NOW - timedelta(minutes=1), [(text, intent, {})])
        for phone, person, about, minutes in (
            ("13800000002", "李长山", "津贴办下来了没有，问过民政再告诉他", -5),
            ("13800000006", "赵淑珍", "体检车哪天来", 40),
        ):
            wish = callbacks.Wish(phone, about, NOW + timedelta(minutes=minutes), person)
            callbacks.make(session, wish, by="zhangmin", now=NOW - timedelta(hours=1))
        for name, _, _ in PEOPLE:
            seats.touch(session, name, NOW)  # their browsers are open
    return shown


def _open_alarms(sessions: Sessions) -> None:
    told = alarms.Report(
        "fall",
        1,
        "老伴在厕所摔倒了，起不来",
        person="李长山",
        phone="13800000002",
        place="胡杨小区3号楼1单元102",
        facts={"breathing": "有", "conscious": "清醒", "alone": "老伴在"},
    )
    alarms.raise_(sessions, told, NOW - timedelta(seconds=25))
    told = alarms.Report("pendant", 2, "按了呼救器", person="马秀英", place="北塔家园6号楼3单元401")
    ref = alarms.raise_(sessions, told, NOW - timedelta(minutes=7)).ref
    with sessions.begin() as session:
        now = NOW - timedelta(minutes=7) + timedelta(seconds=18)
        alarms.acknowledge(session, ref, by="wangfang", now=now, how="desk")
        alarms.dispatch(
            session,
            ref,
            by="wangfang",
            responder="北塔社区 老周",
            now=now + timedelta(minutes=1),
            how="desk",
        )
