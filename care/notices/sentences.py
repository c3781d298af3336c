"""The sentences of `data/notices/sentences.yml`, and what a failure's code means in words."""

from typing import ClassVar

from care.sentences import Places, SentenceFile

_WHOLE = {
    "timeout": "timeout",
    "unreachable": "unreachable",
    "not sent": "not_sent",
    "no telephone": "no_telephone",
}


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "notices/sentences.yml"
    places: ClassVar[Places] = {
        "all_through": {"count"},
        "some_failed": {"count", "failed"},
        "http": {"code"},
        "refused": {"code"},
        "other": {"reason"},
    }

    test_title: str
    test_text: str
    test_spoken: str
    nobody: str
    all_through: str
    some_failed: str
    told: str
    timeout: str
    unreachable: str
    http: str
    refused: str
    not_sent: str
    no_telephone: str
    not_reached: str
    other: str

    def outcome(self, error: str | None) -> str:
        """What became of an attempt (`care.notices.channel.ChannelError.reason`)."""
        if error is None:
            return self.told
        if error in _WHOLE:
            said: str = getattr(self, _WHOLE[error])
            return said
        kind, _, rest = error.partition(" ")
        match kind:
            case "http":
                return self.http.format(code=rest)
            case "refused":
                return self.refused.format(code=rest)
            case "not" if rest.startswith("reached"):
                return self.not_reached
        return self.other.format(reason=error)
