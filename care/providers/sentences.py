"""The sentences of `data/providers/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "providers/sentences.yml"
    places: ClassVar[Places] = {
        "locked": {"minutes"},
        "moved_on": {"state"},
        "worker_unfit": {"name", "needs"},
        "code_locked": {"minutes"},
        "too_early": {"day"},
        "name_taken": {"name"},
        "region_unknown": {"name"},
        "service_unknown": {"name"},
        "need_unknown": {"name"},
        "count_bad": {"most"},
    }

    sign_in_wrong: str
    locked: str
    busy: str
    signed_out: str
    forged: str
    not_found: str
    bad_request: str
    office_only: str
    elsewhere: str
    moved_on: str
    reason_missing: str
    worker_missing: str
    worker_unfit: str
    code_wrong: str
    end_code_wrong: str
    code_locked: str
    too_early: str
    picture_missing: str
    picture_bad: str
    picture_large: str
    name_taken: str
    provider_name_bad: str
    phone_bad: str
    region_unknown: str
    service_unknown: str
    need_unknown: str
    dates_bad: str
    number_missing: str
    count_bad: str
    no_such_provider: str


sentence = Sentences.say
