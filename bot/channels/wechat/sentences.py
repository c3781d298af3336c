"""What the assistant says in WeChat about WeChat itself: `data/wechat/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "wechat/sentences.yml"
    places: ClassVar[Places] = {
        "bound_self": {"name"},
        "bound_family": {"name"},
        "code_said": {"code"},
        "code_said_family": {"code"},
        "code_sms": {"code"},
        "place_words": {"label", "latitude", "longitude"},
        "alarm_raised": {"name"},
        "alarm_closed": {"name"},
        "order_placed": {"name", "service", "day", "ref"},
        "order_changed": {"name", "service", "day", "ref"},
        "order_cancelled": {"name", "service", "day", "ref"},
        "order_done": {"name", "service", "day", "ref"},
        "visit_planned": {"name", "first", "last"},
        "visit_planned_call": {"name", "first", "last"},
        "visit_done": {"name", "day"},
        "visit_called": {"name", "day"},
        "visit_unanswered": {"name"},
        "visit_in_person": {"name", "last"},
    }

    greeting: str
    not_heard: str
    not_readable: str
    heard_voice: str
    heard_other: str
    heard_place: str
    heard_menu: str
    failed: str
    locate: str
    place_words: str
    place_without_alarm: str
    bound_self: str
    bound_family: str
    bad_code: str
    too_many_tries: str
    unbound: str
    family_unbound: str
    family_nobody: str
    family_needs_phone: str
    nothing_bound: str
    code_said: str
    code_said_family: str
    code_sms_title: str
    code_sms: str
    code_needs_phone: str
    voice_on: str
    voice_off: str
    notices_on: str
    notices_off: str
    notices_nobody: str
    notice_title_alarm: str
    notice_title_order: str
    notice_title_visit: str
    alarm_raised: str
    alarm_closed: str
    order_placed: str
    order_changed: str
    order_cancelled: str
    order_done: str
    visit_planned: str
    visit_planned_call: str
    visit_done: str
    visit_called: str
    visit_unanswered: str
    visit_in_person: str
    page_open_in_wechat: str
    page_try_again: str

    def title(self, topic: str) -> str:
        """Of a notice."""
        said: str = getattr(self, f"notice_title_{topic}")
        return said
