"""Gets a large file over a line that breaks; goes on where it stopped (RFC 9110, 14.2, 13.1.5)."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx

Progress = Callable[[int, int], None]
"""Told bytes that are here and bytes in all (0: not known)."""

_TRIES = 6
"""How often running a connection may break without bringing anything new."""
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers of a server that may be better in a moment."""


class FetchError(RuntimeError):
    """Why there is no model: one sentence, with what to do."""


class _BrokenOffError(Exception):
    """The connection ended too early; what came is kept."""


def download(
    address: str,
    part: Path,
    *,
    client: httpx.Client,
    smallest: int,
    largest: int,
    progress: Progress,
    pause: Callable[[float], None],
) -> None:
    """Fills `part` with what is at `address`, going on with what it holds already.

    `smallest` and `largest` are in bytes; a server that offers anything else is refused before it
    is read. `pause` waits so many seconds before the next try. Raises FetchError; `part` and
    the file beside it that names its version stay for the next time.
    """
    failed = 0
    while True:
        before = _size(part)
        try:
            _go_on(address, part, client, (smallest, largest), progress)
            return
        except (httpx.TransportError, _BrokenOffError) as error:
            came = _size(part)
            failed = 1 if came > before else failed + 1
            if failed >= _TRIES:
                raise FetchError(
                    f"The download from {address} broke off after {came / 1e6:.1f} MB"
                    f" ({type(error).__name__}): check the network and run the command again,"
                    " it goes on from there."
                ) from error
            pause(min(2.0**failed, 30.0))


def discard(part: Path) -> None:
    """Forgets an unfinished download."""
    part.unlink(missing_ok=True)
    _version_file(part).unlink(missing_ok=True)


def _go_on(
    address: str, part: Path, client: httpx.Client, bounds: tuple[int, int], progress: Progress
) -> None:
    version = _version(part)
    have = _size(part) if version else 0
    # Never compressed on the way: the bytes have to be those that are counted and hashed.
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": version}
    try:
        with client.stream("GET", address, headers=headers) as response:
            start, total = _place(address, response, have)
            _must_fit(address, total, bounds)
            _note_version(part, response)
            if start < total or not total:
                _append(response, part, start, bounds[1], lambda done: progress(done, total))
            if total and _size(part) != total:
                raise _BrokenOffError(f"{_size(part)} of {total} bytes")
            progress(_size(part), _size(part))
    except httpx.TooManyRedirects as error:
        raise FetchError(f"{address} leads in a circle: check the address.") from error
    except httpx.InvalidURL as error:
        raise FetchError(f"{address} is no address: check it.") from error


def _place(address: str, response: httpx.Response, have: int) -> tuple[int, int]:
    """From which byte on the answer goes, and how many there are in all (0: not known)."""
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not found or int(found[1]) != have:
            raise FetchError(
                f"{address} answered with another part than the one asked for: remove the"
                " unfinished download with --again and fetch it anew."
            )
        return have, 0 if found[2] == "*" else int(found[2])
    if response.status_code == httpx.codes.OK:
        return 0, int(response.headers.get("Content-Length", 0))
    if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and have:
        found = re.fullmatch(r"bytes \*/(\d+)", response.headers.get("Content-Range", ""))
        if found and int(found[1]) == have:
            return have, have  # everything is here already
        raise FetchError(
            f"{address} is shorter than what was downloaded of it: fetch it anew with --again."
        )
    if response.status_code in _PASSING:
        raise _BrokenOffError(f"status {response.status_code}")
    raise FetchError(
        f"{address} answered with status {response.status_code}: check the address in"
        " data/speech/official_models.yml, or that this machine may reach it."
    )


def _must_fit(address: str, total: int, bounds: tuple[int, int]) -> None:
    smallest, largest = bounds
    if total and not smallest <= total <= largest:
        raise FetchError(
            f"{address} offers {total / 1e6:.3g} MB where {smallest / 1e6:.3g} to"
            f" {largest / 1e6:.3g} MB were expected: it is no model, perhaps a proxy's page."
        )


def _append(
    response: httpx.Response, part: Path, start: int, largest: int, tell: Callable[[int], None]
) -> None:
    done = start
    with part.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()
        for block in response.iter_raw():
            done += len(block)
            if done > largest:
                raise FetchError(f"{response.url} sends more than was expected: it was stopped.")
            file.write(block)
            tell(done)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _version_file(part: Path) -> Path:
    return part.with_name(part.name + ".version")


def _version(part: Path) -> str:
    file = _version_file(part)
    return file.read_text("ascii").strip() if file.exists() else ""


def _note_version(part: Path, response: httpx.Response) -> None:
    """Keeps a validator that If-Range may use: a strong ETag, else the date of the last change."""
    tag = response.headers.get("ETag", "")
    strong = tag if tag.startswith('"') else ""
    _version_file(part).write_text(strong or response.headers.get("Last-Modified", ""), "ascii")
