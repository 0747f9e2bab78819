"""A click on a post works like a click on a link: it opens the post here, in a new tab or in a new window."""

import re
from collections.abc import Sequence
from typing import Literal

import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import post_id
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World

TEXT = "a few words to select"
Key = Literal["Control", "Meta", "Shift"]


async def open_feed(page: Page, town: World) -> str:
    """Return the address of the one post in a feed."""
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, TEXT)
    await page.goto("/")
    await expect(page.get_by_role("article")).to_contain_text(TEXT)
    return f"/@{author.alias}/posts/{post_id(post)}"


def row_of(page: Page) -> Locator:
    return page.get_by_role("article")


async def expect_still_home(page: Page) -> None:
    await expect_heading(page, "Home")
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("keys", [["Control"], ["Meta"], ["Shift"], ["Control", "Shift"]])
async def test_a_click_with_a_modifier_opens_the_post_in_another_tab(
    visit: Visit, town: World, keys: Sequence[Key]
) -> None:
    page = visit.page
    address = await open_feed(page, town)
    await page.get_by_role("heading", level=1).click()  # Shift would extend a selection from here
    async with page.context.expect_page() as opened:
        await row_of(page).get_by_text(TEXT).click(modifiers=keys)
    beside = await opened.value
    await expect(beside).to_have_url(re.compile(f"{re.escape(address)}$"))
    await expect(beside.get_by_role("article")).to_contain_text(TEXT)
    assert await beside.evaluate("opener") is None
    await expect_heading(page, "Home")
    assert await page.evaluate("getSelection().toString()") == ""


async def test_a_middle_click_opens_the_post_in_another_tab(visit: Visit, town: World) -> None:
    page = visit.page
    address = await open_feed(page, town)
    async with page.context.expect_page() as opened:
        await row_of(page).get_by_text(TEXT).click(button="middle")
    await expect(await opened.value).to_have_url(re.compile(f"{re.escape(address)}$"))
    await expect_heading(page, "Home")


async def test_enter_with_a_modifier_opens_the_post_in_another_tab(visit: Visit, town: World) -> None:
    page = visit.page
    address = await open_feed(page, town)
    await row_of(page).focus()
    async with page.context.expect_page() as opened:
        await page.keyboard.press("Control+Enter")
    await expect(await opened.value).to_have_url(re.compile(f"{re.escape(address)}$"))
    await expect_heading(page, "Home")


async def test_a_plain_click_or_a_shaky_tap_opens_the_post_here(visit: Visit, town: World) -> None:
    page = visit.page
    address = await open_feed(page, town)
    box = await row_of(page).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - 20, box["y"] + box["height"] - 8
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 2, y + 1)
    await page.mouse.up()
    await expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("keys", [[], ["Control"]])
async def test_controls_inside_a_post_keep_their_own_click(visit: Visit, town: World, keys: Sequence[Key]) -> None:
    """The author's name opens the profile, here or in exactly one new tab."""
    page = visit.page
    address = await open_feed(page, town)
    profile = address.split("/posts/")[0]
    name = row_of(page).get_by_role("link", name=profile[1:])
    if not keys:
        await name.click()
        await expect(page).to_have_url(re.compile(f"{re.escape(profile)}$"))
        return
    async with page.context.expect_page() as opened:
        await name.click(modifiers=keys)
    await expect(await opened.value).to_have_url(re.compile(f"{re.escape(profile)}$"))
    await expect_heading(page, "Home")
    assert len(page.context.pages) == 2


async def test_selecting_text_opens_nothing(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town)
    box = await row_of(page).get_by_text(TEXT).bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 90, box["y"] + box["height"] / 2, steps=4)
    await page.mouse.up()
    assert await page.evaluate("getSelection().toString()") != ""
    await expect_still_home(page)


async def test_a_press_that_begins_or_ends_outside_opens_nothing(visit: Visit, town: World) -> None:
    page = visit.page
    await open_feed(page, town)
    row = row_of(page)
    beside_text = (await corner_of(row, right=20, bottom=8), await corner_of(row, right=120, bottom=8))
    on_time = await centre_of(row.locator("time"))
    on_heading = await centre_of(page.get_by_role("heading", level=1))
    for start, end in [beside_text, (on_time, beside_text[0]), (on_heading, beside_text[0])]:
        await page.mouse.move(*start)
        await page.mouse.down()
        await page.mouse.move(*end, steps=4)
        await page.mouse.up()
        await page.evaluate("getSelection().empty()")
        await expect_still_home(page)
    await page.mouse.click(*beside_text[0], button="right")
    await expect_still_home(page)
    await page.keyboard.press("Escape")
    await page.mouse.click(*beside_text[0])
    await expect(page).to_have_url(re.compile("/posts/"))


async def corner_of(row: Locator, *, right: float, bottom: float) -> tuple[float, float]:
    """Return a point of the row, by its distance from the row's lower right corner."""
    box = await row.bounding_box()
    assert box is not None
    return box["x"] + box["width"] - right, box["y"] + box["height"] - bottom


async def centre_of(element: Locator) -> tuple[float, float]:
    box = await element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
