"""The page at / in a real browser, with the true assistant behind it."""

import re

from playwright.sync_api import Browser, expect


def test_an_elder_asks_books_and_calls_for_help(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    box = page.get_by_role("textbox")

    box.fill("我八十三了,在额济纳旗,高龄津贴能领多少")
    page.keyboard.press("Enter")
    log = page.get_by_role("log")
    expect(log).to_contain_text("200元", timeout=20_000)
    expect(log).to_contain_text("阿拉善盟民政局 2021年")

    box.fill("给我订明天的午饭")
    page.keyboard.press("Enter")
    expect(log).to_contain_text("要几份", timeout=20_000)

    box.fill("哎哟我摔倒了,起不来")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"A\d{4}-"))).to_be_visible(
        timeout=20_000
    )
    assert errors == []
    context.close()
