"""Tones that change beside one another: 一, 不 and third tones.

The third-tone rule works in feet of two or three syllables, as Mandarin is said at the measured
pace of this line (Chen, "Tone Sandhi", 2000, ch. 9): inside a foot every third tone before another
rises; between feet only a syllable that is left alone leans on its neighbour.
"""

from collections.abc import Sequence
from itertools import pairwise

from voice.spoken.syllable import NEUTRAL, Syllable, Word
from voice.spoken.words import DIGITS, is_word

_NUMERALS = frozenset("零一二三四五六七八九十百千万亿两点幺")
_ORDINAL_BEFORE = frozenset("第初周期拜其统唯惟万专单逐同表图卷")
_ORDINAL_AFTER = frozenset("月号楼级期类线日等")
_COUNTING = frozenset("一二两三四五六七八九十几每")
_BIG = frozenset("百千万亿")
_NO_CHOICE = frozenset("并也可才绝决从毫还就都又很太")


def sandhi(words: Sequence[Word]) -> list[Word]:
    """The words of one clause as they sound together; digit strings keep their tones."""
    return _third_tones(_one_and_not(words))


def _one_and_not(words: Sequence[Word]) -> list[Word]:
    line = [syllable for word in words for syllable in word]
    fixed = [_is_digits(word) for word in words for _ in word]
    changed = list(line)
    for at, said in enumerate(line):
        if fixed[at] or (said.sign, said.tone) not in (("一", 1), ("不", 4)):
            continue
        before = line[at - 1] if at else None
        after = line[at + 1] if at + 1 < len(line) and not fixed[at + 1] else None
        rule = _one if said.sign == "一" else _not
        counted = at > 1 and line[at - 2].sign == "一" and line[at - 1].sign not in _NUMERALS
        # 一口一口: the second is counted anew
        changed[at] = said.toned(rule(said, None if counted else before, after))
    rest = iter(changed)
    return [tuple(next(rest) for _ in word) for word in words]


def _one(said: Syllable, before: Syllable | None, after: Syllable | None) -> int:
    """一: yi1 in a row, at the end and in a number; yi2 before a fourth tone, else yi4."""
    if after is None or _in_a_row(before, after):
        return 1
    if before is not None and before.sign == after.sign:
        return NEUTRAL  # 看一看
    return 2 if after.tone == 4 or after.sign == "个" else 4


def _in_a_row(before: Syllable | None, after: Syllable) -> bool:
    """Whether 一 is an ordinal, a part of a number or one of several."""
    if after.sign in _ORDINAL_AFTER or after.sign in "一至到比":
        return True
    if before is None:
        return False
    if before.sign == "之":
        return after.sign not in _BIG
    return before.sign in _ORDINAL_BEFORE or before.sign in _NUMERALS


def _not(said: Syllable, before: Syllable | None, after: Syllable | None) -> int:
    """不: bu2 before a fourth tone, neutral in 好不好."""
    if after is None:
        return said.tone
    if before is not None and before.sign == after.sign:
        return NEUTRAL
    return 2 if after.tone == 4 else said.tone


def _third_tones(words: Sequence[Word]) -> list[Word]:
    """Inner feet first, then a lone syllable and its neighbour."""
    sizes: list[int] = []
    line: list[Syllable] = []
    feet: list[list[int]] = []
    loose: list[int] = []
    for word in words:
        start = len(line)
        line.extend(word)
        sizes.append(len(word))
        if len(word) == 1 and not _is_digits(word):
            if loose and word[0].sign in _COUNTING:  # goes with what it counts
                feet.extend(_paired(loose))
                loose = []
            loose.append(start)
            continue
        feet.extend(_paired(loose))
        loose = []
        if not _is_digits(word):
            feet.extend([start + at for at in foot] for foot in _inner_feet(word))
        else:
            feet.append([-1])  # nothing leans on a digit
    feet.extend(_paired(loose))
    _rise(line, feet)
    rest = iter(line)
    return [tuple(next(rest) for _ in range(size)) for size in sizes]


def _rise(line: list[Syllable], feet: Sequence[Sequence[int]]) -> None:
    for foot in feet:
        for at, following in pairwise(foot):
            if line[at].tone == 3 == line[following].tone:
                line[at] = line[at].toned(2)
    for number, (foot, following_foot) in enumerate(pairwise(feet)):
        at, following = foot[-1], following_foot[0]
        if -1 in (at, following) or not line[at].tone == 3 == line[following].tone:
            continue
        leans_on_last = len(following_foot) == 1 and number == len(feet) - 2
        if len(foot) == 1 or leans_on_last:
            line[at] = line[at].toned(2)


def _paired(loose: Sequence[int]) -> list[list[int]]:
    """Words of one syllable go in pairs; the last foot of an odd number has three."""
    feet = [list(loose[at : at + 2]) for at in range(0, len(loose), 2)]
    if len(feet) > 1 and len(feet[-1]) == 1:
        last = feet.pop()
        feet[-1].extend(last)
    return feet


def _inner_feet(word: Word) -> list[list[int]]:
    """养老院 is 养老|院 and said in one; 小老板 is 小|老板."""
    size = len(word)
    text = "".join(said.sign for said in word)
    if size <= 2:
        return [list(range(size))]
    if size == 3 and text[0] != "点":
        if is_word(text[1:]) and not is_word(text[:2]):
            return [[0], [1, 2]]
        return [[0, 1, 2]]
    if size == 3:
        return [[0, 1, 2]]
    feet = [list(range(at, min(at + 2, size))) for at in range(0, size, 2)]
    if len(feet[-1]) == 1:
        last = feet.pop()
        feet[-1].extend(last)
    return feet


def _is_digits(word: Word) -> bool:
    return bool(DIGITS.fullmatch("".join(said.sign for said in word)))
