"""A part whose code cannot be loaded leaves the page as it is, and is loaded when it is opened again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import FilePayload, Route, expect

from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.composer import open_composer, posted
from tests.web.post_pictures import drawing, post_pictures
from tests.web.visit import Visit
from tests.world import World

PICTURE: FilePayload = {"name": "one.png", "mimeType": "image/png", "buffer": drawing()}
CAUSED = ["404", "dynamically imported module"]
NO_PAGE = "This page could not be loaded"


@asynccontextmanager
async def without_code(visit: Visit, name: str) -> AsyncIterator[None]:
    """Refuse the code of a part, which is requested at least once."""
    address = f"**/assets/{name}-*.js"
    refused = 0

    async def refuse(route: Route) -> None:
        nonlocal refused
        refused += 1
        await route.fulfill(status=404)

    async def is_reported() -> bool:
        return refused > 0 and sum("404" in error for error in visit.errors) == refused

    await visit.page.route(address, refuse)
    yield
    await visit.page.unroute(address)
    await wait_until(is_reported)
    for caused in CAUSED:
        visit.allow(caused)


@pytest.mark.parametrize("name", ["AsideDiscoveries", "Suggestions"])
async def test_an_empty_feed_is_shown_without_suggestions(visit: Visit, town: World, name: str) -> None:
    page = visit.page
    await come_signed_in(page, town)
    async with without_code(visit, name):
        async with page.expect_response(f"**/assets/{name}-*.js"):
            await page.goto("/")
        await expect(page.get_by_role("complementary").get_by_role("link", name="GraphQL API")).to_be_visible()
        await expect(page.get_by_text("Your feed is empty")).to_be_visible()
        await expect(page.get_by_text(NO_PAGE)).to_have_count(0)


async def test_a_menu_says_that_it_cannot_be_loaded_and_opens_later(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await town.post(author.user, "with a menu")
    button = page.get_by_role("article").get_by_role("button", name="More about this post")
    async with without_code(visit, "MenuItems"):
        await page.goto(f"/@{author.user.alias}")
        await button.click()
        await expect(page.get_by_text("The menu could not be loaded.")).to_be_visible()
        await expect(button).to_have_attribute("aria-expanded", "false")
    await button.click()
    await expect(page.get_by_role("menuitem").first).to_be_visible()


async def test_a_picture_says_that_it_cannot_be_opened_and_opens_later(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    await post_pictures(town, author, ["a red wall"])
    button = page.get_by_role("article").get_by_role("button", name="a red wall")
    async with without_code(visit, "Lightbox"):
        await page.goto(f"/@{author.alias}")
        await button.click()
        await expect(page.get_by_text("The picture could not be opened.")).to_be_visible()
        await expect(button).to_be_visible()
    await button.click()
    await expect(page.get_by_role("dialog", name="Pictures")).to_be_visible()


async def test_a_form_stays_if_its_picture_cannot_be_cropped(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    name = page.get_by_label("First name", exact=True)
    async with without_code(visit, "CropDialog"):
        await page.goto("/settings")
        await name.fill("Changed")
        await page.get_by_label("A picture").set_input_files(PICTURE)
        await expect(page.get_by_text("The picture could not be opened.")).to_be_visible()
        await expect(name).to_have_value("Changed")
    await page.get_by_label("A picture").set_input_files(PICTURE)
    await expect(page.get_by_role("dialog", name="Crop your picture")).to_be_visible()


async def test_a_post_is_written_without_completion(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    somebody = await town.make_user()
    async with without_code(visit, "CompletionList"):
        await page.goto("/")
        await open_composer(page)
        async with page.expect_response("**/assets/CompletionList-*.js"):
            await page.keyboard.type(f"hello @{somebody.alias[:-1]}")
        await page.keyboard.type(somebody.alias[-1])
        await page.keyboard.press("Control+Enter")
        await expect(posted(page)).to_contain_text([f"hello @{somebody.alias}"])
        await expect_heading(page, "Home")
