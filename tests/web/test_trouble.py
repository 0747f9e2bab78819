"""Failures are shown with a way to continue."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.client import sign_up
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World


async def until_all_screens_are_loaded(page: Page) -> None:
    async with page.expect_response("**/assets/Register-*.js"):
        await page.goto("/settings")
    await page.wait_for_load_state("networkidle")


async def test_a_failed_feed_shows_an_error_and_is_retried(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await sign_up(town)
    await town.follow(reader.user, author.user)
    await town.post(author.user, "worth waiting for")
    await until_all_screens_are_loaded(page)

    await page.context.set_offline(True)
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("You are offline.")
    await page.context.set_offline(False)
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    await expect(page.get_by_text("worth waiting for")).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)


BLOCK_STORAGE = """for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError') } })"""


@pytest.mark.parametrize("address", ["/", "/login", "/settings"])
async def test_a_browser_that_blocks_storage_shows_the_site(visit: Visit, town: World, address: str) -> None:
    await visit.page.add_init_script(BLOCK_STORAGE)
    await visit.page.goto(address)
    await expect(visit.page.get_by_role("heading").first).to_be_visible()


async def test_a_browser_that_blocks_storage_shows_the_playground(visit: Visit, town: World) -> None:
    await visit.page.add_init_script(BLOCK_STORAGE)
    await visit.page.goto("/graphql")
    await expect(visit.page.get_by_label("Operation Editor")).to_contain_text("SignIn")


async def test_a_page_without_its_code_shows_an_error_and_can_be_reloaded(visit: Visit, town: World) -> None:
    """This happens after an update, when an old page requests code that no longer exists."""
    page = visit.page
    await come_signed_in(page, town)

    async def refuse(route: Route) -> None:
        await route.fulfill(status=404)

    await page.route("**/assets/Settings-*.js", refuse)
    await page.goto("/")
    await expect_heading(page, "Home")
    await page.get_by_role("link", name="Settings").click()
    await expect(page.get_by_text("This page could not be loaded")).to_be_visible()
    await page.unroute("**/assets/Settings-*.js")
    await page.get_by_role("button", name="Reload").click()
    await expect_heading(page, "Settings")
    visit.forgive("Settings-")
    visit.forgive("404")
