"""Cuts text into words of the vocabulary: the most probable cut by single words (Viterbi)."""

import math
import re
from collections.abc import Mapping

_HAN = re.compile(r"[\u3400-\u9fff]+")


class Segmenter:
    """Knows the vocabulary and how probable each word is."""

    def __init__(self, logs: Mapping[str, float]) -> None:
        """`logs` is ln p(word). A character that no word begins with stays as it is."""
        self._logs = logs
        self._longest = max((len(word) for word in logs), default=1)
        self._unknown = min(logs.values(), default=0.0) - 10

    def cut(self, text: str) -> list[str]:
        """The words of `text`; what is not Chinese ends a word and is left out."""
        return [word for run in _HAN.findall(text) for word in self._run(run)]

    def _run(self, run: str) -> list[str]:
        best = [0.0] + [-math.inf] * len(run)
        length = [0] * (len(run) + 1)
        for end in range(1, len(run) + 1):
            for size in range(1, min(self._longest, end) + 1):
                log = self._logs.get(run[end - size : end])
                if log is None:
                    if size > 1:
                        continue
                    log = self._unknown
                if best[end - size] + log > best[end]:
                    best[end], length[end] = best[end - size] + log, size
        words: list[str] = []
        end = len(run)
        while end:
            words.append(run[end - length[end] : end])
            end -= length[end]
        return words[::-1]
