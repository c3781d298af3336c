"""Why something of a canteen can't be done."""

from care.canteens.sentences import sentence


class RefusedError(ValueError):
    """The text is a Chinese sentence that says what was wrong and what to do."""

    def __init__(self, kind: str, /, **details: object) -> None:
        super().__init__(sentence(kind, **details))
        self.kind = kind
        """The sentence's name in `data/canteens/sentences.yml`."""
