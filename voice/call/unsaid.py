"""What an answer told, or promised, that could not be said when it came."""

from dataclasses import dataclass

from bot.reply import Answer, Reply


@dataclass
class Unsaid:
    """One call's: said before the next answer."""

    person: bool = False
    """The caller asked for a person; whatever they said since, it isn't taken back."""
    _replies: tuple[Reply, ...] = ()

    def keep(self, answer: Answer) -> None:
        """The caller went on: an answer that asked for just that is void, one that told isn't, and
        a wish for a person never is."""
        if answer.asked_person or (answer.expects is None and not self.person):
            self._replies = answer.replies
        self.person |= answer.asked_person

    def take(self) -> tuple[tuple[Reply, ...], bool]:
        """What is to be said, and whether a person is to be brought."""
        taken = self._replies, self.person
        self.forget()
        return taken

    def forget(self) -> None:
        """Nobody needs it any more."""
        self.person, self._replies = False, ()
