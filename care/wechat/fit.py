"""Texts within what one message may hold: 2,048 octets of UTF-8."""

LIMIT = 2048
_ENDS = "。！？\n；"
"""Where a text is cut, if possible."""


def parts(text: str, limit: int = LIMIT) -> list[str]:
    """`text` in messages of at most `limit` octets, cut behind a sentence where there is one.

    No sign is lost but blanks at the cuts; signs of four octets stay whole. Empty for no text.
    """
    found: list[str] = []
    rest = text.strip()
    while len(rest.encode()) > limit:
        most = rest.encode()[:limit].decode("utf-8", "ignore")
        end = max(most.rfind(sign) for sign in _ENDS) + 1
        piece = most[:end] if end > len(most) // 3 else most
        found.append(piece.strip())
        rest = rest[len(piece) :].strip()
    return [each for each in (*found, rest) if each]
