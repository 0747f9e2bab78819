"""How far the feed was read: noted as it is read, and shown as a line on any device."""

import asyncio

import pytest
from playwright.async_api import Browser, Locator, Page, Route, expect

from domain.records import Post
from tests.client import Someone
from tests.waiting import PATIENT_S, wait_until
from tests.web.arriving import come_signed_in
from tests.web.composer import write_post
from tests.web.languages import GERMAN, choose_language
from tests.web.operations import operation_in
from tests.web.test_fit import FINGER, TOO_SMALL, found
from tests.web.test_looks import settled
from tests.web.visit import Visit
from tests.world import World

LINE = "You read to here"


def line(page: Page) -> Locator:
    return page.get_by_text(LINE)


async def expect_line_above(page: Page, text: str) -> None:
    """Expect the line directly above the post."""
    row = page.get_by_role("article").filter(has_text=text)
    await expect(line(page)).to_have_count(1)
    shown, below = await line(page).bounding_box(), await row.bounding_box()
    assert shown is not None
    assert below is not None
    assert abs(shown["y"] + shown["height"] / 2 - below["y"]) < 3


async def expect_read_to(town: World, reader: Someone, post: Post) -> None:
    async def is_read() -> bool:
        return await town.storage.readers.feed_position(reader.user.id) == post.id

    await wait_until(is_read)


async def test_another_device_shows_how_far_the_feed_was_read(visit: Visit, town: World, browser: Browser) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    posts = [await town.post(author, f"number {number}.") for number in range(5)]
    await page.goto("/")
    await expect(page.get_by_role("article")).to_have_count(5)
    await expect_read_to(town, reader, posts[-1])
    await expect(line(page)).to_have_count(0)
    posts += [await town.post(author, f"number {number}.") for number in range(5, 8)]
    state = await page.context.storage_state()
    other = await browser.new_context(base_url=page.url, viewport={"width": 390, "height": 800}, storage_state=state)
    device = await other.new_page()
    await device.goto("/")
    await expect(device.get_by_role("article").first).to_contain_text("number 7.")
    await expect_line_above(device, "number 4.")
    await expect_read_to(town, reader, posts[-1])
    await expect_line_above(device, "number 4.")  # it stays while one reads
    await device.reload()
    await expect(device.get_by_role("article").first).to_contain_text("number 7.")
    await expect(line(device)).to_have_count(0)
    await other.close()


async def test_the_line_stands_at_its_place_if_the_post_there_is_deleted(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    posts = [await town.post(author, f"number {number}.") for number in range(5)]
    await town.storage.readers.raise_feed_position(reader.user.id, posts[2].id)
    await town.storage.posts.delete_post(posts[2].id, author=author.id)
    await page.goto("/")
    await expect(page.get_by_role("article")).to_have_count(4)
    await expect_line_above(page, "number 1.")


@pytest.mark.parametrize(("language", "shown"), [("en", LINE), (GERMAN, "Bis hierher gelesen")])
async def test_the_line_covers_no_control(visit: Visit, town: World, language: str, shown: str) -> None:
    page = visit.page
    await page.set_viewport_size({"width": 360, "height": 740})
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    posts = [await town.post(author, f"number {number}.") for number in range(5)]
    await town.storage.readers.raise_feed_position(reader.user.id, posts[2].id)
    await choose_language(page, language)
    await page.goto("/")
    await settled(page)
    await expect(page.get_by_text(shown)).to_have_count(1)
    assert await found(page, TOO_SMALL, FINGER) == []


async def test_only_what_was_in_the_window_is_noted_and_seldom(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    for number in range(40):
        post = await town.post(author, f"number {number}.")
    marked: list[str] = []

    async def note(route: Route) -> None:
        sent = operation_in(route.request)
        if sent.get("operationName") == "MarkFeedRead":
            marked.append(sent["variables"]["input"]["cursor"])
        await route.continue_()

    await page.route("**/graphql", note)
    await page.goto("/")
    await expect_read_to(town, reader, post)
    for _ in range(20):
        await page.mouse.wheel(0, 400)
        await asyncio.sleep(0)
    await page.mouse.wheel(0, -20_000)
    await page.get_by_role("link", name="Settings").click()
    await expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()
    async with asyncio.timeout(PATIENT_S):
        await page.unroute_all(behavior="wait")
    assert len(marked) == 1


async def test_own_posts_are_not_new(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "of another")
    await page.goto("/")
    await expect_read_to(town, reader, post)
    await write_post(page, "of one's own")
    await expect(page.get_by_role("article")).to_contain_text(["of one's own", "of another"])
    await expect(line(page)).to_have_count(0)
