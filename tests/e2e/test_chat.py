"""The interface that others build on, over real HTTP against the whole system."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.e2e.conftest import Say, spoken


def test_an_answer_has_the_promised_shape(say: Say) -> None:
    answer = say("您好")
    assert set(answer) == {"replies", "flags", "alarm_ref"}
    assert answer["flags"] == {"emergency": False, "handover": False}
    assert answer["alarm_ref"] is None
    assert answer["replies"][0]["text"]


def test_an_amount_comes_with_its_source(say: Say) -> None:
    answer = say("我八十三了,在额济纳旗,高龄津贴能领多少")
    assert "200元" in spoken(answer)
    [first, *_] = answer["replies"]
    assert first["sources"] == ["阿拉善盟民政局 2021年"]
    assert first["cites"] == ["rule:ejina-old-age-80"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"sender_id": "a", "text": ""}, "没有收到内容"),
        ({"sender_id": "a", "text": "  \n "}, "没有收到内容"),
        ({"sender_id": "a", "text": "好" * 501}, "500个字"),
        ({"sender_id": "", "text": "你好"}, "会话编号不对"),
        ({"sender_id": "a b", "text": "你好"}, "会话编号不对"),
        ({"sender_id": "a" * 65, "text": "你好"}, "会话编号不对"),
        ({"sender_id": 7, "text": "你好"}, "会话编号不对"),
        ({"text": "你好"}, "会话编号不对"),
        ({"sender_id": "a"}, "JSON"),
        ({"sender_id": "a", "text": ["你好"]}, "JSON"),
        ({"sender_id": "a", "text": "你好", "admin": True}, "JSON"),
    ],
)
def test_bad_input_gets_a_sentence(address: str, body: dict[str, object], sentence: str) -> None:
    response = httpx.post(f"{address}/api/chat", json=body, trust_env=False, timeout=30)
    assert response.status_code == 422
    assert sentence in response.json()["detail"]


def test_what_is_no_json_gets_a_sentence(address: str) -> None:
    response = httpx.post(f"{address}/api/chat", content=b"{", trust_env=False, timeout=30)
    assert response.status_code == 422
    assert "JSON" in response.json()["detail"]


def test_too_large_a_body_is_refused_whether_announced_or_not(address: str) -> None:
    def chunks() -> object:
        for _ in range(40):
            yield b"x" * 1024

    for content in (b"x" * 40_000, chunks()):
        response = httpx.post(f"{address}/api/chat", content=content, trust_env=False, timeout=30)  # type: ignore[arg-type]
        assert response.status_code == 413
        assert "太大" in response.json()["detail"]


def test_a_sender_who_floods_is_slowed_down_and_others_are_not(address: str) -> None:
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as http:

        def send(sender: str) -> int:
            return http.post("/api/chat", json={"sender_id": sender, "text": "?"}).status_code

        with ThreadPoolExecutor(16) as pool:  # faster than the limit on a slow machine, too
            codes = list(pool.map(send, ["flood"] * 200))
        other = send("calm")
    assert set(codes) == {200, 429}
    assert other == 200


@pytest.mark.parametrize("text", ["。。。", "😀😀", "???", "……"])
def test_nothing_said_is_not_taken_for_yes(say: Say, text: str) -> None:
    say("我要订饭")
    assert "没" in spoken(say(text))


@pytest.mark.parametrize("text", ["/restart", "/order_meal", "/stop{}", "//greet"])
def test_commands_of_the_dialogue_engine_are_only_words(say: Say, text: str) -> None:
    say("我要订明天的午饭,两份")
    say(text)
    assert "忌口" in spoken(say("明天的")) or "明天" in spoken(say("明天的"))


def test_health_names_each_dependency(address: str) -> None:
    assert httpx.get(f"{address}/healthz", trust_env=False, timeout=30).json() == {"status": "ok"}
    ready = httpx.get(f"{address}/readyz", trust_env=False, timeout=30)
    assert ready.status_code == 200
    assert ready.json()["dependencies"] == dict.fromkeys(
        ("database", "schema", "records", "dialogue", "alarms", "devices"), "ok"
    )


def test_the_action_route_is_closed_to_others(address: str) -> None:
    for token in ("", "guess"):
        url = f"{address}/actions/webhook?token={token}"
        assert httpx.post(url, json={}, trust_env=False, timeout=30).status_code == 404


def test_a_person_comes_when_asked_for_and_the_flag_stays(say: Say) -> None:
    assert say("转人工")["flags"]["handover"]
    answer = say("沈阳有多少个助餐点")
    assert "300" in spoken(answer)
    assert answer["flags"]["handover"]


def test_zero_brings_a_person(say: Say) -> None:
    assert say("0")["flags"]["handover"]


def test_refusing_a_person_brings_none(say: Say) -> None:
    assert not say("不用转人工,我就问个事")["flags"]["handover"]


def test_an_alarm_stays_and_the_booking_does_not_come_back(say: Say) -> None:
    say("我要订明天的午饭")
    raised = say("哎呀我摔倒了起不来")
    assert raised["flags"]["emergency"]
    assert raised["alarm_ref"]
    for text in ("两份", "在东关小区三号楼", "我要订饭", "我叫王桂兰"):
        answer = say(text)
        assert answer["alarm_ref"] == raised["alarm_ref"]
        assert "忌口" not in spoken(answer)
        assert "几份" not in spoken(answer)
