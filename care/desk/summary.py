"""Two lines for the operator who takes somebody over, made of what is stored and nothing else."""

from datetime import datetime

from care.alarms.words import spell_seconds
from care.desk.topic import Topic
from care.desk.words import Words
from care.handovers.model import Handover, HandoverEvent
from care.language.mask import mask

_QUOTED = 40
"""Characters of the last utterance."""


def summarise(
    handover: Handover, events: list[HandoverEvent], topic: Topic, words: Words, now: datetime
) -> tuple[str, str]:
    """Why they came to a person, and what it is about. `events` are the conversation's."""
    return _why(handover, events, words, now), _what(topic)


def _why(handover: Handover, events: list[HandoverEvent], words: Words, now: datetime) -> str:
    asked = handover.requested_at
    when = f"{asked:%H:%M}" if asked.date() == now.date() else f"{asked:%m月%d日 %H:%M}"
    line = f"{when} {words.reason(handover.reason)}"
    if handover.claimed_at is not None and handover.reason != "taken_over":
        line += f"，等了{spell_seconds((handover.claimed_at - asked).total_seconds())}"
    released = sum(e.handover_id == handover.id and e.kind == "released" for e in events)
    earlier = len({e.handover_id for e in events if e.kind == "claimed"} - {handover.id})
    line += f"；中间放回过{released}次" if released else ""
    line += f"；以前找过{earlier}次人工" if earlier else ""
    return line + "。"


def _what(topic: Topic) -> str:
    known = "，".join(f"{name}{value}" for name, value in topic.known.items())
    matter = "".join((topic.label or "", f"（{known}）" if known else ""))
    said = topic.last_said and _quote(topic.last_said)
    if matter and said:
        return mask(f"在说{matter}。") + f"最后一句：“{said}”"
    if matter:
        return mask(f"在说{matter}。")
    return f"最后一句：“{said}”" if said else "还没有说话。"


def _quote(text: str) -> str:
    line = mask(" ".join(text.split()))
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"
