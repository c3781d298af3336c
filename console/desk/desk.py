"""What every page of the desk is handed."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from care.clock import Clock
from care.operators.gate import Gate
from care.operators.role import Roles
from care.storage.engine import Sessions
from care.storage.readable import Readable


@dataclass(frozen=True)
class Desk(Readable):
    """The parts that pages work with; `desk_of(request)` gives it to a route."""

    sessions: Sessions
    clock: Clock
    gate: Gate
    roles: Roles


def desk_of(connection: HTTPConnection) -> Desk:
    """The desk that this request or WebSocket came to."""
    desk: Desk = connection.app.state.desk
    return desk
