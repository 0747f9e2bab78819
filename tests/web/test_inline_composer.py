"""The composer in the home page."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.web.arriving import come_signed_in
from tests.web.composer import open_composer, posted, story, text_box
from tests.web.test_looks import axe as axe
from tests.web.test_looks import problems
from tests.web.visit import Visit
from tests.world import World


def opener(page: Page) -> Locator:
    return page.get_by_role("button", name="What would you like to say?")


async def open_in_page(page: Page) -> None:
    await opener(page).click()
    await expect(text_box(page)).to_be_focused()


async def test_a_post_is_written_in_the_page(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await page.goto("/")
    await open_in_page(page)
    await page.keyboard.type("written in the page")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Control+Enter")
    await expect(posted(page)).to_contain_text(["written in the page"])
    await expect(opener(page)).to_be_focused()
    assert await story(town, author.user) == ["written in the page"]


async def test_its_draft_moves_to_the_dialog_and_back(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await open_in_page(page)
    await page.keyboard.type("begun in the page")
    await page.keyboard.press("Escape")
    await expect(opener(page)).to_be_focused()
    await open_in_page(page)
    await expect(text_box(page)).to_have_value("begun in the page")
    box = await open_composer(page)
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(box).to_have_value("begun in the page")
    await page.keyboard.type(", continued in the dialog")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await open_in_page(page)
    await expect(text_box(page)).to_have_value("begun in the page, continued in the dialog")
    await page.reload()
    await open_in_page(page)
    await expect(text_box(page)).to_have_value("begun in the page, continued in the dialog")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_while_it_is_open(visit: Visit, town: World, axe: str, scheme: str) -> None:
    page = visit.page
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    await come_signed_in(page, town)
    await page.goto("/")
    await open_in_page(page)
    assert await problems(page, axe) == []


async def test_phones_have_only_the_dialog(visit: Visit, town: World) -> None:
    page = visit.page
    await page.set_viewport_size({"width": 390, "height": 800})
    await come_signed_in(page, town)
    await page.goto("/")
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()
    await expect(opener(page)).to_be_hidden()
