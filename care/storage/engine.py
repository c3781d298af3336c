"""Opens the database that a URL names: SQLite (embedded default) or PostgreSQL."""

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from care.storage.seal import give_seal
from care.storage.turns import Turns

Sessions = sessionmaker[Session]


def open_engine(url: str, elder_key: Path | None = None) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql+psycopg://…`.

    `elder_key`: the secret file of the sealed columns, made on first use; without it nothing in
    them can be read or written. Raises ValueError with a sentence for any other kind of URL.
    """
    engine = _engine(url)
    if elder_key is not None:
        give_seal(engine, elder_key)
    return engine


def _engine(url: str) -> Engine:
    # An error that quotes its statement must not quote what somebody said with it (promise 4).
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})
        event.listen(engine, "connect", _prepare_sqlite)
        turns = Turns(engine)
        event.listen(engine, "begin", lambda connection: _begin(connection, turns))
        return engine
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=20
        )
    raise ValueError(
        f"database URL of kind '{parsed.get_backend_name()}' is not supported: "
        "use sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
    )


def open_sessions(engine: Engine) -> Sessions:
    """Sessions whose objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def readers(sessions: Sessions) -> Sessions:
    """Sessions on the same database that only read; whatever writes in one of them fails, and so
    does SELECT … FOR UPDATE on PostgreSQL.

    On SQLite they neither wait for a writer nor hold one up, as every other session does.
    """
    return open_sessions(reading(sessions.kw["bind"]))


def reading(engine: Engine) -> Engine:
    """The same database for transactions that only read, as those of `readers`."""
    return engine.execution_options(reads_only=True, postgresql_readonly=True)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transaction control would begin late and without a write lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an alarm that was told about survives a power cut, not only a kill
        "foreign_keys=ON",
        "busy_timeout=15000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection, turns: Turns) -> None:
    reads_only = bool(connection.get_execution_options().get("reads_only"))
    connection.exec_driver_sql(f"PRAGMA query_only={reads_only:d}")
    if reads_only:
        connection.exec_driver_sql("BEGIN")
    else:
        # The write lock first turns "database is locked" in mid-transaction into a short wait.
        turns.begin(connection)
