"""Whom to follow and what is talked about: on Explore, beside other pages, and on an empty feed."""

import re

import pytest
from playwright.async_api import Locator, Page, Request, expect

from domain.records import User
from tasks.trends import refresh_trends
from tests.client import Someone
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.operations import operation_name
from tests.web.visit import Visit
from tests.world import World

SHOWN_ASIDE = 3


async def make_suggestions(town: World, reader: Someone, number: int) -> list[User]:
    """Make accounts that a friend of the reader follows. The likeliest is first."""
    friend, *suggested = await town.make_users(1 + number)
    await town.follow(reader.user, friend)
    for account in suggested:
        await town.follow(friend, account)
    return suggested[::-1]


def who_to_follow(page: Page) -> Locator:
    return page.get_by_role("complementary").get_by_role("region", name="Who to follow")


def aliases(people: list[User]) -> list[re.Pattern[str]]:
    return [re.compile(f"@{person.alias}(?![0-9])") for person in people]


async def test_a_suggestion_that_is_followed_stays_until_the_next_page(visit: Visit, town: World) -> None:
    page = visit.page
    suggested = await make_suggestions(town, await come_signed_in(page, town), SHOWN_ASIDE + 1)
    await page.goto("/settings")
    rows = who_to_follow(page).get_by_role("listitem")
    await expect(rows).to_have_text(aliases(suggested[:SHOWN_ASIDE]))
    await rows.nth(1).get_by_role("button").click()
    await expect(rows.nth(1).get_by_role("button", pressed=True)).to_be_visible()
    await expect(rows).to_have_text(aliases(suggested[:SHOWN_ASIDE]))
    await page.get_by_role("link", name="Profile").click()
    await expect(rows).to_have_text(aliases([suggested[0], *suggested[2:]]))


async def test_a_muted_account_is_suggested_no_longer(visit: Visit, town: World) -> None:
    page = visit.page
    suggested = await make_suggestions(town, await come_signed_in(page, town), 2)
    await page.goto("/settings")
    rows = who_to_follow(page).get_by_role("listitem")
    await rows.first.get_by_role("link").click()
    await expect(rows.first).to_have_text(aliases(suggested)[0])
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Mute", exact=True).click()
    await expect(rows.first).to_have_text(aliases(suggested)[1])


async def test_an_empty_feed_suggests_accounts_until_one_is_followed(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    celebrated = await town.make_user()
    for fan in await town.make_users(3):
        await town.follow(fan, celebrated)
    await town.post(celebrated, "worth following")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto("/")
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()
    suggested = page.get_by_role("main").get_by_role("region", name="People to start with")
    row = suggested.get_by_role("listitem").filter(has_text=f"@{celebrated.alias}")
    await row.get_by_role("button").click()
    await expect(page.get_by_role("article").filter(has_text="worth following")).to_be_visible()
    assert await town.storage.follows.find_edge(follower=reader.user.id, followee=celebrated.id) is not None


async def make_trend(town: World, tag: str) -> None:
    for author in await town.make_users(30):
        await town.post(author, f"all speak of #{tag}")
    await refresh_trends(town.services)


@pytest.mark.parametrize("is_signed_in", [False, True])
async def test_trends_are_marked_as_estimates_and_lead_to_the_posts(
    visit: Visit, town: World, is_signed_in: bool
) -> None:
    page = visit.page
    tag = f"Trend_{is_signed_in}"
    await make_trend(town, tag)
    if is_signed_in:
        await come_signed_in(page, town)
    for address, role in (("/explore", "main"), ("/@nobody_at_all", "complementary")):
        await page.goto(address)
        trends = page.get_by_role(role).get_by_role("region", name="Trends")  # type: ignore[arg-type]
        await expect(trends).to_contain_text("Estimated from the posts of the last day")
        await expect(trends.get_by_role("link", name=f"#{tag}")).to_contain_text("about 30 posts in a day")
    visit.forgive("404")
    await trends.get_by_role("link", name=f"#{tag}").click()
    await expect_heading(page, f"#{tag}")
    await expect(page.get_by_role("article").first).to_contain_text("all speak of")


async def test_tags_are_found_as_one_types(visit: Visit, town: World) -> None:
    page = visit.page
    await make_trend(town, "Lighthouse")
    await page.goto("/explore")
    await expect(page.get_by_role("main").get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("#lightH")
    await expect(page).to_have_url(re.compile(r"\?q=%23lightH$"))
    tabs = page.get_by_role("navigation", name="What to search for")
    await expect(tabs.get_by_role("link", name="Tags")).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("region", name="Tags found").get_by_role("link")).to_contain_text("#Lighthouse")
    await page.keyboard.type("ouses_at_sea")
    await page.get_by_role("main").get_by_role("link", name="Show posts with #lightHouses_at_sea").click()
    await expect_heading(page, "#lightHouses_at_sea")


@pytest.mark.parametrize(("width", "is_asked"), [(1280, True), (1199, False), (360, False)])
async def test_only_a_wide_window_asks_for_what_stands_beside_the_page(
    visit: Visit, town: World, width: int, is_asked: bool
) -> None:
    page = visit.page
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/graphql"):
            asked.append(str(operation_name(request)))

    page.on("request", note)
    await come_signed_in(page, town)
    await page.set_viewport_size({"width": width, "height": 740})
    await page.goto("/settings")
    await expect_heading(page, "Settings")
    await page.wait_for_load_state("networkidle")
    assert ("Discoveries" in asked) == is_asked
