"""What elders are told: every figure is the rule's, and nothing private is said."""

import re

import pytest

from care.benefits.draft import draft
from care.benefits.eligible import is_looked_for
from care.benefits.sentences import Sentences
from care.entitlements.rule import Rule
from tests.care.benefits.found import ENTITLEMENTS

LOOKED_FOR = [rule for rule in ENTITLEMENTS.rules if is_looked_for(rule)]
PRIVATE = ("低保", "特困", "贫困", "计生", "孤寡", "独居", "空巢", "留守", "失能", "失智", "残疾")


@pytest.mark.parametrize("rule", LOOKED_FOR, ids=lambda rule: rule.id)
def test_every_notice_says_whose_word_it_is_and_nothing_private(rule: Rule) -> None:
    made = draft(rule, "王秀英", ENTITLEMENTS, Sentences.load())
    document = ENTITLEMENTS.documents[rule.source.document]
    ages = {bound for age in rule.who.ages() for bound in (age.min, age.max) if bound}
    known = {*rule.what.numbers, *ages, document.year, rule.year, 12349}
    if rule.check:
        known |= {int(number) for number in re.findall(r"\d+", rule.check)}
    for text in (made.text, made.spoken):
        assert {int(number) for number in re.findall(r"\d+", text)} <= known
        assert f"{document.year}年" in text
        assert rule.name in text
        assert not [word for word in PRIVATE if word in text]
        assert "。。" not in text


def test_a_notice_read_aloud() -> None:
    [rule] = [rule for rule in LOOKED_FOR if rule.id == "alashan-old-age-80"]
    assert draft(rule, "王秀英", ENTITLEMENTS, Sentences.load()).text == (
        "王秀英老人，您好。这里是12349养老服务热线。"
        "阿拉善盟80到89岁、有本盟户口的老人，高龄津贴每月100元。看登记的情况，您可能符合。"
        "这是阿拉善盟民政局2021年公布的，最后以当地民政部门为准。"
        "想申请，请打12349，我们一步一步告诉您怎么办。办这件事不收钱，也不会问您银行卡号和密码。"
    )
