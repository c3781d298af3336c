"""What the database holds of what nobody else may read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from care.calls.keys import rotate
from care.elders.contact import ElderContact, contacts
from care.elders.model import Elder
from care.elders.service import by_calling_number, by_phone
from care.storage.engine import Sessions, open_engine, open_sessions
from care.storage.resealing import reseal
from care.storage.seal import Seal, SealError
from tests.care.elders.filled import put
from tests.databases import new_sqlite

TYPED = {
    "name": "王桂兰",
    "phone": "04715551234",
    "identity": "152921194203050029",
    "address": "额鲁特花园1号楼",
    "health": "高血压",
}


def test_nothing_sealed_is_in_the_database_in_plain(sessions: Sessions) -> None:
    with sessions.begin() as session:
        elder = put(session, TYPED)
        session.add(ElderContact(elder_id=elder.id, name="王小红", phone="13900000009"))
    with sessions() as session:
        rows = [
            *session.execute(text("SELECT * FROM elders")),
            *session.execute(text("SELECT * FROM elder_contacts")),
        ]
        stored = b"|".join(
            each if isinstance(each, bytes) else str(each).encode() for row in rows for each in row
        )
        for secret in (*list(TYPED.values())[1:], "5551234", "王小红", "13900000009"):
            assert secret.encode() not in stored
        assert "王桂兰".encode() in stored
        read = session.scalars(select(Elder)).one()
        assert [getattr(read, name) for name in TYPED] == list(TYPED.values())


def test_one_number_one_record(sessions: Sessions) -> None:
    with pytest.raises(IntegrityError), sessions.begin() as session:
        session.add_all(Elder(name=name, phone="13800000001") for name in ("王桂兰", "李长山"))


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60), st.booleans())
def test_whatever_is_sealed_comes_back(plain: str, findable: bool) -> None:
    seal = Seal(_KEY)
    sealed = seal.seal(plain, "a.b", findable=findable)
    assert seal.open(sealed, "a.b", findable=findable) == plain
    assert (seal.seal(plain, "a.b", findable=findable) == sealed) == findable
    with pytest.raises(SealError):
        seal.open(sealed, "a.c", findable=findable)
    with pytest.raises(SealError):
        seal.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "a.b", findable=findable)


def test_what_an_older_key_sealed_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "elders.key"
    before = Seal(path)
    sealed = before.seal("13800000001", "a.b", findable=True)
    rotate(path)
    after = Seal(path)
    assert after.open(sealed, "a.b", findable=True) == "13800000001"
    assert after.seal("13800000001", "a.b", findable=True)[:8] != sealed[:8]
    assert path.stat().st_mode & 0o777 == 0o600


@contextmanager
def _opened(url: str, key: Path) -> Iterator[Sessions]:
    """The database once more, as another process opens it."""
    engine = open_engine(url, key)
    yield open_sessions(engine)
    engine.dispose()


def test_a_new_key_takes_over_all_rows(sessions: Sessions, tmp_path: Path) -> None:
    path = tmp_path / "elders.key"
    url = sessions.kw["bind"].url.render_as_string(hide_password=False)
    with _opened(url, path) as opened, opened.begin() as session:
        elder = put(session, TYPED)
        session.add(ElderContact(elder_id=elder.id, name="王小红", phone="13900000009"))
    rotate(path)
    for count in (2, 0):
        with _opened(url, path) as opened, opened() as session:
            assert reseal(opened.kw["bind"]) == count
            [found] = by_phone(session, TYPED["phone"])
            assert [getattr(found, name) for name in TYPED] == list(TYPED.values())
            assert contacts(session, found.id)[0].name == "王小红"
    path.write_text(path.read_text().splitlines()[-1])  # the older key isn't needed any more
    with _opened(url, path) as opened, opened() as session:
        assert len(by_phone(session, TYPED["phone"])) == 1


def test_without_its_key_nobody_is_known_and_calls_go_on(tmp_path: Path) -> None:
    url = new_sqlite(tmp_path / "hotline.db")
    with open_sessions(open_engine(url, tmp_path / "a.key")).begin() as session:
        elder = put(session, TYPED)
        session.add(ElderContact(elder_id=elder.id, name="王小红", phone="13900000009"))
    spoiled = tmp_path / "b.key"
    spoiled.write_text("nonsense")
    spoiled.chmod(0o600)
    for key in (tmp_path / "c.key", spoiled, None):
        with open_sessions(open_engine(url, key))() as session:
            assert by_phone(session, TYPED["phone"]) == ()
            assert by_calling_number(session, TYPED["phone"]) is None
            assert session.get_one(Elder, 1).name == "王桂兰"
            assert session.get_one(Elder, 1).address == ""
            assert contacts(session, 1)[0].phone == ""


@pytest.fixture(autouse=True, scope="module")
def _key(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _KEY  # noqa: PLW0603 - hypothesis runs one function many times
    _KEY = tmp_path_factory.mktemp("key") / "elders.key"


_KEY = Path()
