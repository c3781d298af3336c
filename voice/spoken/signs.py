"""One sign for one thing, before any rule looks: full-width digits, circled numbers, accents."""

import re
import unicodedata

_KEPT_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SAME = {
    "〇": "零",
    "○": "零",
    "￥": "¥",
    "㎡": "m²",
    "㎥": "m³",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "−": "-",
    "─": "—",
    "―": "—",
    "～": "~",
    "〜": "~",
    "∼": "~",
    "⋯": "…",
    "µ": "μ",
    "\u3000": " ",
    "\t": " ",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[：︰](?=\d)")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")
_NUMERO = re.compile(r"(?<![A-Za-z])N[oO]\.?[ ]?(?=\d)|№[ ]?(?=\d)")
_EMERGENCY = re.compile(r"1(?:10|19|20|22|14)[,，]")


def plain_signs(text: str) -> str:
    """`text` with ASCII digits and letters, and one sign for each kind of dash and space."""
    plain = "".join(map(_plain, text))
    plain = _NUMERO.sub("第", plain)
    plain = _BETWEEN_DIGITS.sub(":", plain)
    return _GROUPED.sub(_ungrouped, plain)


def _ungrouped(match: re.Match[str]) -> str:
    """1,200 → 1200; 120,110 are two numbers to call, and only ASCII commas group digits."""
    if "，" in match[0] or _EMERGENCY.match(match[0]):
        return match[0]
    return match[0].replace(",", "")


def _plain(sign: str) -> str:
    if sign in _SAME:
        return _SAME[sign]
    if sign.isascii() or sign in _KEPT_CIRCLES or "\u3400" <= sign <= "\u9fff":
        return sign
    kind = unicodedata.category(sign)
    if kind in ("Nd", "Nl", "No"):
        return _as_number(sign)
    if kind in ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"):
        return ""
    if kind[0] == "L" or "\uff01" <= sign <= "\uff5e":
        return _letter_or_same(sign)
    return sign


def _as_number(sign: str) -> str:
    """Roman, circled and superscript numbers: Ⅱ → 2, ½ → 1/2."""
    value = unicodedata.numeric(sign)
    if value == int(value) and value >= 0:
        return str(int(value))
    return unicodedata.normalize("NFKC", sign).replace("⁄", "/")


def _letter_or_same(sign: str) -> str:
    """Full-width and accented letters become plain ones; a full-width mark stays Chinese."""
    if sign in "，。！？；：（）、":
        return sign
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in parts if not unicodedata.combining(part)) or sign
