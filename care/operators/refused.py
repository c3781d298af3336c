"""Why something about an account can't be done."""

from care.operators.sentences import sentence


class RefusedError(ValueError):
    """The text is a Chinese sentence that says what was wrong and what to do."""

    def __init__(self, kind: str, /, **details: object) -> None:
        super().__init__(sentence(kind, **details))
        self.kind, self.details = kind, details
        """The sentence's name in `data/operators/sentences.yml`, and what was put in."""
