"""The sentences of `data/call_records/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "call_records/sentences.yml"
    places: ClassVar[Places] = {
        "key_readable_by_others": {"path"},
        "key_not_readable": {"path"},
        "key_not_writable": {"path"},
        "key_spoiled": {"path", "line"},
        "key_missing": {"path"},
        "wrong_key": {"name", "id", "path"},
        "file_missing": {"name"},
        "file_not_readable": {"name"},
        "not_sealed": {"name"},
        "damaged": {"name"},
        "no_call": {"ref"},
        "no_recording": {"ref"},
        "recording_refused": {"ref"},
        "recording_expired": {"ref", "day"},
        "recording_in_progress": {"name", "seconds"},
        "bad_folder": {"path"},
        "played": {"path", "seconds"},
        "expired": {"files", "calls", "days"},
        "not_deleted": {"files", "path"},
        "new_key": {"id", "path"},
    }

    key_readable_by_others: str
    key_not_readable: str
    key_not_writable: str
    key_spoiled: str
    key_missing: str
    wrong_key: str
    file_missing: str
    file_not_readable: str
    not_sealed: str
    damaged: str
    no_call: str
    no_calls: str
    no_name: str
    no_recording: str
    recording_refused: str
    recording_expired: str
    recording_in_progress: str
    bad_folder: str
    played: str
    expired: str
    not_deleted: str
    new_key: str


sentence = Sentences.say
