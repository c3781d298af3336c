"""Cuts a clause into words: digit strings, amounts, and what the dictionary knows."""

import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from voice.spoken.pronunciation import pronunciation

if TYPE_CHECKING:
    import jieba

_ONES = "一二三四五六七八九"
DIGITS = re.compile(
    rf"[零幺{_ONES}]{{3,}}(?![十百千万亿])|(?=[零{_ONES}]*幺)[零幺{_ONES}]{{2,}}(?![十百千万亿])"
)
"""A number said digit by digit; its last digit does not belong to an amount that follows."""

_FRACTION = rf"点[零{_ONES}]{{1,9}}(?![零{_ONES}十分])"
_AMOUNT = re.compile(
    rf"(?=[零两{_ONES}]?[十百千万亿])[零两十百千万亿{_ONES}]{{2,}}(?:{_FRACTION})?|[零{_ONES}十]{_FRACTION}"
)
_FOOT = re.compile(
    rf"[零{_ONES}十]?点[零{_ONES}]+|零?[两{_ONES}]?[十百千][{_ONES}](?![十百千万亿])|零?[两{_ONES}]?[十百千万亿]+|零?[{_ONES}]?十?[{_ONES}]|."
)
_FORCED = 3_000_000
"""More often than any word of the dictionary, so that a word of the lexicon is never cut."""

_lock = Lock()


def words(clause: str) -> list[str]:
    """The words of a clause without punctuation; digit strings and parts of amounts are words."""
    found: list[str] = []
    start = 0
    for run in _runs(clause):
        found.extend(_cut(clause[start : run.start()]))
        found.extend([run[0]] if DIGITS.fullmatch(run[0]) else _FOOT.findall(run[0]))
        start = run.end()
    found.extend(_cut(clause[start:]))
    return found


def is_word(text: str) -> bool:
    """Whether the dictionary has it."""
    return bool(_jieba().FREQ.get(text))


def _runs(clause: str) -> list["re.Match[str]"]:
    runs: list[re.Match[str]] = []
    position = 0
    while position < len(clause):
        match = min(
            (m for m in (DIGITS.search(clause, position), _AMOUNT.search(clause, position)) if m),
            key=lambda m: m.start(),
            default=None,
        )
        if match is None:
            break
        runs.append(match)
        position = match.end()
    return runs


def _cut(text: str) -> list[str]:
    return list(_jieba().lcut(text)) if text else []


def _jieba() -> "jieba.Tokenizer":
    with _lock:
        return _tokenizer()


@lru_cache(maxsize=1)
def _tokenizer() -> "jieba.Tokenizer":
    """A tokenizer of our own, so that nobody's words get into another's and no cache is written."""
    import jieba  # noqa: PLC0415 -- a second to load

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    known = pronunciation()
    for word in (*known.words, *known.neutral):
        if len(word) > 1:
            tokenizer.add_word(word, _FORCED)
    return tokenizer
