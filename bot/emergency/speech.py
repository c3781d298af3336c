"""Puts the replies of one step together without saying the same thing twice running."""

from dataclasses import replace

from bot.emergency.script import Lines
from bot.emergency.state import FollowUp, Step


class Speech:
    """Collects replies; knows what was said in the step before."""

    def __init__(self, lines: Lines, state: FollowUp) -> None:
        self._lines = lines
        self._last = state.last
        self._said = dict(state.said)
        self.replies: list[str] = []

    def say(self, text: str) -> bool:
        """Adds `text` unless it was said just now or in the step before; whether it was added."""
        if text in self._last or text in self.replies:
            return False
        self.replies.append(text)
        return True

    def remark(self, name: str) -> None:
        """Adds the next variant of a remark."""
        texts = self._lines.says[name].texts
        for _ in texts:
            times = self._said[name] = self._said.get(name, 0) + 1
            if self.say(texts[(times - 1) % len(texts)]):
                return

    def step(self, state: FollowUp, facts: dict[str, str] | None = None) -> Step:
        """The outcome, with `state` remembering what was said."""
        if not self.replies:
            self.remark(self._lines.categories[state.category].calm)
        replies = tuple(self.replies)
        return Step(replace(state, said=self._said, last=replies), replies, facts or {})
