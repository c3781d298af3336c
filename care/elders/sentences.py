"""The sentences of `data/elders/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "elders/sentences.yml"
    places: ClassVar[Places] = {
        "key_file": {"path"},
        "key_gone": {"id", "path"},
        "new_key": {"count", "path"},
        "unknown_region": {"word"},
        "unknown_word": {"word", "words"},
        "too_long": {"most"},
        "file_too_large": {"most"},
        "no_column": {"column"},
        "too_many_rows": {"most"},
        "repeats_row": {"row"},
        "taken": {"number"},
        "too_many_contacts": {"most"},
        "too_many_records": {"most"},
        "gone_for_several": {"name", "why"},
    }

    key_file: str
    key_gone: str
    spoiled: str
    new_key: str
    no_key: str
    unreadable: str
    needed: str
    bad_name: str
    bad_phone: str
    bad_identity: str
    bad_birth: str
    identity_differs: str
    ability_parts: str
    bad_level: str
    bad_day: str
    contact_parts: str
    bad_consent: str
    unknown_region: str
    unknown_word: str
    too_long: str
    no_workbook: str
    file_too_large: str
    no_column: str
    too_many_rows: str
    no_rows: str
    repeats_row: str
    taken: str
    too_many_contacts: str
    too_many_records: str
    gone_moved: str
    gone_deceased: str
    gone_for_several: str
    fill_name: str
    fill_phone: str
    fill_identity: str
    fill_birth: str
    fill_sex: str
    fill_region: str
    fill_address: str
    fill_residence: str
    fill_hukou: str
    fill_pension: str
    fill_health: str
    fill_ability: str
    fill_ability_on: str
    fill_ability_by: str
    fill_contact_name: str
    fill_contact_relation: str
    fill_contact_phone: str
    fill_contact_agreed: str
    fill_consent: str


sentence = Sentences.say
