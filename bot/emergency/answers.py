"""What the caller means while an alarm is open: read by words and sounds, never guessed."""

from pathlib import Path

from bot.emergency.rules import Group
from bot.emergency.scanner import Mark, Scanner
from care.data_files import load_models

_UNSURE_MOST = 12
"""Characters up to which "don't know" is the answer and not part of a longer story."""

_READ_MOST = 200
"""Characters that are looked at; nobody answers a short question at greater length."""

_FILLERS = " ,.!?;:。、啊呀吧呢嘛哦噢呃额那这了的"


class Answers:
    """Finds what an utterance says, by the ids of `data/emergency/answers.yml`."""

    def __init__(self, groups: list[Group]) -> None:
        self._scanner = Scanner()
        for group in groups:
            self._scanner.add(group.id, group.words)
            self._scanner.add(group.id, group.sounds, "sound")
            self._scanner.add(f"unless {group.id}", group.unless)

    @classmethod
    def load(cls, path: Path) -> "Answers":
        """Reads the file; raises DataFileError."""
        return cls(load_models(path, Group))

    def read(self, text: str) -> frozenset[str]:
        """Ids of everything said; a mark inside a longer one (有呼吸 in 没有呼吸) doesn't count,
        and yes and no only when nothing else is said."""
        text = text[:_READ_MOST]
        marks = self._scanner.scan(text)
        shown = [mark for mark in marks if not _hidden(mark, marks)]
        said = {mark.label for mark in shown if not mark.label.startswith("unless ")}
        for bare in ("yes", "no", "nothing"):
            if bare in said and not _covers(text, [m for m in shown if m.label == bare]):
                said.remove(bare)
        if len(text) > _UNSURE_MOST:
            said.discard("unsure")
        return frozenset(said)


def _covers(text: str, marks: list[Mark]) -> bool:
    covered = {position for mark in marks for position in range(mark.start, mark.end)}
    return all(sign in _FILLERS or place in covered for place, sign in enumerate(text))


def _hidden(mark: Mark, marks: list[Mark]) -> bool:
    return any(
        (other.label == f"unless {mark.label}" and other.overlaps(mark))
        or (
            other.start <= mark.start
            and mark.end <= other.end
            and other.end - other.start > mark.end - mark.start
            and other.label != mark.label
        )
        for other in marks
    )
