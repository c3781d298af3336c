"""With the dialogue engine gone the line still answers and alarms still work (promise 5)."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from care.alarms.model import Alarm
from care.alarms.service import close
from care.settings import Settings
from care.storage.engine import Sessions, open_engine, open_sessions
from hotline.app import build_app
from tests.conftest import NOW
from tests.serving import serving

CLOSED = "http://127.0.0.1:9"
"""Nothing listens on the discard port."""


@pytest.fixture
def database(sessions: Sessions) -> str:
    """Each of the two databases in turn."""
    url: str = sessions.kw["bind"].url.render_as_string(hide_password=False)
    return url


@pytest.fixture
def http(database: str) -> Iterator[httpx.Client]:
    app = build_app(Settings(database_url=database, rasa_url=CLOSED, telephone=False))
    with serving(app) as url, httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        yield client


def _say(http: httpx.Client, text: str, sender: str = "a") -> dict[str, object]:
    response = http.post("/api/chat", json={"sender_id": sender, "text": text})
    assert response.status_code == 200
    return response.json()  # type: ignore[no-any-return]


def test_readiness_names_what_is_missing(http: httpx.Client) -> None:
    response = http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["dependencies"] == {
        "database": "ok",
        "schema": "ok",
        "records": "ok",
        "dialogue": "unavailable",
        "alarms": "ok",
        "devices": "ok",
    }
    assert http.get("/healthz").status_code == 200


def test_an_alarm_is_on_disk_when_the_caller_hears_of_it(http: httpx.Client, database: str) -> None:
    answer = _say(http, "我摔倒了起不来,在东关小区三号楼")
    assert answer["flags"] == {"emergency": True, "handover": False}
    with open_sessions(open_engine(database))() as session:
        [alarm] = session.scalars(select(Alarm))
    assert (alarm.ref, alarm.category) == (answer["alarm_ref"], "fall")
    assert "我摔倒了起不来" in alarm.said


def test_the_questions_after_an_alarm_go_on_and_are_kept(http: httpx.Client, database: str) -> None:
    _say(http, "我老伴晕倒了叫不醒")
    _say(http, "还有气")
    _say(http, "在东关小区三号楼二单元501")
    with open_sessions(open_engine(database))() as session:
        [alarm] = session.scalars(select(Alarm))
    assert "东关小区" in (alarm.place or "")
    assert "breathing" in alarm.facts


def test_a_false_alarm_stays_until_a_person_closes_it(http: httpx.Client, database: str) -> None:
    ref = _say(http, "救命啊")["alarm_ref"]
    answer = _say(http, "没事了按错了")
    assert answer["alarm_ref"] == ref
    with open_sessions(open_engine(database)).begin() as session:
        close(session, str(ref), by="张敏", reason="误报", now=NOW)
    after = _say(http, "你好")
    assert after["alarm_ref"] is None
    assert after["flags"] == {"emergency": False, "handover": True}  # 你好 found no engine


def test_other_questions_get_a_polite_offer_of_a_person(http: httpx.Client) -> None:
    answer = _say(http, "高龄津贴多少钱")
    assert answer["flags"] == {"emergency": False, "handover": True}
    assert "找个人" in str(answer["replies"])


def test_asking_for_a_person_works(http: httpx.Client) -> None:
    assert _say(http, "转人工")["flags"] == {"emergency": False, "handover": True}
    assert "已经在" in str(_say(http, "人工")["replies"])


@pytest.mark.parametrize("sender", ["tel:13800000001", "call:7f3a"])
def test_nobody_writes_into_the_talk_of_a_telephone(http: httpx.Client, sender: str) -> None:
    response = http.post("/api/chat", json={"sender_id": sender, "text": "取消我的订单"})
    assert response.status_code == 422
    assert "tel:" in response.json()["detail"]
