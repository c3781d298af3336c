"""Chinese punctuation for what people read, whichever signs a data file was typed with."""

import re

_WIDE = {",": "，", "?": "？", "!": "！", ";": "；", ":": "：", "(": "（", ")": "）"}
_SIGN = re.compile(r"(?<![0-9A-Za-z])[,?!;:()]|[,?!;:()](?![0-9A-Za-z])")


def typeset(text: str) -> str:
    """Full-width signs beside Chinese characters; 15:30 and 3,000 stay as they are."""
    return _SIGN.sub(lambda sign: _WIDE[sign.group()], text)
