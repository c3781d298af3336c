"""Addresses of pages and mailboxes, letter by letter with 点 between."""

import re

_PAGE = re.compile(
    r"(?:[A-Za-z]{2,10}://)?(?<![A-Za-z0-9@.-])(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,10}(?![A-Za-z0-9@-])"
    r"(?::\d{2,5})?(?:/[A-Za-z0-9_./?=&%#~+-]{0,300})?"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,10}(?![A-Za-z0-9])"
)
_SCHEME = re.compile(r"[A-Za-z]{2,10}://")
_SAID = {
    ".": "点",
    "/": "斜杠",
    "-": "杠",
    "_": "下划线",
    "@": "艾特",
    "?": "问号",
    "=": "等于",
    "&": "和",
    ":": "冒号",
    "+": "加",
    "%": "百分号",
    "#": "井号",
    "~": "波浪线",
}
_DIGITS = "零幺二三四五六七八九"
_KNOWN = {"www": "三个大不溜", "com": "康姆"}


def say_addresses(text: str) -> str:
    """www.mca.gov.cn → 三个大不溜点…; the letters themselves are left to `letters`."""
    text = _MAIL.sub(lambda match: _spelled(match[0]), text)
    return _PAGE.sub(lambda match: _spelled(match[0].rstrip(".?/&")), text)


def _spelled(address: str) -> str:
    address = _SCHEME.sub("", address, count=1)
    parts = re.findall(r"[A-Za-z]+|.", address)
    return "".join(_part(part) for part in parts)


def _part(part: str) -> str:
    if part.isdigit():
        return _DIGITS[int(part)]
    return _SAID.get(part) or _KNOWN.get(part.lower(), part)
