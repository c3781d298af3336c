"""When a found entity is the one that was meant."""

import re

from evaluation.homophones import syllables
from evaluation.utterances import Named, Utterance

AS_SAID = frozenset({"name", "address", "date", "time"})
"""Kinds whose value is the words themselves: by ear, 桂兰 and 贵兰 can't be told apart."""

_ROUND_ABOUT = re.compile(r"(?:那一天|那天|这天|当天|那日|的时候)$")
_SOUTHERN = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("f", "h"))


def key(named: Named, *, by_sound: bool) -> tuple[str, str]:
    """What is compared: kind and value; `by_sound` for text that came from a recogniser."""
    value = named.value
    if named.kind in ("date", "time"):
        value = _ROUND_ABOUT.sub("", value)
    if by_sound and named.kind in AS_SAID:
        value = sound(value)
    return named.kind, value


def sound(text: str) -> str:
    """Toneless syllables, southern sounds folded, so that whatever was heard compares equal."""
    return " ".join(_folded(syllable) for syllable in syllables(text))


def lost_kinds(utterance: Utterance, heard: str) -> frozenset[str]:
    """Kinds of `AS_SAID` whose words lost a syllable on the way: nobody could name them now."""
    audible = f" {sound(heard.replace(' ', ''))} "
    return frozenset(
        named.kind
        for named in utterance.entities
        if named.kind in AS_SAID and f" {sound(named.value)} " not in audible
    )


def _folded(syllable: str) -> str:
    for one, other in _SOUTHERN:
        if len(one) == 1 or one != "ng":
            syllable = other + syllable[len(one) :] if syllable.startswith(one) else syllable
        elif syllable.endswith(one):
            syllable = syllable[: -len(one)] + other
    return syllable
