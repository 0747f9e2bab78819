"""The site shows at once that the network is lost, and recovers completely when it is back."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.client import sign_up
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in
from tests.web.test_trouble import until_all_screens_are_loaded
from tests.web.visit import Visit
from tests.world import World

OFFLINE = "You are offline. This page may be out of date."
UNREACHABLE = "Tweeter cannot be reached. Trying again"


async def read_to_the_end(page: Page) -> None:
    """Scroll until the oldest post is rendered."""
    last = page.get_by_text("number 0.")

    async def is_at_the_end() -> bool:
        await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        return await last.count() == 1

    await wait_until(is_at_the_end)


async def come_to_settings(page: Page, town: World) -> None:
    """Arrive as a reader of one author, with all code loaded."""
    reader = await come_signed_in(page, town)
    author = await sign_up(town)
    await town.follow(reader.user, author.user)
    await town.post(author.user, "worth waiting for")
    await town.post(reader.user, "one's own")
    await until_all_screens_are_loaded(page)


# Fails the first request for a next page. The network is back when urql has the failure and React has not yet shown it.
FAIL_ONE_PAGE = """
const send = window.fetch
window.failures = 0
window.fetch = (address, options) => {
  if (failures || !/"after":"[^"]/.test(options?.body ?? '')) return send(address, options)
  failures++
  const failed = Promise.reject(new TypeError('cut'))
  failed.catch(async () => {
    for (let step = 0; step < 50; step++) await null
    dispatchEvent(new Event('offline'))
    dispatchEvent(new Event('online'))
  })
  return failed
}
"""


async def test_every_page_shows_that_the_browser_is_offline_without_a_request(visit: Visit, town: World) -> None:
    page = visit.page
    await come_to_settings(page, town)
    for path in ("/settings", "/login", "/explore", "/tags/painting"):
        await page.goto(path)
        await page.wait_for_load_state("networkidle")
        await page.context.set_offline(True)
        await expect(page.get_by_text(OFFLINE)).to_be_in_viewport()
        await page.context.set_offline(False)
        await expect(page.get_by_text(OFFLINE)).to_have_count(0)
    visit.allow("ERR_INTERNET_DISCONNECTED")


@pytest.mark.parametrize(("link", "shown"), [("Home", "worth waiting for"), ("Profile", "one's own")])
async def test_failed_queries_are_retried_when_the_network_is_back(
    visit: Visit, town: World, link: str, shown: str
) -> None:
    page = visit.page
    await come_to_settings(page, town)
    await page.context.set_offline(True)
    await page.get_by_role("link", name=link, exact=True).click()
    await expect(page.get_by_role("alert").first).to_contain_text("You are offline.")
    await page.context.set_offline(False)
    await expect(page.get_by_text(shown)).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_text(OFFLINE)).to_have_count(0)
    visit.forgive("ERR_INTERNET_DISCONNECTED")


async def test_an_unreachable_server_is_retried_until_it_answers(visit: Visit, town: World) -> None:
    page = visit.page
    await come_to_settings(page, town)

    async def refuse(route: Route) -> None:
        await route.fulfill(status=502, body="Bad Gateway")

    await page.route("**/graphql", refuse)
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_text(UNREACHABLE)).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(1)
    await page.unroute("**/graphql")
    await expect(page.get_by_text("worth waiting for")).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_text(UNREACHABLE)).to_have_count(0)
    visit.forgive("502")


async def test_a_failed_next_page_is_retried_when_the_network_is_back(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    for number in range(45):
        await town.post(reader.user, f"number {number}.")
    await page.goto(f"/@{reader.user.alias}")
    await expect(page.get_by_role("article")).not_to_have_count(0)
    await page.wait_for_load_state("networkidle")
    await page.context.set_offline(True)
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    await expect(page.get_by_role("alert")).to_contain_text("You are offline.")
    await page.context.set_offline(False)
    await expect(page.get_by_role("alert")).to_have_count(0)
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    await read_to_the_end(page)


async def test_a_next_page_is_retried_if_the_network_is_back_before_its_failure_is_shown(
    visit: Visit, town: World
) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    for number in range(25):
        await town.post(reader.user, f"number {number}.")
    await page.add_init_script(FAIL_ONE_PAGE)
    await page.goto(f"/@{reader.user.alias}")
    await read_to_the_end(page)
    assert await page.evaluate("failures") == 1
