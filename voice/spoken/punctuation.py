"""Signs of every kind become ，。？！、 or nothing; never two in a row, none in front."""

import re

_PAUSES = {
    **dict.fromkeys("，,：:（()）【】[]〔〕［］{}｛｝|—–…――•", "，"),
    **dict.fromkeys("。.．；;\n", "。"),
    **dict.fromkeys("？?", "？"),
    **dict.fromkeys("！!", "！"),
    **dict.fromkeys("、/／\\", "、"),
    "-": "，",
    "\x00": "，",
}
_WORDS = {
    "℃": "摄氏度",
    "°": "度",
    "%": "百分号",
    "‰": "千分号",
    "&": "和",
    "√": "对",
    "→": "到",
    "×": "乘",
}
_STRENGTH = "、，。！？"
_SPACE = re.compile(r"(?<=[\u3400-\u9fff])[ ]+(?=[\u3400-\u9fff])|(?<=[\d元%次人万])[ ]+(?=\d)")
_LOOSE = re.compile(
    r"(?<=[\u3400-\u9fff，。；：、？！])(?<![元%次人万])[ ]+(?=[\dA-Za-z])|"
    r"(?<=[\dA-Za-z%])[ ]+(?=[\u3400-\u9fff])"
)
_SPACE_IN_TEXT = re.compile(r"[ ]+")
_TITLES = re.compile(r"》[ ]?《|”[ ]?“|」[ ]?「")
_RUN = re.compile("[、，。！？]{2,}")


def close_up(text: str) -> str:
    """No space between a word and a number or letters, as some people type: 共 5 人."""
    return _LOOSE.sub("", text)


def mark_spaces(text: str) -> str:
    """A space between two words is a pause, one beside a number or a letter is nothing."""
    return _SPACE_IN_TEXT.sub("", _SPACE.sub("\x00", text))


def only_pauses(text: str) -> str:
    """Chinese characters and ，。？！、 are all that is left of `text`."""
    text = _TITLES.sub("、", text)
    plain = "".join(map(_sign, text))
    return (
        _RUN.sub(lambda run: max(run[0], key=_STRENGTH.index), plain)
        .lstrip(_STRENGTH)
        .rstrip("、，")
    )


def _sign(sign: str) -> str:
    if "\u3400" <= sign <= "\u4dbf" or "\u4e00" <= sign <= "\u9fff":
        return sign
    return _PAUSES.get(sign) or _WORDS.get(sign, "")
