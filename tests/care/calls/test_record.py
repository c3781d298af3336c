"""One call's record while it goes on."""

from collections.abc import Iterator

import pytest

from care.calls import service
from care.calls.kind import Consent
from care.calls.notebook import Notebook
from care.storage.engine import Sessions
from tests.care.calls.records import RINGS, at, details, open_record
from tests.conftest import NOW


@pytest.fixture
def notebook(embedded: Sessions) -> Iterator[Notebook]:
    notebook = Notebook(embedded, every=3600.0)
    yield notebook
    notebook.close()


def test_the_record_of_a_call(embedded: Sessions, notebook: Notebook) -> None:
    record = open_record(notebook)
    record.answered(at(1))
    record.agreed(at(4))
    record.agreed(at(5))
    record.note("heard", {"text": "喂", "confidence": 0.8, "seconds": 0.3}, at(5))
    record.ended("we hung up", at(9))
    record.ended("lost", at(10))
    assert notebook.flush()
    kinds = [kind for kind, _ in details(embedded, record.ref)]
    assert kinds == ["rang", "answered", "consent", "heard", "ended"]
    with embedded() as session:
        call = service.find(session, record.ref)
        assert (call.answered_at, call.ended_at, call.why) == (at(1), at(9), "we hung up")


@pytest.mark.parametrize("refuses", [True, False])
def test_without_agreement_sound_and_words_go(
    embedded: Sessions, notebook: Notebook, refuses: bool
) -> None:
    record, dropped = open_record(notebook), []
    record.if_unwanted(lambda: dropped.append(1))
    record.note("heard", {"text": "不同意录音"}, at(2))
    if refuses:
        record.refused(at(3))
        assert (record.consent, dropped) == (Consent.REFUSED, [1])
    record.ended("they hung up", at(9))
    assert dropped
    notebook.flush()
    assert "不同意" not in str(details(embedded, record.ref))


def test_a_refusal_counts_after_an_agreement(embedded: Sessions, notebook: Notebook) -> None:
    record = open_record(notebook)
    record.agreed(at(1))
    record.note("heard", {"text": "我想想"}, at(2))
    record.refused(at(3))
    record.note("heard", {"text": "还是别录"}, at(4))
    record.ended("they hung up", at(5))
    notebook.flush()
    assert [d for kind, d in details(embedded, record.ref) if kind == "heard"] == [{}, {}]


def test_what_the_call_changes_later_is_not_what_was_noted(
    embedded: Sessions, notebook: Notebook
) -> None:
    record, detail = open_record(notebook), {"count": 1}
    record.note("queue", detail, at(1))
    detail["count"] = 2
    notebook.flush()
    assert ("queue", {"count": 1}) in details(embedded, record.ref)


def test_a_reference_taken_by_another_call_is_changed(
    embedded: Sessions, notebook: Notebook
) -> None:
    record = open_record(notebook)
    with embedded.begin() as session:
        service.begin(session, RINGS, NOW, record.ref)
    taken = record.ref
    record.answered(at(1))
    notebook.flush()
    assert record.ref != taken
    assert [kind for kind, _ in details(embedded, record.ref)] == ["rang", "answered"]
