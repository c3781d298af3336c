"""An operator at the desk of a running system: a real browser, with a headset that says a file."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import soundfile
from playwright.async_api import Page, WebSocket, async_playwright, expect

from care.clock import system_clock
from care.operators import accounts
from care.operators.accounts import NewOperator
from care.operators.passwords import Passwords
from care.operators.role import Role
from care.storage.engine import Sessions
from tests.browser import CHROMIUM
from tests.care.operators.people import PASSWORD
from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import resample
from voice.line.leg import Pcm16

SOON = 20_000


def wide(samples: Pcm16) -> Pcm16:
    """From 8 to 16 kHz: two filters rarely delay by a whole number of samples of the lower rate."""
    return to_int16(resample(from_int16(samples), 8_000, 16_000))


def hire(sessions: Sessions, name: str, display_name: str, role: Role) -> None:
    """Somebody who may sign in."""
    hashed = Passwords().hash(PASSWORD)
    with sessions.begin() as session:
        new = NewOperator(name, display_name, role)
        accounts.add(session, new, hashed, by="test", now=system_clock())


class Headset:
    """What the browser was sent."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def heard(self) -> Pcm16:
        """All of it, at 16 kHz."""
        return np.frombuffer(bytes(self._octets), "<i2").astype(np.int16)

    def plug(self, socket: WebSocket) -> None:
        """Keeps what comes."""
        socket.on("framereceived", self._keep)

    def _keep(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes):
            self._octets += payload


async def picture(page: Page, name: str) -> None:
    """For the manual, where PICTURES names a folder for it."""
    folder = os.environ.get("PICTURES")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


@asynccontextmanager
async def seat(
    address: str, name: str, said: Pcm16, folder: Path
) -> AsyncIterator[tuple[Page, Headset]]:
    """Signed in, and available; the microphone says `said` (8 kHz) over and over."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "microphone.wav"
    soundfile.write(file, resample(from_int16(said), 8_000, 48_000), 48_000, "PCM_16")
    arguments = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
        *(("--no-sandbox",) if os.geteuid() == 0 else ()),
    ]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=arguments
        )
        context = await browser.new_context(
            base_url=address, locale="zh-CN", viewport={"width": 1360, "height": 860}
        )
        # A headset that is good as it is: what the caller hears is compared with the file.
        await context.add_init_script("localStorage.setItem('desk.clean', 'off')")
        page, headset = await context.new_page(), Headset()
        page.set_default_timeout(SOON)
        page.on("websocket", headset.plug)
        await page.goto("/desk/login")
        await page.get_by_label("登录名").fill(name)
        await page.get_by_label("密码").fill(PASSWORD)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        await page.goto("/desk/queue")
        begin = page.get_by_role("button", name="上线接待")
        if await begin.count():  # not yet, since an earlier test
            await begin.click()
        await expect(page.locator("#seat .me")).to_contain_text("空闲", timeout=SOON)
        yield page, headset
        await browser.close()
