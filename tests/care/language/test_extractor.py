"""What utterances name: the utterance, then kind:value of all that is found in it, in order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.extractor import Extractor
from care.language.lexicon import KINDS
from care.language.normalise import normalise

ALL_KINDS = {*KINDS, "age", "date", "time", "phone", "count", "order_ref", "name", "address"}

AGES = """
我八十三了 | age:83
八十三 | age:83
今年七十八 | age:78
老伴八十五岁 | age:85
83岁 | age:83
八十有三 | age:83
八十挂零 | age:80
我都九十多了九十二 | age:92
一百零一岁 | age:101
我爸八十四她八十二 | age:84 age:82
刚满八十 | age:80
差一岁八十 | age:79
八十三不是岁数 | age:83
农村户口七十三有啥补助 | residence:rural age:73
八时三岁 | age:83
把十三岁了 | age:83
俺娘九十乐 | age:90
七老八十 |
快八十了 |
不到八十 |
还没满八十岁 |
今年虚岁八十三 |
七八十岁 |
八十块钱 |
八点 | time:八点
八号楼 | address:八号楼
补贴给八十 |
三年级八十个人 |
血压高压一百一 | diet:少盐
八十岁以下 |
"""

PLACES = """
户口在额济那旗 | region:额济纳旗
额旗 | region:额济纳旗
左旗 | region:阿拉善左旗
阿盟的 | region:阿拉善盟
我住沈阳铁西区 | region:沈阳市 region:铁西区
神阳 | region:沈阳市
西闲新区 | region:西咸新区
胡杨人家在哪 | region:纳林高勒社区
北京 | region:北京市
老家开封的 | region:开封市
瓶盖开封了 |
我身上痒 |
大东西太沉 |
沈阳是好地方 | region:沈阳市
上海南京路 | region:上海市 address:南京路
今天水管坏了 | date:今天
东关小区三号楼二单元501 | address:东关小区三号楼二单元501
我家住在兴庆区东关小区三号楼 | region:兴庆区 address:东关小区三号楼
粮站家属院二排三号 | address:粮站家属院二排三号
中山路八十六号三楼 | address:中山路八十六号三楼
送到和平街 | address:和平街
三单元六楼西户 | address:三单元六楼西户
后天上午九点东关小区三号楼 | date:后天 time:上午九点 address:东关小区三号楼
王桂兰东关小区三号楼 | name:王桂兰 address:东关小区三号楼
六楼没电梯 |
养老院靠谱不靠谱会不会跑路 |
感谢政府 |
老旧小区改造 |
"""

DAYS_AND_TIMES = """
后天不对大后天 | date:大后天
不是后天是大后天 | date:大后天
是明天不是今天 | date:明天
不是九点十点 | time:十点
下礼拜三上午九点 | date:下礼拜三 time:上午九点
腊月二十三 | date:腊月二十三
八月十五那天 | date:八月十五
冬至那天中午 | date:冬至那天 time:中午
二十五号下午三点半 | date:二十五号 time:下午三点半
下月初三 | date:下月初三
明晚六点 | date:明 time:晚六点
今儿个晌午 | date:今儿个 time:晌午
候天上午 | date:后天 time:上午
名天下午 | date:明天 time:下午
下里拜三 | date:下礼拜三
一点半 | time:一点半
八点二十 | time:八点二十
每天都疼 |
一周一次 |
二零二三年27号文 |
早上好 |
软一点 | diet:软食
早一点 |
说两点意见 |
三八年三月五号生的 |
"""

PEOPLE = """
我叫王桂兰 | name:王桂兰
我叫王桂兰今年八十三 | name:王桂兰 age:83
我姓王 | name:王
我姓张张德福 | name:张德福
免贵姓欧阳 | name:欧阳
我叫欧阳秀兰 | name:欧阳秀兰
我妈叫刘桂英 | name:刘桂英
叫我老刘就行 | name:刘
我是张大爷 | name:张
王桂兰 | name:王桂兰
我叫其其格 | name:其其格
乌云其其格 | name:乌云其其格
是王桂兰不是王桂花 | name:王桂兰
叫个人来看看 |
叫救护车 |
我叫车撞了 |
高龄 |
谢谢 |
安心了 |
我是沈阳的 | region:沈阳市
电话幺三八零零一三八零零零 | phone:13800138000
一三八零零 | phone:13800
单号幺二三四 | order_ref:1234
三三零八那个单子 | order_ref:3308
查三三零八 | order_ref:3308
四四零九 | order_ref:4409
幺二三四九 |
"""

MEALS = """
订两份午饭送到东关小区要软和的 | count:2 meal:午餐 address:东关小区 diet:软食
后天中午来一份 | date:后天 time:中午 count:1
来份早点 | meal:早餐
早点来 |
订个无餐 | meal:午餐
我是回民 | diet:清真
吃阮的 | diet:软食
啥都行 | diet:无忌口
两份 | count:2
俩人 | count:2
给我跟老伴一人一份 | count:2
就我一个人 | count:1
一个人住 | category:独居
是四份不是十份 | count:4
订一分饭 | count:1
一共九十一个 |
腿发软 |
"""

BENEFITS = """
高领津贴一个月多少 | benefit:高龄津贴
有没有老年钱 | benefit:高龄津贴
尊老金 | benefit:高龄津贴
户理补贴 | benefit:护理补贴
免费上们服务 | benefit:居家上门服务
家庭一声多久来一次 | benefit:家庭医生
适劳化改造 | benefit:适老化改造
长护线 | benefit:长护险
高津贴 | benefit:高龄津贴
低保怎么办 | benefit:低保
能吃低保不 | benefit:低保
我是低保户 | category:低保
我吃低保 | category:低保
低保户失能的护理补贴 | category:低保 ability:失能 benefit:护理补贴
不是低保也不失能 |
没有残疾证 |
有残疾证 | ability:残疾
生活不能自理 | ability:失能
能自理 | ability:自理
终度失能 | ability:重度失能
没有养老金 | pension:none
没又退休金 | pension:none
有退休金 | pension:has
农村户口 | residence:rural
成镇的 | residence:urban
外地户口 | hukou:nonlocal
本第户口 | hukou:local
失独家庭 | category:计生特殊家庭
"""

SERVICES = """
住餐 | service:助餐
我想要住洁 | service:助洁
要个住浴 | service:助浴
约个报结 | service:助洁
打扫卫生 | service:助洁
陪我去医院 | service:陪诊
理法师傅 | service:理发
我住一号楼 | address:一号楼
请注意 |
我住几号 |
帮助一下 |
屋里发现 |
没人陪我说话 |
儿子不来看我 |
"""


def cases(table: str) -> list[tuple[str, str]]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return [(text.strip(), found.strip()) for text, found in rows]


def named(extractor: Extractor, text: str) -> str:
    return " ".join(f"{e.kind}:{e.value}" for e in extractor.extract(normalise(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        case
        for table in (AGES, PLACES, DAYS_AND_TIMES, PEOPLE, MEALS, BENEFITS, SERVICES)
        for case in cases(table)
    ],
)
def test_what_an_utterance_names(extractor: Extractor, text: str, found: str) -> None:
    assert named(extractor, text) == found


def test_blanks_and_punctuation_change_nothing(extractor: Extractor) -> None:
    written = "我妈今年83岁了,户口在额济纳旗,能领多少高龄津贴啊?"
    heard = "我妈 今年 83 岁 了 户口 在 额济那旗 能领 多少 高领津贴 啊"
    assert named(extractor, written) == named(extractor, heard)
    assert named(extractor, heard) == "age:83 region:额济纳旗 benefit:高龄津贴"


def test_a_year_of_birth_is_an_age_only_when_today_is_known(extractor: Extractor) -> None:
    text = "我是三八年生人"
    assert extractor.extract(text) == []
    (age,) = extractor.extract(text, date(2026, 11, 21))
    assert (age.kind, age.value) == ("age", "88")


def test_a_match_by_sound_is_less_certain(extractor: Extractor) -> None:
    (written,) = extractor.extract("高龄津贴")
    (heard,) = extractor.extract("高领津贴")
    assert heard.score < written.score == 1.0


def test_a_value_is_what_was_meant_and_a_span_where_it_was_said(extractor: Extractor) -> None:
    text = "我约候天"
    (day,) = extractor.extract(text)
    assert (day.value, text[day.start : day.end]) == ("后天", "候天")


PIECES = st.sampled_from(
    (
        *("我", "叫", "王桂兰", "今年", "八十三", "了", "岁", "幺三八零零一三八零零零", "东关小区"),
        *("三号楼", "后天", "不对", "大后天", "上午九点", "额济那旗", "高领津贴", "低保", "两份"),
        *("午饭", ",", "。", "?", "是", "不是", "单号", "幺二三四", "号", "点", "半", "ok", "9"),
        *("住餐", "初三", "月", "十", "年", " ", "、"),
    )
)


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=15).map("".join)))
def test_any_text_is_met_calmly(extractor: Extractor, text: str) -> None:
    text = normalise(text)
    found = extractor.extract(text, date(2026, 11, 21))
    ends = 0
    for entity in found:
        assert entity.kind in ALL_KINDS
        assert entity.value
        assert ends <= entity.start < entity.end <= len(text)
        assert 0 < entity.score <= 1
        ends = entity.end


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(60, 110))
def test_numbers_are_told_apart_in_one_breath(extractor: Extractor, phone: str, age: int) -> None:
    text = f"我今年{age}岁电话是{phone}"
    assert named(extractor, text) == f"age:{age} phone:{phone}"
