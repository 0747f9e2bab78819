"""The Explore page: what it finds as one types, and that it asks no more than it needs."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.web.arriving import come_signed_in, expect_heading
from tests.web.operations import operation_in, operation_name
from tests.web.visit import Visit
from tests.world import World

SEARCHES = ("SearchUsers", "SearchPosts", "SearchTags")


def search_box(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("searchbox")


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="What to search for").get_by_role("link", name=name)


class Searches:
    """The queries of the searches that a page sends. The test may hold the answers."""

    def __init__(self) -> None:
        self.queries: list[str] = []
        self.held: dict[str, asyncio.Event] = {}

    async def watch(self, page: Page, *held: str) -> "Searches":
        self.held = {query: asyncio.Event() for query in held}
        await page.route("**/graphql", self._note)
        return self

    async def _note(self, route: Route) -> None:
        sent = operation_in(route.request)
        if sent.get("operationName") in SEARCHES:
            query = sent["variables"]["query"]
            self.queries.append(query)
            if query in self.held:
                response = await route.fetch()
                await self.held[query].wait()
                await route.fulfill(response=response)
                return
        await route.continue_()


async def test_the_address_of_the_earlier_search_page_leads_to_the_results(visit: Visit, town: World) -> None:
    page = visit.page
    found = await town.make_user("olga_found")
    await page.goto("/search?q=olga_f")
    await expect_heading(page, "Explore")
    await expect(page).to_have_url(re.compile(r"/explore\?q=olga_f$"))
    await expect(search_box(page)).to_have_value("olga_f")
    await expect(page.get_by_role("main").get_by_role("link", name=f"@{found.alias}")).to_be_visible()


async def test_each_tab_has_an_address_and_keeps_the_query(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user("pavel_says")
    await town.post(author, "Quietly the pavel_says lantern burns")
    await page.goto("/explore")
    await search_box(page).fill("pavel_says")
    await expect(page.get_by_role("main").get_by_role("link", name=f"@{author.alias}")).to_be_visible()
    await tab(page, "Posts").click()
    await expect(page).to_have_url(re.compile(r"\?q=pavel_says&f=posts$"))
    await expect(tab(page, "Posts")).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("article")).to_have_count(1)
    await search_box(page).fill("pavel_says lantern absent")
    await expect(page.get_by_text("No post has all the words")).to_be_visible()
    await search_box(page).fill("lantern pavel_says")
    await expect(page.get_by_role("article")).to_contain_text("Quietly")
    await page.get_by_role("article").get_by_role("link", name=f"@{author.alias}").click()
    await expect_heading(page, "Pavel_Says")
    await page.go_back()
    await expect(search_box(page)).to_have_value("lantern pavel_says")
    await expect(page.get_by_role("article")).to_contain_text("Quietly")


@pytest.mark.parametrize("name", ["People", "Posts"])
async def test_one_request_is_sent_per_pause(visit: Visit, town: World, name: str) -> None:
    page = visit.page
    await town.make_user()
    await page.clock.install()
    await page.goto("/explore?q=zz")
    await tab(page, name).click()
    await expect(page.get_by_text("No results")).to_be_visible()
    searches = await Searches().watch(page)
    await search_box(page).press("End")
    await page.clock.pause_at(await page.evaluate("Date.now()") / 1_000 + 60)
    for letter in "quick":
        await page.keyboard.type(letter)
        await page.clock.run_for(100)
    await page.clock.run_for(1_000)
    await expect(page).to_have_url(re.compile("q=zzquick"))
    await expect(page.get_by_text("zzquick”")).to_be_visible()
    typed = [query for query in searches.queries if query != "zz"]  # those may be on their way when the watch begins
    assert typed == ["zzquick"]


async def test_enter_searches_at_once(visit: Visit, town: World) -> None:
    page = visit.page
    await page.clock.install()
    await page.goto("/explore?q=zz&f=posts")
    await search_box(page).fill("zzz")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("q=zzz&f=posts$"))


async def test_a_late_answer_to_an_earlier_query_is_dropped(visit: Visit, town: World) -> None:
    page = visit.page
    early, late = await town.make_user("rosa_one"), await town.make_user("rosa_two")
    await page.goto("/explore")
    searches = await Searches().watch(page, "rosa_o")
    results = page.get_by_role("main").get_by_role("listitem")
    await search_box(page).fill("rosa_o")
    await expect(page).to_have_url(re.compile("q=rosa_o$"))
    await search_box(page).fill("rosa_t")
    await expect(results).to_have_text(re.compile(late.alias))
    searches.held["rosa_o"].set()
    await page.unroute_all(behavior="wait")
    await expect(results).to_have_text(re.compile(late.alias))
    await expect(page.get_by_text(f"@{early.alias}")).to_have_count(0)


async def test_a_search_for_rare_posts_pauses_and_goes_on_when_asked(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    sent = 0

    async def find_nothing(route: Route) -> None:
        nonlocal sent
        if operation_name(route.request) != "SearchPosts":
            await route.continue_()
            return
        sent += 1
        page_info = {"__typename": "PageInfo", "hasNextPage": True, "endCursor": f"end{sent}"}
        connection = {"__typename": "PostConnection", "edges": [], "pageInfo": page_info}
        await route.fulfill(json={"data": {"searchPosts": connection}})

    await page.route("**/graphql", find_nothing)
    await page.goto("/explore?q=rare+words&f=posts")
    go_on = page.get_by_role("button", name="Search older posts")
    await expect(go_on).to_be_visible()
    before = sent
    assert before == 6
    await go_on.click()
    await expect(go_on).to_be_hidden()
    await expect(go_on).to_be_visible()
    assert sent == before + 5
