"""Whether a caller asks for a moment: 等一下, 我拿个笔."""

from voice.turn.sentences import said, sentences

_LONGEST = 18
"""Syllables; who says more tells something."""


def wants_a_moment(text: str) -> bool:
    """等等, 别挂, 我去找眼镜: not to be asked again for a while."""
    plain, shapes = said(text), sentences()
    if not 0 < len(plain) <= _LONGEST or shapes.no_moment.search(plain):
        return False
    return shapes.moment.search(plain) is not None
