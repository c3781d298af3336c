"""Talks to a running hotline through its page as an elder would, and takes a picture of it."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402

SAYS = (
    "我八十三了，在额济纳旗，本地户口，高龄津贴能领多少？",
    "明天中午给我订一份饭，要软和的",
    "东关小区三号楼二单元501",
)
PHONE = {"width": 390, "height": 844}
TALLEST = 1800  # pixels of the page, not of the picture
LARGEST = 300_000  # bytes


def say(page: Page, text: str) -> None:
    """Writes one sentence and waits for its answer."""
    replies = page.locator("#log .reply")
    before = replies.count()
    page.get_by_label("您想说什么？").fill(text)
    page.keyboard.press("Enter")
    expect(replies.nth(before)).to_be_visible(timeout=20_000)
    expect(page.locator("#status .thinking")).to_have_count(0)


def main(
    address: str = "http://127.0.0.1:8000", file: str = "docs/images/conversation.png"
) -> None:
    """Writes the picture to `file`, a path within the project."""
    target = ROOT / file
    target.parent.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        page = browser.new_page(
            viewport=PHONE,  # type: ignore[arg-type]
            device_scale_factor=2,
            has_touch=True,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        page.goto(address)
        for text in SAYS:
            say(page, text)
        page.locator("#words").blur()
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": PHONE["width"], "height": height})
        picture = Image.open(BytesIO(page.screenshot()))
    # The page has few colours: a palette shows them all in a third of the bytes.
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    if size > LARGEST:
        sys.exit(f"{target} has {size} bytes, more than {LARGEST}")
    sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
