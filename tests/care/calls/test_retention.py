"""What must go, goes: by age, by refusal, and after a crash."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from care.calls import recordings, service
from care.calls.kind import Consent
from care.calls.recordings import NewRecording
from care.calls.retention import Expired, expire, settle
from care.storage.engine import Sessions
from tests.care.calls.records import RINGS, details, ring
from tests.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


def _call(
    sessions: Sessions, folder: Path, when: datetime, consent: Consent = Consent.GIVEN,
    ended: bool = True,
) -> tuple[str, Path]:  # fmt: skip
    """A call of that day with words and one recording."""
    call = ring(sessions, RINGS, when)
    path = f"{when:%Y-%m}/{call.ref}-elder.opus.sealed"
    with sessions.begin() as session:
        if consent != Consent.UNKNOWN:
            service.set_consent(session, call.id, consent, when)
        recordings.began(session, call.id, NewRecording("leg-1", "elder", path, 8_000, when))
        service.note(session, call.id, "heard", {"text": "我想订饭", "seconds": 1.0}, when)
        if ended:
            service.end(session, call.id, "they hung up", when)
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"sound")
    return call.ref, file


def _row(sessions: Sessions, ref: str) -> tuple[datetime | None, str | None]:
    with sessions() as session:
        [row] = recordings.of_call(session, service.find(session, ref).id)
        return row.deleted_at, row.deleted_why


def test_old_sound_and_old_words_go_and_outcomes_stay(sessions: Sessions, folder: Path) -> None:
    old, old_file = _call(sessions, folder, NOW - 181 * DAY)
    young, young_file = _call(sessions, folder, NOW - 179 * DAY)
    assert expire(sessions, folder, NOW, 180) == Expired(calls=1, files=1, stuck=0)
    assert not old_file.exists()
    assert young_file.exists()
    assert _row(sessions, old) == (NOW, "expired")
    assert _row(sessions, young) == (None, None)
    assert ("heard", {"seconds": 1.0}) in details(sessions, old)
    assert ("expired", {"files": 1}) in details(sessions, old)
    assert ("heard", {"text": "我想订饭", "seconds": 1.0}) in details(sessions, young)
    with sessions() as session:
        assert service.find(session, old).why == "they hung up"


def test_a_run_goes_on_where_one_was_stopped_and_a_third_finds_nothing(
    embedded: Sessions, folder: Path
) -> None:
    for _ in range(60):
        _call(embedded, folder, NOW - 200 * DAY)
    asked = iter([False, True])
    stopped = expire(embedded, folder, NOW, 180, lambda: next(asked))
    assert stopped == Expired(calls=50, files=50, stuck=0)
    assert expire(embedded, folder, NOW, 180) == Expired(calls=10, files=10, stuck=0)
    assert expire(embedded, folder, NOW, 180) == Expired(calls=0, files=0, stuck=0)


def test_a_file_that_is_gone_already_is_no_trouble(embedded: Sessions, folder: Path) -> None:
    ref, file = _call(embedded, folder, NOW - 200 * DAY)
    file.unlink()
    expire(embedded, folder, NOW, 180)
    assert _row(embedded, ref) == (NOW, "expired")


def test_a_file_that_cannot_be_deleted_is_told_and_tried_again(
    embedded: Sessions, folder: Path
) -> None:
    ref, file = _call(embedded, folder, NOW - 200 * DAY)
    file.unlink()
    file.mkdir()  # what can't be unlinked, also for root
    assert expire(embedded, folder, NOW, 180).stuck >= 1
    assert _row(embedded, ref) == (None, None)
    assert "我想订饭" not in str(details(embedded, ref))
    file.rmdir()
    assert expire(embedded, folder, NOW + DAY, 180).files == 1
    assert _row(embedded, ref) == (NOW + DAY, "expired")


def test_files_that_no_row_knows_go_with_their_month(embedded: Sessions, folder: Path) -> None:
    _, known = _call(embedded, folder, NOW - 30 * DAY)
    stray = folder / "2026-01" / "lost.opus.sealed"
    stray.parent.mkdir(parents=True)
    stray.touch()
    beside, other = known.with_name("lost.opus.sealed"), folder / "notes" / "mine.txt"
    beside.touch()
    other.parent.mkdir()
    other.touch()
    assert expire(embedded, folder, NOW, 180).files == 1
    assert not stray.parent.exists()
    assert known.exists()
    assert beside.exists()
    assert other.exists()


@pytest.mark.parametrize("days", [0, -1])
def test_keeping_nothing_is_refused(embedded: Sessions, folder: Path, days: int) -> None:
    with pytest.raises(ValueError, match="at least 1 day"):
        expire(embedded, folder, NOW, days)


def test_after_a_crash_only_what_was_agreed_to_stays(sessions: Sessions, folder: Path) -> None:
    agreed, agreed_file = _call(sessions, folder, NOW, ended=False)
    asked, asked_file = _call(sessions, folder, NOW, Consent.UNKNOWN, ended=False)
    refused, refused_file = _call(sessions, folder, NOW, Consent.REFUSED)
    assert set(settle(sessions, folder, "host-1", NOW + DAY)) == {agreed, asked}
    assert agreed_file.exists()
    assert not asked_file.exists()
    assert not refused_file.exists()
    assert _row(sessions, asked) == _row(sessions, refused) == (NOW + DAY, "refused")
    assert "我想订饭" in str(details(sessions, agreed))
    assert "我想订饭" not in str(details(sessions, asked))
    with sessions() as session:
        assert service.find(session, agreed).why == "crashed"


def test_calls_of_another_process_go_on(embedded: Sessions, folder: Path) -> None:
    ref, file = _call(embedded, folder, NOW, Consent.UNKNOWN, ended=False)
    assert settle(embedded, folder, "host-2", NOW + DAY) == []
    assert file.exists()
    with embedded() as session:
        assert service.find(session, ref).ended_at is None
