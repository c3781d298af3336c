"""Opening, migrating, and what both databases have to keep alike."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.models import Base
from care.storage.engine import Sessions, open_engine
from care.storage.migrate import is_current, upgrade
from tests.conftest import NOW


def test_migrations_make_exactly_the_schema_of_the_models(sessions: Sessions) -> None:
    with sessions.kw["bind"].connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(sessions: Sessions) -> None:
    engine = sessions.kw["bind"]
    assert is_current(engine)
    upgrade(engine)
    assert is_current(engine)


def test_readiness_waits_for_nobody_who_writes(sessions: Sessions) -> None:
    with sessions.begin() as session:
        conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
        session.flush()
        assert is_current(sessions.kw["bind"])


def test_a_new_database_is_not_current() -> None:
    engine = open_engine("sqlite:///:memory:")
    assert not is_current(engine)


def test_moments_come_back_as_they_were(sessions: Sessions) -> None:
    with sessions.begin() as session:
        row = conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
        number = row.id
    with sessions() as session:
        found = session.get_one(Conversation, number)
        assert found.started_at == NOW
        assert found.started_at.utcoffset() == NOW.utcoffset()


def test_a_moment_without_zone_is_refused(sessions: Sessions) -> None:
    with pytest.raises(Exception, match="time zone"), sessions.begin() as session:
        session.add(
            Conversation(
                sender_id="a",
                channel="web",
                started_at=NOW.replace(tzinfo=None),
                last_at=NOW.replace(tzinfo=None),
            )
        )


def test_sqlite_waits_for_the_disk() -> None:
    with open_engine("sqlite:///:memory:").connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_other_databases_are_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"'mysql' is not supported.*postgresql"):
        open_engine("mysql://localhost/hotline")
