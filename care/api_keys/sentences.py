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
        "name_ours": {"name"},
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
    no_way: str
    bad_value: str
    bad_json: str
    unfit: str
    token_missing: str
    token_reused: str
    version_missing: str
    version_old: str
    order_begun: str
    quote_changed: str
    elder_unknown: str
    elder_gone: str
    region_unknown: str
    finding_unknown: str
    maybe_duplicate: str
    unavailable: str
    failed: str
    name_taken: str
    name_ours: str
    unknown_scope: str
    no_scopes: str
    made: str
    revoked: str
    no_such_key: str
