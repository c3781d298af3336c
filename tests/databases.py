"""The databases that storage tests run on: SQLite, and a real PostgreSQL server of their own."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import Engine, literal, select, text, union_all

from care.models import Base
from care.storage.engine import open_engine
from care.storage.migrate import upgrade
from evaluation.guard import guarded
from evaluation.system import free_port

ELDER_KEY = Path(tempfile.mkdtemp(prefix="elder-key-")) / "elders.key"
"""Secret file of the sealed columns in all databases of this run."""
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_PATIENCE = 60


def new_sqlite(path: Path) -> str:
    """The URL of a migrated, empty database in a new file. All are copies: migrating takes longer
    than most tests."""
    shutil.copyfile(_migrated(), path)
    return f"sqlite:///{path}"


@cache
def _migrated() -> Path:
    file = Path(_folder().name) / "migrated.db"
    engine = open_engine(f"sqlite:///{file}", ELDER_KEY)
    upgrade(engine)
    engine.dispose()  # the last connection brings its log into the file
    return file


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="migrated-")


def empty(engine: Engine) -> None:
    """Deletes all rows of a PostgreSQL database. Cutting off a table costs more than a look."""
    tables = Base.metadata.sorted_tables
    looks = (
        select(literal(table.name)).where(select(literal(1)).select_from(table).exists())
        for table in tables
    )
    with engine.begin() as connection:
        full = [f'"{name}"' for name in connection.scalars(union_all(*looks))]
        if full:
            connection.execute(text(f"TRUNCATE {', '.join(full)} RESTART IDENTITY CASCADE"))


@contextmanager
def postgresql() -> Iterator[str]:
    """Starts a server on a free loopback port in a temporary folder; yields its URL."""
    assert _BINARIES, "PostgreSQL is missing: script/setup --dev installs it"
    binaries = _BINARIES[-1]
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    data, port = folder / "data", free_port()
    as_user = _unprivileged(folder)
    initdb = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "hotline",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    subprocess.run([*as_user, *initdb], check=True, capture_output=True, cwd=folder)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    options += ["-c", "fsync=off"]  # nobody pulls this machine's plug to see what is left
    server = subprocess.Popen(
        [*as_user, str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with guarded(server.pid):
        try:
            _await(port)
            yield f"postgresql+psycopg://hotline@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(30)
            shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: its own user then owns the folder."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _await(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=hotline dbname=postgres").close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "PostgreSQL did not start"
            time.sleep(0.1)
        else:
            return
