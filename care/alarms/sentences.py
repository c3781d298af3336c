"""The sentences of `data/alarms/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "alarms/sentences.yml"
    places: ClassVar[Places] = {
        "not_found": {"ref"},
        "taken": {"ref", "by"},
        "wrong_state": {"ref", "state"},
        "no_outcome": {"outcome", "known"},
        "done": {"ref", "state"},
        "whole": {"events", "mark"},
        "broken": {"event", "ref", "problem", "events"},
        "broken_state": {"ref", "problem"},
    }

    none_open: str
    not_found: str
    taken: str
    wrong_state: str
    no_name: str
    no_reason: str
    no_outcome: str
    done: str
    no_period: str
    whole: str
    whole_empty: str
    broken: str
    broken_state: str
    bad_mark: str
