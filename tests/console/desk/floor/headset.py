"""A headset without a browser: its WebSocket, as a page of ours opens it."""

import time
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.console.desk.visitor import Visitor


def plugged(visitor: Visitor, path: str, origin: str = "") -> ClientConnection:
    """As a browser on one of our pages connects."""
    address = str(visitor.client.base_url).rstrip("/")
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.client.cookies.items())
    return connect(
        address.replace("http", "ws", 1) + path,
        additional_headers={"Cookie": cookie},
        origin=origin or address,
        proxy=None,
    )


def ends_with(socket: ClientConnection, timeout: float = 30.0) -> int:
    """The code with which it is closed, whatever comes before."""
    until = time.monotonic() + timeout
    try:
        while time.monotonic() < until:
            socket.recv(timeout=timeout)
    except ConnectionClosed as error:
        assert error.rcvd is not None
        return int(error.rcvd.code)
    raise AssertionError("it goes on")


def refused(visitor: Visitor, path: str, origin: str = "") -> int:
    """The status of the answer, or the code with which it was closed."""
    try:
        with plugged(visitor, path, origin) as socket:
            socket.recv(timeout=30)
    except InvalidStatus as error:
        return int(error.response.status_code)
    except ConnectionClosed as error:
        assert error.rcvd is not None
        return int(error.rcvd.code)
    raise AssertionError("it was let in")


def until(condition: Callable[[], object]) -> None:
    """Waits until it is so."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it didn't come true"
        time.sleep(0.02)
