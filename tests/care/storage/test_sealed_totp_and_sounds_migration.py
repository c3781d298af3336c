"""Migration 0017, up and down with people in the tables."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from care.storage.seal import seal_of
from tests.care.storage.steps import down, up

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PEOPLE = """INSERT INTO operators
    (id, name, display_name, role, password_hash, active, created_at, totp_secret, totp_step)
    VALUES (1, 'wang', '王芳', 'admin', '$', true, '2026-11-21 10:00:00', :secret, 59000000),
           (2, 'li', '李娜', 'operator', '$', true, '2026-11-21 10:00:00', NULL, NULL)"""


def _stored(engine: Engine) -> dict[int, object]:
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT id, totp_secret, totp_step FROM operators ORDER BY id")
        )
        found = {row.id: (row.totp_secret, row.totp_step) for row in rows}
    assert [step for _secret, step in found.values()] == [59_000_000, None]
    return {number: secret for number, (secret, _step) in found.items()}


def _octets(engine: Engine) -> bytes:
    """All that a stolen file, or the table's of PostgreSQL, holds."""
    if engine.dialect.name == "sqlite":
        engine.dispose()  # the last connection brings its log into the file
        return Path(engine.url.database or "").read_bytes()
    with engine.begin() as connection:
        connection.execute(text("CHECKPOINT"))
        read = "SELECT pg_read_binary_file(pg_relation_filepath('operators'))"
        return bytes(connection.execute(text(read)).scalar() or b"")


def test_secrets_are_sealed_on_the_way_up_and_opened_on_the_way_down(engine: Engine) -> None:
    up(engine, "0016")
    with engine.begin() as connection:
        connection.execute(text(PEOPLE), {"secret": SECRET})
    assert SECRET.encode() in _octets(engine)

    up(engine, "0017")
    stored = _stored(engine)
    sealed = stored[1]
    assert isinstance(sealed, bytes | memoryview)
    assert stored[2] is None
    opened = seal_of(engine).open(bytes(sealed), "operators.totp_secret", findable=False)
    assert opened == SECRET
    assert SECRET.encode() not in _octets(engine)

    down(engine, "0016")
    assert _stored(engine) == {1: SECRET, 2: None}
    up(engine, "0017")
    assert _stored(engine)[2] is None


def test_without_second_factors_no_key_is_needed(engine: Engine) -> None:
    up(engine, "0017")
    down(engine, "0016")
    assert not (seal_of(engine)._path).exists()


def _shares(engine: Engine) -> int | None:
    """How finely PostgreSQL knows the sounds of names; None, or -1 in older ones: as usual."""
    read = """SELECT attstattarget FROM pg_attribute
        WHERE attrelid = 'elders'::regclass AND attname = 'sound'"""
    with engine.connect() as connection:
        return connection.execute(text(read)).scalar()


def test_sounds_are_known_finely_as_long_as_it_is_up(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite goes by the index, however many have a surname")
    before = "0016"
    up(engine, before)
    usual = _shares(engine)
    up(engine, "0017")
    assert _shares(engine) == 1000
    down(engine, before)
    assert _shares(engine) == usual
