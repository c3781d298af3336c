"""What is wrong with an input, said in a sentence, over HTTP."""

import pytest

from care.operators.throttle import LIMITS
from tests.care.operators.people import PASSWORD
from tests.console.desk.visitor import Visitor

pytest_plugins = ["tests.console.desk.desk_setting"]


def test_wrong_sign_ins_look_alike_and_end_in_a_lock(visitor: Visitor) -> None:
    for name in ("operator", "nobody"):
        answers = [visitor.sign_in(name, "wrong") for _ in range(LIMITS.pair.free + 2)]
        assert [answer.status_code for answer in answers] == [401] * (LIMITS.pair.free + 1) + [429]
        assert "1 分钟后再试" in answers[-1].text
        assert "wrong" not in answers[0].text
    assert visitor.sign_in("operator").status_code == 429
    assert visitor.sign_in("supervisor").status_code == 303


@pytest.mark.parametrize("path", ["/desk/people/999", "/desk/people/x", "/desk/people/1/destroy"])
def test_what_is_not_there_is_said_in_chinese(visitor: Visitor, path: str) -> None:
    visitor.sign_in("admin")
    answer = visitor.post(path) if path.endswith("destroy") else visitor.get(path)
    assert answer.status_code in (404, 400)
    assert "回首页" in answer.text


@pytest.mark.parametrize(
    ("path", "fields", "says"),
    [
        ("/desk/people", {"name": "admin", "display_name": "王", "role": "admin"}, "已经有人用了"),
        ("/desk/people", {"name": "a", "display_name": "王", "role": "admin"}, "2 到 32 个字"),
        ("/desk/people", {"name": "wang", "display_name": " ", "role": "admin"}, "1 到 32 个字"),
        ("/desk/people", {"name": "wang", "display_name": "王", "role": "root"}, "请选一个角色"),
        ("/desk/people", {"name": "wang"}, "请选一个角色"),
        ("/desk/people", {"name": "w" * 300}, "有一项填得不对"),
        ("/desk/me/password", {"old": "x", "new": "a", "again": "b"}, "两次写的新密码不一样"),
        ("/desk/me/password", {"old": "x", "new": "a", "again": "a"}, "现在的密码不对"),
        ("/desk/me/totp", {"secret": "short"}, "有一项填得不对"),
        ("/desk/me/totp", {"secret": "A" * 32, "password": PASSWORD, "code": "1"}, "验证码不对"),
    ],
)
def test_bad_input_gets_a_sentence(
    visitor: Visitor, path: str, fields: dict[str, str], says: str
) -> None:
    visitor.sign_in("admin")
    answer = visitor.post(path, fields)
    assert answer.status_code == (400 if "有一项" in says else 422)
    assert says in answer.text


def test_what_somebody_is_called_cannot_become_a_script(visitor: Visitor) -> None:
    visitor.sign_in("admin")
    name = "<script>1</script>"
    visitor.post("/desk/people", {"name": "wang", "display_name": name, "role": "editor"})
    told = visitor.get("/desk/people").text
    assert name not in told
    assert "&lt;script&gt;1&lt;/script&gt;" in told
