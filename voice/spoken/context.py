"""Characters that stand alone and are read by what stands around them."""

import re

from voice.spoken.syllable import Syllable, syllable

_MUST = re.compile(
    r"(?:^|[我你您他她它们人家谁这那都也还又就只可总必仍须一先后再]|时候|以后|之前|子女|老人|同志)$"
)
_FOR = re.compile(
    r"(?:[您你我他她咱谁老]|居民|家庭|困难|群众|社会|失能|经济|残疾|特殊|他们|大家|孤寡|独居|重度|符合|全体|所有|每|本|辖区|"
    r"[零一二三四五六七八九十百千万两]+(?:户|名|位|多户|多名|余户|余名)[^的，]*[^的户名位人])"
)
_BE = re.compile(
    r"(?:以|作|称|成|分|列|定|改|设|评|视|确认|认定|标准|金额|目标|数字|时间|价格|统一|最高|最低|比例|人数|均|则|应|即|不|变|调整|提高|总数)$"
)
_ONE_OF = re.compile(r"(?:[零一二三四五六七八九十百千万两几]|多|每|这|那|哪)$")
_LINE_OF = re.compile(r"(?:哪|各|这|那|本|隔|[一二三四五六七八九十两几])$")
_LINE_AFTER = re.compile(r"(?:[，。]|$|字|的第)")
_ADVERB = re.compile(r"(?:[\u4e00-\u9fff]{2})$")
_PLACE_AFTER = re.compile(r"[上下里面方址点区]|$")


_CANNOT = re.compile(r"[办去来动走说吃做用忘少免受管顾干拿看听写送站坐起睡过好离治改退领]不$")
_TRIED = re.compile(
    r"[听看说想记吃走站坐睡起拿用办找打叫认分弄做等受管顾喘干写送离治改退领接吸爬挪翻抬咽]$"
)
_OUTCOME = re.compile(r"[清见懂到了动起上下开完住着得明准出过成全醒]|明白|清楚")


def by_context(clause: str, position: int, said: Syllable) -> Syllable:
    """`said` as the words around `clause[position]` want it."""
    before, after = clause[:position], clause[position + 1 :]
    reading = _READINGS.get(said.sign)
    return syllable(said.sign, reading(before, after)) if reading else said


def _de(before: str, after: str) -> str:
    """得: dei3 is must, de2 is to get, de5 joins a verb to what comes of it."""
    if after.startswith("了"):
        return "de2"
    return "dei3" if after and _MUST.search(before) else "de5"


def _wei(before: str, after: str) -> str:
    """为: wei4 is for, wei2 is be."""
    if _BE.search(before):
        return "wei2"
    return "wei4" if _FOR.match(after) else "wei2"


def _zhi(before: str, _after: str) -> str:
    """只: zhi1 counts animals and hands."""
    return "zhi1" if _ONE_OF.search(before) else "zhi3"


def _di(before: str, after: str) -> str:
    """地: de5 makes an adverb."""
    return "de5" if _ADVERB.search(before) and not _PLACE_AFTER.match(after) else "di4"


def _hang(before: str, after: str) -> str:
    """行: hang2 is a line of writing."""
    return "hang2" if _LINE_OF.search(before) and _LINE_AFTER.match(after) else "xing2"


def _kan(_before: str, after: str) -> str:
    """看: kan1 is to keep watch over a door or a child."""
    return "kan1" if re.match(r"(?:孩子|大门|门(?!诊))", after) else "kan4"


def _le(before: str, _after: str) -> str:
    """了: liao3 in what cannot be done (说不了话)."""
    return "liao3" if _CANNOT.search(before) else "le5"


def _bu(before: str, after: str) -> str:
    """不: neutral between a verb and what cannot come of it (听不清)."""
    return "bu5" if _TRIED.search(before) and _OUTCOME.match(after) else "bu4"


_READINGS = {
    "了": _le,
    "不": _bu,
    "得": _de,
    "为": _wei,
    "只": _zhi,
    "地": _di,
    "行": _hang,
    "看": _kan,
}
