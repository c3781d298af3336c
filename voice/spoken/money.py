"""Money: the sign in front goes behind, and idle zeros go: ¥30.00 → 30元."""

import re

_NAMES = {"¥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_SIGN = re.compile(
    r"(?:RMB|CNY|人民币)?[ ]?([¥$€£])[ ]?(\d+(?:\.\d+)?)([ ]?[万亿千百]{1,2})?(?:元)?"
)
_CODE = re.compile(r"(?<![A-Za-z])(?:RMB|CNY)[ ]?(\d+(?:\.\d+)?)([万亿]?)(?:元)?")
_BEHIND = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)[ ]?(?:RMB|CNY)(?![A-Za-z])")
_IDLE = re.compile(r"(?<![\d.])(\d+)\.(\d*?)0+(?=[万亿]?[元块])")


def say_money(text: str) -> str:
    """Every amount of money as number and 元, to be read by the rules for numbers."""
    text = _SIGN.sub(lambda m: f"{m[2]}{(m[3] or '').strip()}{_NAMES[m[1]]}", text)
    text = _CODE.sub(r"\1\2元", text)
    text = _BEHIND.sub(r"\1元", text)
    return _IDLE.sub(lambda m: f"{m[1]}.{m[2]}" if m[2] else m[1], text)
