"""Numbers of official documents: 阿民发〔2021〕249号 → 阿民发二零二一二百四十九号."""

import re

from voice.spoken.numbers import amount, plain_digits

_NUMBER = re.compile(r"[〔［【\[(（﹝]((?:19|20)\d\d)[〕］】\])）﹞](?:第)?(\d{1,5})(?=号)")
_PADDED = re.compile(r"第(0\d{1,7})(?=[号条期])")


def say_documents(text: str) -> str:
    """The year digit by digit, the number as an amount; a padded one (0363) digit by digit."""
    text = _NUMBER.sub(_said, text)
    return _PADDED.sub(lambda match: "第" + plain_digits(match[1]), text)


def _said(match: re.Match[str]) -> str:
    number = amount(match[2])
    return plain_digits(match[1]) + number
