"""Emergencies, binding, wishes and notices, as somebody in WeChat meets them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.wechat.news import News
from bot.channels.wechat.sentences import Sentences
from bot.conversation import Incoming
from care.alarms import service as alarms
from care.alarms.model import Alarm, AlarmEvent
from care.data_files import DATA
from care.desk.person import people
from care.elders.event import events
from care.elders.model import Elder
from care.storage.engine import Sessions
from care.wechat import binding, code
from care.wechat.bound import WechatBinding
from care.wechat.code import Grant
from care.wechat.model import WechatUser
from tests.conftest import NOW
from tests.wechat.world import ELDER, World, world

DAUGHTER = "o-lihong"
KEY = b"k" * 32


@pytest.fixture
def elder(wechat: World) -> int:
    with wechat.sessions.begin() as session:
        row = Elder(name="王桂兰", phone="13800000001", address="东关小区三号楼501")
        session.add(row)
        session.flush()
        return row.id


def alarm_of(made: World) -> Alarm:
    with made.sessions() as session:
        [found] = session.scalars(select(Alarm))
        return found


def call(made: World, text: str, phone: str | None = "13800000001") -> str:
    """What the telephone line answers to somebody."""
    incoming = Incoming(f"tel:{phone}", text, channel="phone", caller_phone=phone)
    return "".join(reply.text for reply in made.conversation.handle(incoming).replies)


def code_in(said: str) -> str:
    found = re.search(r"(?:\d，){5}\d", said)
    assert found, said
    return found[0].replace("，", "")


# --- emergencies -------------------------------------------------------------------------------


def test_an_alarm_comes_first_and_then_the_place(wechat: World) -> None:
    wechat.say("我摔倒了起不来")
    [told] = wechat.answers()
    assert "选“位置”" in told.split("\n")[-1]
    assert alarm_of(wechat).place is None
    wechat.clock.forward(seconds=20)
    wechat.do(lambda d: d.place(ELDER, 38.8379, 105.6683, "巴彦浩特镇额鲁特东路3号"))
    place = "巴彦浩特镇额鲁特东路3号（北纬38.837900，东经105.668300）"
    assert alarm_of(wechat).place == place
    assert "位置" not in wechat.answers()[-1].split("\n")[-1]  # it isn't asked for twice
    with wechat.sessions() as session:
        kinds = session.scalars(select(AlarmEvent.kind).order_by(AlarmEvent.id))
        assert list(kinds) == ["raised", "said"]
    assert wechat.rasa.heard == []


def test_what_the_telephone_reports_by_itself_helps_too(wechat: World) -> None:
    where = {"Latitude": "38.8", "Longitude": "105.6", "Precision": "10"}
    event = {"MsgType": "event", "Event": "LOCATION", **where}
    wechat.do(lambda d: d._deliver(ELDER, event, time=1_790_000_000))
    assert wechat.answers() == []
    wechat.say("救命")
    wechat.do(lambda d: d._deliver(ELDER, event, time=1_790_000_001))
    assert alarm_of(wechat).place == "（北纬38.800000，东经105.600000）"


def test_a_place_without_an_alarm_answers_the_dialogues_question(wechat: World) -> None:
    wechat.do(lambda d: d.place(ELDER, 38.8, 105.6, "东关小区三号楼"))
    assert wechat.rasa.heard == ["东关小区三号楼"]
    wechat.do(lambda d: d.place(ELDER, 38.8, 105.6, ""))
    assert "约服务" in wechat.answers()[-1]


def test_with_the_dialogue_engine_gone_an_alarm_still_works(embedded: Sessions) -> None:
    with world(embedded) as made:
        made.start()
        made.conversation.dialogue.close()
        made.say("我胸口疼得厉害")
        assert made.answers()
        assert alarm_of(made).severity == 1


def test_the_menus_buttons_are_what_they_say(wechat: World) -> None:
    wechat.do(lambda d: d.click(ELDER, "say:我要订饭"))
    assert wechat.rasa.heard == ["我要订饭"]
    wechat.do(lambda d: d.click(ELDER, "say:给我转账"))  # no button of ours
    assert wechat.rasa.heard == ["我要订饭"]
    wechat.do(lambda d: d.click(ELDER, "say:救命，我需要帮助"))
    assert alarm_of(wechat).said == "救命，我需要帮助"


@pytest.mark.parametrize("kind", ["image", "video", "link", "miniprogrampage"])
def test_what_we_can_t_read_is_answered_kindly(wechat: World, kind: str) -> None:
    wechat.do(lambda d: d.message(ELDER, {"MsgType": kind}))
    assert "看不了" in wechat.answers()[0]
    assert wechat.rasa.heard == []


# --- binding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["我要绑定微信", "微信怎么绑定啊", "邦定微信"])
def test_an_elder_is_bound_by_what_the_telephone_says(wechat: World, elder: int, said: str) -> None:
    digits = code_in(call(wechat, said))
    wechat.say(f"绑定 {digits}")
    assert wechat.answers()[0].startswith("绑好了，王桂兰")
    with wechat.sessions() as session:
        [row] = session.scalars(select(WechatBinding))
        assert (row.openid, row.elder_id, row.role, row.consent) == (ELDER, elder, "elder", "phone")
        assert [each.name for each in people(session, [1, 2]).values()] == ["王桂兰"] * 2
    wechat.say("我摔倒了")  # and is known from then on
    alarm = alarm_of(wechat)
    assert (alarm.person, alarm.place) == ("王桂兰", "东关小区三号楼501")


def test_a_code_is_for_the_elders_own_telephone(wechat: World, elder: int) -> None:
    assert "转人工核对" in call(wechat, "我要绑定微信", "13900000009")
    assert "转人工核对" in call(wechat, "我要绑定微信", None)
    wechat.say("绑定微信")
    assert "打12349" in wechat.answers()[0]


def test_a_member_of_the_family_follows_with_the_elders_consent(wechat: World, elder: int) -> None:
    digits = code_in(call(wechat, "绑定微信，给我女儿用"))
    wechat.say(digits, DAUGHTER)
    assert "替王桂兰订饭" in wechat.answers(DAUGHTER)[0]
    wechat.say("开通通知", DAUGHTER)
    call(wechat, "哎呀我摔倒了起不来")  # the mother, on her own telephone
    alarm = alarm_of(wechat)
    assert wechat.until(3, DAUGHTER)[2].startswith("王桂兰刚才有紧急求助")
    with wechat.sessions.begin() as session:
        alarms.close(session, alarm.ref, by="张敏", reason="送医", now=wechat.clock())
    assert "处理完了" in wechat.until(4, DAUGHTER)[3]
    wechat.say("关闭通知", DAUGHTER)
    call(wechat, "我又摔倒了起不来")
    with wechat.sessions() as session:
        assert len(alarms.open_alarms(session)) == 1
        assert not list(News(session, Sentences.load(DATA), wechat.clock()).alarms(None))
    wechat.say("解绑", DAUGHTER)
    assert len(wechat.answers(DAUGHTER)) == 6
    with wechat.sessions() as session:
        assert binding.bound(session, DAUGHTER) == []


def test_an_elder_takes_the_familys_binding_back(wechat: World, elder: int) -> None:
    wechat.say(code_in(call(wechat, "绑定微信，给我女儿用")), DAUGHTER)
    assert "得老人自己说" in call(wechat, "把我女儿的微信解绑", None)
    wechat.say("解绑我女儿")  # from an account that nobody knows
    assert "得老人自己说" in wechat.answers()[-1]
    assert "都解开了" in call(wechat, "把我女儿的微信解绑了吧")
    with wechat.sessions() as session:
        assert binding.bound(session, DAUGHTER) == []
        assert events(session, elder, count=1)[0].kind == "wechat"
    assert "没有家里人" in call(wechat, "把我女儿的微信解绑了吧")


@pytest.mark.parametrize(
    "said",
    [
        "我想约人上门打扫卫生来之前要通知我",
        "订明天午饭不要通知我女儿",
        "高龄津贴多少钱念给我听",
        "我不会发语音怎么办",
        "我住的地方邮编是750306",
        "我的身份证后六位是031234",
        "电话号码后六位是031234",
        "我女儿的微信怎么解绑",
    ],
)
def test_a_sentence_that_only_holds_such_words_goes_to_the_dialogue(
    wechat: World, said: str
) -> None:
    wechat.say(said)
    assert wechat.rasa.heard == [said]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("请用语音回复我", "voice_on"),
        ("以后念给我听吧", "voice_on"),
        ("不要发语音了", "voice_off"),
        ("只要文字就好", "voice_off"),
        ("我要通知", "notices_nobody"),
        ("别再给我发通知了", "notices_off"),
        ("帮我解绑微信吧", "nothing_bound"),
        ("绑定码是 123 456", "bad_code"),
        ("我的微信码：123456。", "bad_code"),
    ],
)
def test_a_wish_is_heard_as_people_say_it(wechat: World, said: str, answer: str) -> None:
    wechat.say(said)
    assert wechat.answers() == [getattr(Sentences.load(DATA), answer)]


def test_notices_need_somebody_to_be_about(wechat: World) -> None:
    wechat.say("开通通知")
    assert "先要绑定" in wechat.answers()[0]
    wechat.say("解绑")
    assert "还没有连着" in wechat.answers()[1]


def test_a_code_works_once_and_for_ten_minutes(sessions: Sessions) -> None:
    with sessions.begin() as session:
        elder = Elder(name="王桂兰", phone="13800000001")
        session.add(elder)
        session.flush()
        grant = Grant(elder.id, "family", "desk zhangmin")
        first, second = (code.make(session, grant, KEY, NOW) for _ in range(2))
        assert first != second
        assert code.redeem(session, "o-1", first, KEY, NOW) == grant
        assert code.redeem(session, "o-2", first, KEY, NOW) is None
        assert code.redeem(session, "o-2", second, b"other", NOW) is None
        late = NOW + code.LASTS
        assert code.redeem(session, "o-2", second, KEY, late) is None


def test_nobody_tries_all_codes(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for _ in range(5):
            assert code.redeem(session, "o-1", "000000", KEY, NOW) is None
        with pytest.raises(code.TooManyTriesError):
            code.redeem(session, "o-1", "000000", KEY, NOW)
        assert code.redeem(session, "o-2", "000000", KEY, NOW) is None  # others are let try
        for number in range(60):  # until all of them together are too many
            try:
                code.redeem(session, f"o-{number + 3}", "000000", KEY, NOW)
            except code.TooManyTriesError:
                break
        else:
            raise AssertionError("sixty strangers may try")
        assert code.redeem(session, "o-1", "000000", KEY, NOW + timedelta(minutes=11)) is None


def test_somebody_who_tries_too_often_is_told_so(wechat: World) -> None:
    for _ in range(6):
        wechat.say("123456")
    assert "不对" in wechat.answers()[0]
    assert "太多了" in wechat.answers()[5]


def test_an_elder_keeps_three_codes_at_most(sessions: Sessions) -> None:
    with sessions.begin() as session:
        elder = Elder(name="王桂兰", phone="13800000001")
        session.add(elder)
        session.flush()
        made = [code.make(session, Grant(elder.id, "elder", "phone"), KEY, NOW) for _ in range(4)]
        good = [code.redeem(session, f"o-{n}", each, KEY, NOW) for n, each in enumerate(made)]
        assert [each is not None for each in good] == [False, True, True, True]


@pytest.mark.parametrize(
    ("said", "wished"),
    [("用语音回复我", True), ("说给我听", True), ("不要语音了", False), ("语音回复", True)],
)
def test_whether_answers_are_heard_is_their_wish(wechat: World, said: str, wished: bool) -> None:
    wechat.say(said)
    with wechat.sessions() as session:
        assert session.get_one(WechatUser, ELDER).voice_replies is wished
    assert wechat.rasa.heard == []
