"""Numbers that name something: orders, alarms, doors, identity cards. Read digit by digit."""

import re

from voice.spoken.numbers import amount, called_digits

_NAMES = (
    "单号|订单号?|工单号?|编号|报警号?|受理号|回执号?|取餐码|验证码|校验码|密码|代码|尾号|邮编|"
    "邮政编码|证号|证件号|卡号|账号|帐号|工号|号码|身份证|电话|手机号?|座机|房间号?|门牌号?|分机|转"
)
_LINK = "(?:号|为|还是|就是|仍是|改成|是|码|分别是)?[ ]?[:：,，]?[ ]?(?:末四位)?是?[ ]?"
_NOT_COUNTED = (
    r"(?![\d.:/%\-~—]|[元块万千亿]|平方|公里|"
    "[ ]?(?:小时|分钟|[秒天个位人次岁年月日份条项种家张倍度路楼遍]))"
)
_NAMED = re.compile(rf"((?:{_NAMES}){_LINK})(\d{{2,20}}[Xx]?){_NOT_COUNTED}")
_ALARM = re.compile(r"(?<![A-Za-z0-9])([A-Z])(\d{4})-([0-9A-F]{6})(?![A-Za-z0-9])")
_DOOR = re.compile(
    r"(?:(?<=单元)|(?<=号楼)|(?<=[栋幢座楼]))[ ,，]?(\d{3,4})(?![\d.]|[元人户个平万%年家张名])"
)
_ROOM = re.compile(r"(?<![\d.])(\d{3,4})(?=室|房间|号房|病房|房(?![屋子产价源]))")
_DASHED = re.compile(r"(?<![\d-])\d{1,3}(?:-\d{1,4}){2,3}(?![\d-])")
_STREET = re.compile(r"(?<=[街路巷道院弄里])[ ]?\d{1,4}-\d{1,4}(?=号|$|[^\d元人天次岁%])")
_MIXED = re.compile(
    r"(?<![A-Za-z0-9])(?!\d+[A-Z]{1,3}(?![A-Z0-9]))"
    r"(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{5,40}(?![A-Za-z0-9])"
)
_IDENTITY = re.compile(r"(?<![\d.])(\d{6})(\d{8})(\d{3}[\dXx])(?!\d)")
_BUILDING = re.compile(r"(?<=\d)#(?=楼|院|[^\w])")


def say_references(text: str) -> str:
    """订单号4821 → 订单号四八二幺, 单元501 → 单元五零幺, A1121-3F9A2C letter by letter."""
    text = _BUILDING.sub("号", text)
    text = _ALARM.sub(lambda m: f"{m[1]}{called_digits(m[2])}、{_one_by_one(m[3])}", text)
    text = _IDENTITY.sub(lambda m: "、".join(map(_one_by_one, m.groups())), text)
    text = _MIXED.sub(lambda m: _one_by_one(m[0]), text)
    for pattern in (_STREET, _DASHED):
        text = pattern.sub(lambda m: _house(m[0].strip()), text)
    text = _DOOR.sub(lambda m: m[0].replace(m[1], called_digits(m[1])), text)
    text = _ROOM.sub(lambda m: called_digits(m[1]), text)
    return _NAMED.sub(lambda m: m[1] + _one_by_one(m[2]), text)


def _one_by_one(signs: str) -> str:
    return "".join(called_digits(sign) if sign.isdigit() else sign for sign in signs)


def _house(door: str) -> str:
    """3-2-501 → 三杠二杠五零幺, 12-3 → 十二杠三."""
    return "杠".join(
        called_digits(part) if len(part) > 2 or part.startswith("0") else amount(part)
        for part in door.split("-")
    )
