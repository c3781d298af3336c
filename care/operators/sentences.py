"""The sentences of `data/operators/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "operators/sentences.yml"
    places: ClassVar[Places] = {
        "name_taken": {"name"},
        "no_such_name": {"name"},
        "password_short": {"least"},
        "password_long": {"most"},
        "locked": {"minutes"},
        "reason_missing": {"most"},
        "admin_made": {"name"},
        "was_reset": {"name"},
        "one_time": {"password"},
    }

    name_bad: str
    name_taken: str
    no_such_name: str
    no_such_person: str
    display_name_bad: str
    role_bad: str
    last_admin: str
    not_yourself: str
    password_short: str
    password_long: str
    password_common: str
    password_simple: str
    password_has_name: str
    password_same: str
    password_unequal: str
    password_wrong: str
    telephone_bad: str
    code_wrong: str
    no_totp_now: str
    sign_in_wrong: str
    locked: str
    busy: str
    forged: str
    not_allowed: str
    not_found: str
    bad_request: str
    signed_out: str
    reason_missing: str
    no_number: str
    admin_made: str
    was_reset: str
    still_inactive: str
    one_time: str


sentence = Sentences.say
