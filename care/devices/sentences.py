"""The sentences of `data/devices/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "devices/sentences.yml"
    places: ClassVar[Places] = {
        "bad_body": {"field"},
        "too_large": {"most"},
        "too_fast": {"seconds"},
        "unknown_kind": {"kind", "kinds"},
        "unknown_device": {"ref"},
        "taken": {"ref"},
        "bad_ref": {"ref"},
        "bad_controller": {"controller"},
        "unknown_elder": {"phone"},
        "which_elder": {"names"},
        "key_file": {"path"},
        "added": {"ref"},
        "new_key": {"ref"},
        "retired": {"ref"},
        "quiet": {"name", "ref", "minutes"},
        "quiet_many": {"count", "refs"},
        "heard_again": {"name", "ref"},
        "fault": {"name", "ref", "fault"},
        "reset": {"name", "ref"},
    }

    unsigned: str
    bad_signature: str
    stale: str
    replayed: str
    bad_body: str
    too_large: str
    too_fast: str
    not_kept: str
    unknown_kind: str
    unknown_device: str
    taken: str
    bad_ref: str
    bad_controller: str
    unknown_elder: str
    which_elder: str
    key_file: str
    no_devices: str
    added: str
    new_key: str
    retired: str
    quiet: str
    quiet_many: str
    heard_again: str
    fault: str
    reset: str


sentence = Sentences.say
