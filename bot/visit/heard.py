"""What an elder's answer tells: `data/visits/answers.yml`, read for the question that was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.emergency.answers import Answers
from bot.emergency.rules import Group
from bot.visit.script import Means
from care.data_files import DATA, DataFileError, load_models
from care.visits.findings import Findings

INTENTS = (
    "refuses",
    "not_them",
    "housemate",
    "later",
    "goodbye",
    "thanks",
    "who",
    "here",
    "not_recorded",
)
"""About the call, and not about how they are."""
_GENERAL = ("bad", "not_yet", "none", "fair", "good", "no", "yes")
"""Of several the first counts: 好是好,就是不太舒服."""


@dataclass(frozen=True)
class Heard:
    """One utterance."""

    findings: Mapping[str, str]
    """Question → finding: of the question asked, and of others that were answered unasked."""
    intents: frozenset[str]
    """Of `INTENTS`."""
    general: str | None
    """The group that answered the question asked, where nothing said more: yes, good."""


class Ears:
    """Reads answers; made once, then used from any thread."""

    def __init__(self, answers: Answers, findings: Findings) -> None:
        self._answers = answers
        # Of two findings of a question the later one in the file counts: it is the graver one.
        self._tells = tells(findings)

    @classmethod
    def load(cls, findings: Findings, data: Path = DATA) -> "Ears":
        """Raises DataFileError, also for a group that nothing reads."""
        path = data / "visits" / "answers.yml"
        groups = load_models(path, Group)
        known = {*INTENTS, *_GENERAL, *tells(findings)}
        for group in groups:
            if group.id not in known:
                raise DataFileError(path, 1, f"'{group.id}' is no general answer and no finding")
        return cls(Answers(groups), findings)

    def read(self, text: str, asked: str, means: Means) -> Heard:
        """`text` is normalised; `means`: what general answers to the question `asked` mean."""
        said = self._answers.read(text)
        found = {each[0]: each[1] for group, each in self._tells.items() if group in said}
        general = None
        if asked not in found:
            general = next((each for each in _GENERAL if each in said and each in means), None)
            if general is not None:
                found[asked] = means[general]
        return Heard(found, said & set(INTENTS), general)


def tells(findings: Findings) -> dict[str, tuple[str, str]]:
    """Groups of answers that are findings by themselves: question_finding → both."""
    return {
        f"{code}_{finding.id}": (code, finding.id)
        for code, question in findings.questions.items()
        for finding in question.findings
    }
