"""What is said about webhooks: `data/webhooks/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "webhooks/sentences.yml"
    places: ClassVar[Places] = {
        "name_taken": {"name"},
        "kind_bad": {"word", "topics"},
        "no_such": {"name"},
        "added": {"name"},
        "turned_off": {"name"},
        "turned_on": {"name"},
        "test_put": {"name"},
        "resent": {"number"},
    }

    name_bad: str
    name_taken: str
    url_bad: str
    url_not_https: str
    url_private: str
    kind_bad: str
    no_kinds: str
    no_such: str
    no_delivery: str
    is_off: str
    added: str
    secret: str
    turned_off: str
    turned_on: str
    test_put: str
    resent: str


sentence = Sentences.say
