"""Of all threads that want to write to one SQLite file, one at a time asks for its lock.

SQLite itself has whoever finds the file locked sleep, up to a tenth of a second at a time, and look
again: among several threads one can look in vain for a second. Here they wait for one another, and
sleep only for other processes.
"""

import threading
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

PATIENCE = 15.0
"""Seconds that a thread waits for its turn."""


class Turns:
    """Of one engine. A turn goes with a connection and ends with its transaction."""

    def __init__(self, engine: Engine) -> None:
        self._lock = threading.Lock()
        self._holder: DBAPIConnection | None = None
        dialect: Any = engine.dialect
        commit, rollback = dialect.do_commit, dialect.do_rollback

        def do_commit(connection: PoolProxiedConnection) -> None:
            commit(connection)  # what fails is rolled back
            self._leave(connection.dbapi_connection)

        def do_rollback(connection: PoolProxiedConnection) -> None:
            try:
                rollback(connection)
            finally:
                self._leave(connection.dbapi_connection)

        dialect.do_commit, dialect.do_rollback = do_commit, do_rollback
        event.listen(engine, "close", self._closed)

    def begin(self, connection: Connection) -> None:
        """Begins a transaction that may write. Raises what SQLite raises.

        Who waited in vain for their turn looks at SQLite's lock, the one that counts, once.
        """
        own = connection.connection.dbapi_connection
        if not self._lock.acquire(timeout=PATIENCE):
            _at_once(connection)
            return
        self._holder = own
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            self._leave(own)
            raise

    def _closed(self, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        self._leave(connection)

    def _leave(self, connection: DBAPIConnection | None) -> None:
        if connection is not None and connection is self._holder:
            self._holder = None
            self._lock.release()


def _at_once(connection: Connection) -> None:
    patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
