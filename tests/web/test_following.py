"""Follows and unfollows: the feed keeps the reader's place, and the last of several taps wins."""

import asyncio
import re

from playwright.async_api import Locator, Page, Route, expect

from domain.records import User
from tests.client import Someone
from tests.waiting import PATIENT_S
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.operations import operation_name
from tests.web.test_paging import place_of, read_to
from tests.web.visit import Visit
from tests.world import World

POSTS = 60
DEEP = 40


def follow_button(page: Page, alias: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=re.compile(rf"@{alias}$"))


async def is_followed(town: World, reader: Someone, followee: User) -> bool:
    return await town.storage.follows.find_edge(follower=reader.user.id, followee=followee.id) is not None


async def test_back_after_an_unfollow_keeps_the_place_and_hides_the_accounts_posts(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    kept, left = await town.make_users(2)
    for author in (left, kept):
        await town.follow(reader.user, author)
    for number in range(POSTS):
        await town.post(left if number < 5 or number == POSTS - DEEP - 2 else kept, f"number {number}.")
    await page.goto("/")
    await expect(page.get_by_role("article")).not_to_have_count(0)
    await read_to(page, DEEP + 1)
    row = page.get_by_role("article").filter(has_text=f"number {POSTS - DEEP - 1}.")
    place = await place_of(row)
    leaving = page.get_by_role("article").filter(has_text=f"number {POSTS - DEEP - 2}.")
    await leaving.get_by_role("link", name=f"@{left.alias}").click()
    await expect(follow_button(page, left.alias)).to_be_visible()

    await follow_button(page, left.alias).click()
    await expect(follow_button(page, left.alias)).to_contain_text("Follow")
    async with asyncio.timeout(PATIENT_S):
        while await is_followed(town, reader, left):
            await asyncio.sleep(0.05)
    await page.go_back()
    await expect_heading(page, "Home")
    await expect(row).to_be_visible()
    assert abs(await place_of(row) - place) <= 1
    await expect(leaving).to_have_count(0)


async def test_back_after_an_unfollow_shows_the_posts_of_others(visit: Visit, town: World) -> None:
    """All loaded posts of the feed were by the unfollowed account."""
    page = visit.page
    reader = await come_signed_in(page, town)
    kept, left = await town.make_users(2)
    for author in (left, kept):
        await town.follow(reader.user, author)
    for number in range(POSTS):
        await town.post(kept, f"kept {number}.")
    for number in range(POSTS):
        await town.post(left, f"left {number}.")
    await page.goto("/")
    await expect(page.get_by_role("article")).not_to_have_count(0)
    first = page.get_by_role("article").first
    await page.mouse.wheel(0, 200)
    await first.get_by_role("link", name=f"@{left.alias}").click()
    await follow_button(page, left.alias).click()
    await expect(follow_button(page, left.alias)).to_have_attribute("aria-pressed", "false")
    async with asyncio.timeout(PATIENT_S):
        while await is_followed(town, reader, left):
            await asyncio.sleep(0.05)
    await page.go_back()
    await expect_heading(page, "Home")
    await expect(page.get_by_role("article").filter(has_text="kept").first).to_be_visible()
    await expect(page.get_by_text("Your feed is empty")).to_have_count(0)
    await expect(page.get_by_role("article").filter(has_text="left")).to_have_count(0)


async def test_the_last_of_two_taps_wins_with_one_request_at_a_time(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    sent: list[str] = []
    answered = asyncio.Event()

    async def hold(route: Route) -> None:
        operation = operation_name(route.request)
        if operation in ("Follow", "Unfollow"):
            sent.append(operation)
            await answered.wait()
        await route.continue_()

    await page.route("**/graphql", hold)
    await page.goto(f"/@{author.alias}")
    button = follow_button(page, author.alias)
    await button.click()
    await expect(button).to_contain_text("Following")
    await button.click()
    await expect(button).not_to_contain_text("Following")
    async with asyncio.timeout(PATIENT_S):
        while not sent:
            await asyncio.sleep(0.05)
    assert sent == ["Follow"]

    answered.set()
    async with asyncio.timeout(PATIENT_S):
        while len(sent) < 2 or await is_followed(town, reader, author):
            await asyncio.sleep(0.05)
    assert sent == ["Follow", "Unfollow"]
    await expect(button).not_to_contain_text("Following")
    await page.unroute_all(behavior="wait")
