"""Use of the site without a mouse."""

import re

from playwright.async_api import expect

from tests.web.arriving import expect_heading, open_feed
from tests.web.visit import Visit
from tests.world import World


async def test_j_and_k_move_between_posts_and_enter_opens_one(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town, posts=30)
    focused = page.locator("article:focus")
    for place in range(28):
        await page.keyboard.press("j")
        await expect(focused).to_have_attribute("aria-posinset", f"{place + 1}")
        await expect(focused).to_be_in_viewport()
    await page.keyboard.press("k")
    await expect(focused).to_contain_text("number 3.")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/posts/"))
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("number 3.")


async def test_shortcuts_open_composer_search_and_help_and_escape_closes_them(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town, posts=1)
    await page.keyboard.press("n")
    await expect(page.get_by_role("textbox", name="Text of the post")).to_be_focused()
    await page.keyboard.type("no shortcuts / here? n")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("/")
    await expect(page).to_have_url(re.compile("/explore$"))


async def test_a_new_page_takes_the_focus_and_the_first_tab_skips_to_it(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town, posts=1)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    await page.get_by_role("link", name="Settings").focus()
    await page.keyboard.press("Enter")
    await expect_heading(page, "Settings")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()


async def test_back_closes_the_list_of_keyboard_shortcuts(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town, posts=1)
    await page.get_by_role("link", name="Settings").click()
    await expect_heading(page, "Settings")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await page.go_back()
    await expect_heading(page, "Home")
    await expect(page.get_by_role("dialog")).to_have_count(0)
