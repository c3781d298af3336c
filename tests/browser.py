"""A real browser for tests.

A test module gets the fixture with `pytest_plugins = ["tests.browser"]`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"  # Debian's
PATIENCE = 30_000
"""Milliseconds for what is expected on a page, as for presses: a busy machine fails no test."""

_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Debian's Chromium without a window; `more`: arguments of its command line."""
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=[*_QUIET, *sandbox, *more]
        )
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a module; each opens contexts of its own.

    A thread can't hold two. Nor can it run another event loop while it holds one, which is why the
    browser is gone before the next module begins.
    """
    with chromium() as opened:
        yield opened
