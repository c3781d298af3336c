"""Operators' browsers: with the live updates of the page, or with the page asked for again."""

import asyncio
import re
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.desk.hotlines import House, sender, sign_in

EVERY = 1.0
"""Seconds from one asking to the next, as somebody would set it who has no live updates."""
_SETTLES = 6.0
"""Seconds until all pages are open."""
_ARRIVES = 3.0
"""Seconds that a change may take to arrive before it counts as missing."""
_SHOWN = re.compile(rb'id="(said|caller)-(\d+)"')
_LONGEST = 32
"""Octets of what `_SHOWN` finds."""


@dataclass
class Screen:
    """What one operator has on the screen, and since when; seconds of time.monotonic()."""

    talk: int
    """The conversation that is open beside the queue."""
    said: dict[int, float] = field(default_factory=dict)
    asked: dict[int, float] = field(default_factory=dict)
    octets: int = 0

    def shows(self, html: bytes) -> None:
        """Something arrived."""
        now = time.monotonic()
        self.octets += len(html)
        for kind, number in _SHOWN.findall(html):
            seen = self.said if kind == b"said" else self.asked
            seen.setdefault(int(number), now)


Watch = Callable[[httpx.AsyncClient, str, Screen], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Watched:
    """What all operators saw, from when on and until when; seconds of time.monotonic()."""

    screens: list[Screen]
    since: float
    until: float


async def watch(house: House, seconds: float, how: Watch, *, elders: bool) -> Watched:
    """Each operator looks at the queue and at one conversation for so long.

    `elders`: whether everybody's own page is open, too. What happens before all pages are open
    doesn't count, nor what had no time to arrive.
    """
    screens = [Screen(talk) for talk, _ in zip(house.talks, house.desks, strict=False)]
    browsers = [await sign_in(address, number) for number, address in enumerate(house.desks)]
    pages = httpx.AsyncClient(trust_env=False, limits=httpx.Limits(max_connections=None))
    tasks = [
        asyncio.create_task(how(browser, path, screen))
        for browser, screen in zip(browsers, screens, strict=True)
        for path in ("/desk/queue", f"/desk/conversations/{screen.talk}")
    ]
    if elders:
        tasks += [
            asyncio.create_task(_elder(pages, house.desks[number % len(house.desks)], number))
            for number in range(len(house.talks))
        ]
    await asyncio.sleep(_SETTLES)
    since = time.monotonic()
    await asyncio.sleep(seconds)
    until = time.monotonic() - _ARRIVES
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for browser in (*browsers, pages):
        await browser.aclose()
    for each in ended:
        if isinstance(each, Exception):
            raise each  # a page that broke off would look like one on which nothing happens
    return Watched(screens, since, until)


async def follow(http: httpx.AsyncClient, path: str, screen: Screen) -> None:
    """The page as it keeps itself up to date."""
    async with http.stream("GET", f"{path}/live", timeout=None) as answer:
        answer.raise_for_status()
        rest = b""
        async for octets in answer.aiter_raw():
            screen.shows(rest + octets)
            rest = octets[-_LONGEST:]


async def ask_again(http: httpx.AsyncClient, path: str, screen: Screen) -> None:
    """The whole page, once a second."""
    while True:
        due = time.monotonic() + EVERY
        answer = await http.get(path)
        answer.raise_for_status()
        screen.shows(answer.content)
        await asyncio.sleep(max(0.0, due - time.monotonic()))


async def _elder(http: httpx.AsyncClient, address: str, number: int) -> None:
    """An elder's own page, which is told what operators say."""
    asked = {"sender_id": sender(number)}
    async with http.stream("POST", f"{address}/api/chat/live", json=asked, timeout=None) as answer:
        answer.raise_for_status()
        async for _ in answer.aiter_raw():
            pass
