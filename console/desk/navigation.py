"""Whether a person did something, or a script of an open page asked by itself."""

from starlette.requests import HTTPConnection, Request

from console.desk.csrf import SAFE


def is_navigation(connection: HTTPConnection) -> bool:
    """Whether somebody goes to a page, rather than a script fetching a part of one."""
    if "hx-request" in connection.headers:
        return connection.headers.get("hx-boosted") == "true"
    mode = connection.headers.get("sec-fetch-mode")
    accepts = connection.headers.get("accept", "")
    return mode == "navigate" or (mode is None and "text/html" in accepts)


def is_use(connection: HTTPConnection) -> bool:
    """Whether this counts as use of a sign-in.

    What open pages fetch by themselves doesn't, or an idle sign-in would never end; that somebody
    types or moves the mouse, they tell with `POST /desk/here`.
    """
    if not isinstance(connection, Request):
        return False
    return connection.method not in SAFE or is_navigation(connection)
