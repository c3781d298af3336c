"""Numbers at the head of a line: 1. and ① are 第一, 一、 stays."""

import re

from voice.spoken.numbers import amount

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CIRCLE = re.compile(f"[ ]?([{_CIRCLES}])[、.．)）]?[ ]?")
_HEAD = re.compile(
    r"(^|\n|[。；;：:][ ]?)[ ]{0,8}[(（]?([1-9]\d?)(?:[)）]|[.．、](?!\d))"
    r"[ ]?(?=[^\d\s年月日号%元])"
)
_CHINESE_HEAD = re.compile(r"(^|\n|。)[ ]{0,8}[(（]([一二三四五六七八九十]{1,3})[)）][ ]?")
_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff)）])(\d{1,2})[.．](?=[\u4e00-\u9fff])")


def say_lists(text: str) -> str:
    """1.带身份证 2.填表 on lines of their own → 第一，带身份证…"""
    text = _CIRCLE.sub(lambda match: f"，第{amount(str(_CIRCLES.index(match[1]) + 1))}，", text)
    text = _HEAD.sub(lambda match: f"{match[1]}第{amount(match[2])}，", text)
    text = _CHINESE_HEAD.sub(r"\1\2，", text)
    return _INSIDE.sub(lambda match: f"，{amount(match[1])}，", text)
