"""Where callers live, how they are called, what they eat, and what the recogniser misheard."""

import pytest

from care.language.extractor import Extractor
from care.language.normalise import normalise

ADDRESSES = """
纳林高勒社区八号 | address:纳林高勒社区八号
送到纳林高勒社区八号 | address:纳林高勒社区八号
额济纳旗纳林高勒社区三号楼二单元 | region:额济纳旗 address:纳林高勒社区三号楼二单元
文安路7号3-2-1 | address:文安路7号3-2-1
东关小区三杠二杠五零一 | address:东关小区三杠二杠五零一
送到巴彦浩特新华街道和平路十八号 | address:巴彦浩特新华街道和平路十八号
额济纳旗达来呼布镇东街6号 | region:额济纳旗 address:额济纳旗达来呼布镇东街6号
沈阳和平区南湖街道文安路7号 | region:和平区 address:沈阳和平区南湖街道文安路7号
沈阳和平区 | region:和平区
我住在兴庆区东关小区三号楼 | region:兴庆区 address:东关小区三号楼
赛罕陶来苏木五号 | address:赛罕陶来苏木五号
胜利村三组八号 | address:胜利村三组八号
小区二十五号 |
八号送到和平路 | date:八号 address:和平路
住院八号出院 | date:八号
送到巴彦浩特镇 | region:巴彦浩特镇
达来呼布镇2025年建了几个 | region:达来呼布镇
巴彦浩特镇100张床 | region:巴彦浩特镇
2026-11-23 | date:2026-11-23
我住大连 | region:大连市
"""

NAMES = """
名字改成马秀云 | name:马秀云
应该是马秀云 | name:马秀云
写成马秀云 | name:马秀云
换成马秀云 | name:马秀云
王秀云改成马秀云 | name:马秀云
李大爷 | name:李大爷
王奶奶 | name:王奶奶
张阿姨 | name:张阿姨
我姓李 | name:李
改成周三 | date:周三
改成马上送 |
换成白米饭 |
"""

REGISTRATIONS = """
不是阿拉善户口 | region:阿拉善盟 hukou:nonlocal
我不是银川的户口 | region:银川市 hukou:nonlocal
户口不是银川的 | hukou:nonlocal region:银川市
户口不在阿拉善 | hukou:nonlocal region:阿拉善盟
没有本地户口 | hukou:nonlocal
户口不在这儿 | hukou:nonlocal
户口在外地 | hukou:nonlocal
户口在老家 | hukou:nonlocal
阿拉善户口 | region:阿拉善盟
是不是阿拉善户口 | region:阿拉善盟
有没有阿拉善户口都行 | region:阿拉善盟
"""

FOOD = """
一碗 | count:1
两碗 | count:2
一碗就够 | count:1
一盒 | count:1
一套 | count:1
一个人的 | count:1
一套房子 |
无盐 | diet:少盐
淡一点 | diet:少盐
不放糖 | diet:低糖
不要辣 | diet:不辣
不吃辣 | diet:不辣
怕辣 | diet:不辣
不要啦 |
辣不辣 |
不吃葱蒜 |
"""

AGES = """
灵武市高龄补贴八十六农村的 | region:灵武市 benefit:高龄津贴 age:86 residence:rural
高龄补贴八十六块 | benefit:高龄津贴
我妈八十三我爸九十一 | age:83 age:91
"""

MISHEARD = """
养老服补贴能领多少 | benefit:养老服务补贴
残疾人两项补和高龄津贴 | benefit:残疾人两项补贴 benefit:高龄津贴
家上门服务要啥手续 | benefit:居家上门服务
家庭医怎么签 | benefit:家庭医生
住咸新区 | region:西咸新区
外户口 | hukou:nonlocal
没有休金 | pension:none
游退休金 | pension:has
有没有养老院 |
有没有失能老人的床位 | ability:失能
进城能享受养老服务不 |
改成两分吧 | count:2
下礼拜三一份 | date:下礼拜三 count:1
两个认吃 | count:2
一分钱都没领 |
打十分 |
过了八十一个月给多少 | age:80
八十由三 | age:83
初六改到出八 | date:初八
名田中午 | date:明天 time:中午
商午九点 | time:上午九点
约在三店 | time:三点
换到州六 | date:周六
租光明里三栋 | address:光明里三栋
地址时前进陆三十五号 | address:前进路三十五号
单号是三三零七 | order_ref:3307
三三零七这单取消 | order_ref:3307
我叫长德福 | name:长德福
我叫你来 |
我交水电费 |
不时保洁是陪诊 | service:陪诊
谁来伺候老人 |
请个人来伺候老人 | service:家庭护理
上不了网王上能办吗 |
"""

ROWS = [
    tuple(part.strip() for part in line.split("|"))
    for table in (ADDRESSES, NAMES, REGISTRATIONS, FOOD, AGES, MISHEARD)
    for line in table.strip().splitlines()
]


@pytest.mark.parametrize(("text", "found"), ROWS)
def test_what_was_said_is_what_is_found(extractor: Extractor, text: str, found: str) -> None:
    entities = extractor.extract(normalise(text))
    assert " ".join(f"{entity.kind}:{entity.value}" for entity in entities) == found


def test_the_district_before_a_town_is_told_in_both(extractor: Extractor) -> None:
    text = "额济纳旗达来呼布镇东街6号"
    region, address = extractor.extract(text)
    assert text[region.start : region.end] == "额济纳旗"
    assert text[address.start : address.end] == "达来呼布镇东街6号"
    assert address.value == text
