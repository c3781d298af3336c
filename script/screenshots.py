"""Takes a picture of each page of the desk for docs/desk.md, with invented people on it."""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "script")]

from desk_scene import NOW, PASSWORD, set_up  # noqa: E402

from care.alarms import service as alarms  # noqa: E402
from care.operators.passwords import Passwords  # noqa: E402
from care.settings import read_settings  # noqa: E402
from care.storage.engine import Sessions  # noqa: E402
from care.storage.migrate import upgrade  # noqa: E402
from hotline.app import build_app  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.serving import serving  # noqa: E402

FOLDER = ROOT / "docs" / "images"
WINDOW = {"width": 1360, "height": 860}
SCREEN = {"width": 1920, "height": 1080}
LARGEST = 150_000  # bytes
TALLEST = 2400  # pixels of the page
PATIENCE = 120_000  # milliseconds for a page, on a machine that is busy
TALL = 1150  # of one that fills the window, whose parts scroll by themselves


def pages(sessions: Sessions, conversation: int) -> dict[str, tuple[str, str]]:
    """Name of each picture: who looks, and where."""
    with sessions() as session:
        taken = next(each for each in alarms.open_alarms(session) if each.state != "raised")
    return {
        "queue": ("wangfang", "/desk/queue"),
        "conversation": ("wangfang", f"/desk/conversations/{conversation}"),
        "alarm": ("wangfang", f"/desk/alarms/{taken.ref}"),
        "raise": ("wangfang", f"/desk/raise?conversation={conversation}"),
        "callbacks": ("wangfang", "/desk/callbacks"),
        "orders": ("wangfang", "/desk/orders"),
        "order-new": ("wangfang", f"/desk/orders/new?conversation={conversation}"),
        "order": ("wangfang", "/desk/orders/6"),
        "knowledge": (
            "wangfang",
            "/desk/knowledge?asked=老年食堂有多少个&region=沈阳市&age=84",
        ),
        "wallboard": ("wangfang", "/desk/wallboard"),
        "screen": ("wangfang", "/desk/wallboard/screen"),
        "people": ("zhaolei", "/desk/people"),
        "audit": ("sunqiang", "/desk/audit"),
        "me": ("sunqiang", "/desk/me"),
    }


def main(*only: str) -> None:
    """Writes docs/images/desk-NAME.png for each page, or for those that are named."""
    with tempfile.TemporaryDirectory(prefix="screenshots-") as name:
        folder = Path(name)
        settings = read_settings().model_copy(
            update={
                "database_url": f"sqlite:///{folder}/hotline.db",
                "elder_key": folder / "elders.key",
                "device_key": folder / "devices.key",
                "run_folder": folder / "run",
                "recordings": folder / "recordings",
                "telephone": False,
            }
        )
        app = build_app(settings, lambda: NOW)
        sessions: Sessions = app.state.parts.sessions
        upgrade(sessions.kw["bind"])
        wanted = pages(sessions, set_up(sessions, Passwords()))
        with serving(app) as address, chromium() as browser:
            take_all(browser, address, {n: p for n, p in wanted.items() if not only or n in only})


def take_all(browser: Browser, address: str, wanted: dict[str, tuple[str, str]]) -> None:
    """One browser a person."""
    for who in dict.fromkeys(each for each, _ in wanted.values()):
        context = browser.new_context(
            base_url=address,
            viewport=WINDOW,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("/desk/login")
        if who == "zhaolei":
            save(page, "login")
        page.get_by_label("登录名").fill(who)
        page.get_by_label("密码").fill(PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        for name, (whose, path) in wanted.items():
            if whose == who:
                take(page, name, path)
                if name == "queue":
                    page.emulate_media(color_scheme="dark")
                    take(page, "queue-dark", path)
                    page.emulate_media(color_scheme="light")
        context.close()


def take(page: Page, name: str, path: str) -> None:
    """A page as tall as what is on it."""
    page.set_viewport_size(SCREEN if name == "screen" else WINDOW)  # type: ignore[arg-type]
    page.goto(path)
    page.wait_for_timeout(1500)  # the stream has told all, charts are drawn
    if name != "screen":
        height = page.evaluate("document.documentElement.scrollHeight")
        least = TALL if name == "conversation" else WINDOW["height"]
        fits = {**WINDOW, "height": min(TALLEST, max(least, height))}
        page.set_viewport_size(fits)  # type: ignore[arg-type]
        page.wait_for_timeout(300)
    save(page, name)


def save(page: Page, name: str) -> None:
    """As a PNG with a palette: pages have few colours."""
    target = FOLDER / f"desk-{name}.png"
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    if name == "screen":
        picture = picture.resize((1280, 720), Image.Resampling.LANCZOS)
    picture.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    if size > LARGEST:
        sys.exit(f"{target} has {size} bytes, more than {LARGEST}")
    sys.stdout.write(f"{target.relative_to(ROOT)} {size // 1000} kB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
