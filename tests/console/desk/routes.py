"""Every route of the desk that needs no other part of the process."""

from fastapi.routing import APIRoute

from console.desk.pages import build_routers

OPEN = {"/desk/login"}
"""Where nobody need be signed in."""
ROUTES = [
    (method, route.path)
    for router in build_routers()
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]


def filled(path: str) -> str:
    """A path with something for each of its parts."""
    known = {"{number}": "1", "{record}": "elder", "{step}": "deactivate"}
    for part, value in known.items():
        path = path.replace(part, value)
    assert "{" not in path, path
    return path
