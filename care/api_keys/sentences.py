"""What is said about keys: `data/api_keys/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "api_keys/sentences.yml"
    places: ClassVar[Places] = {
        "no_scope": {"scope"},
        "too_fast": {"seconds"},
        "bad_value": {"field"},
        "name_taken": {"name"},
        "unknown_scope": {"scope", "known"},
        "no_scopes": {"known"},
        "made": {"expires"},
        "revoked": {"name"},
        "no_such_key": {"name"},
    }

    no_key: str
    bad_key: str
    no_scope: str
    too_fast: str
    not_found: str
    bad_value: str
    name_taken: str
    unknown_scope: str
    no_scopes: str
    made: str
    revoked: str
    no_such_key: str
