"""The way to the place where the feed had been read to, if it is below the loaded posts."""

import asyncio
from typing import Literal

import pytest
from playwright.async_api import Locator, Page, Route, expect

from domain.records import Post
from tests.client import Someone
from tests.waiting import PATIENT_S, wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.languages import GERMAN, choose_language
from tests.web.operations import operation_in
from tests.web.test_looks import axe as axe
from tests.web.test_looks import is_too_wide, problems
from tests.web.test_paging import place_of
from tests.web.test_read_position import LINE, expect_line_above, expect_read_to, line
from tests.web.visit import Visit
from tests.world import World

GO = "Go to where you left off"
NEW = 120


async def come_back(page: Page, town: World, *, new: int = NEW, read: int = 30) -> tuple[Someone, list[Post]]:
    """Arrive at Home with posts that were read, and newer ones. The first post is the oldest."""
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    posts = [await town.post(author, f"number {number}." + "\nmore" * (number % 3)) for number in range(read + new)]
    if read:
        await town.storage.readers.raise_feed_position(reader.user.id, posts[read - 1].id)
    return reader, posts


def go_button(page: Page, name: str = GO) -> Locator:
    return page.locator("[data-bar]").get_by_role("button", name=name)


def row_of(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", 360, "en"), ("dark", 1280, GERMAN)])
async def test_the_keyboard_leads_to_the_place_three_hundred_posts_down(
    visit: Visit, axe: str, town: World, scheme: Literal["light", "dark"], width: int, language: str
) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    reader, posts = await come_back(page, town, new=300)
    await choose_language(page, language)
    await page.goto("/")
    go = go_button(page, {"en": GO, GERMAN: "Zur Lesestelle"}[language])
    await expect(go).to_be_visible()
    await expect_read_to(town, reader, posts[-1])
    assert await problems(page, axe) == []
    assert not await is_too_wide(page)
    heading = page.get_by_role("heading", level=1)
    assert await heading.evaluate("heading => heading.scrollWidth <= heading.clientWidth")

    await go.focus()
    await page.keyboard.press("Enter")
    row = row_of(page, "number 29.")
    await expect(row).to_be_focused()
    await expect(row).to_be_in_viewport()
    await place_of(row)
    await expect(page.get_by_text({"en": LINE, GERMAN: "Bis hierher gelesen"}[language])).to_be_in_viewport()
    await expect(row_of(page, "number 30.")).to_be_in_viewport()  # the oldest of those that are new
    await expect(go).to_have_count(0)
    assert await problems(page, axe) == []
    await page.keyboard.press("j")
    await expect(row_of(page, "number 28.")).to_be_focused()
    for number in (29, 30, 31):
        await page.keyboard.press("k")
        await expect(row_of(page, f"number {number}.")).to_be_focused()


async def test_older_and_newer_posts_follow_without_a_gap(visit: Visit, town: World) -> None:
    page = visit.page
    await come_back(page, town, read=60)
    await page.goto("/")
    await go_button(page).click()
    await expect_line_above(page, "number 59.")
    numbers: set[str] = set()

    async def is_seen(step: int, last: str) -> bool:
        numbers.update(await page.locator("[data-index] p").all_inner_texts())
        await page.evaluate("step => scrollBy(0, step)", step)
        return any(text.startswith(last) for text in numbers)

    await wait_until(lambda: is_seen(400, "number 0."), seconds=60)
    await wait_until(lambda: is_seen(-400, f"number {60 + NEW - 1}."), seconds=60)
    assert {text.split(".")[0] for text in numbers if text} == {f"number {number}" for number in range(60 + NEW)}


@pytest.mark.parametrize(("read", "new"), [(0, 40), (40, 0), (40, 5)], ids=["nothing read", "all read", "place loaded"])
async def test_there_is_no_such_button_if_the_place_is_loaded_or_unknown(
    visit: Visit, town: World, read: int, new: int
) -> None:
    page = visit.page
    reader, posts = await come_back(page, town, new=new, read=read)
    await page.goto("/")
    await expect_read_to(town, reader, posts[-1])
    await page.wait_for_load_state("networkidle")
    await expect(row_of(page, f"number {read + new - 1}.")).to_be_visible()
    await expect(line(page)).to_have_count(1 if read and new else 0)
    await expect(go_button(page)).to_have_count(0)


async def test_the_row_below_is_shown_if_the_post_at_the_place_is_deleted(visit: Visit, town: World) -> None:
    page = visit.page
    _, posts = await come_back(page, town)
    await town.storage.posts.delete_post(posts[29].id, author=posts[29].author)
    await page.goto("/")
    await go_button(page).click()
    await expect(row_of(page, "number 28.")).to_be_focused()
    await expect_line_above(page, "number 28.")


async def test_the_way_can_be_stopped_and_taken_again(visit: Visit, town: World) -> None:
    page = visit.page
    await come_back(page, town)
    held: asyncio.Queue[Route] = asyncio.Queue()

    async def hold(route: Route) -> None:
        sent = operation_in(route.request)
        if "after" in sent.get("variables", {}):
            held.put_nowait(route)
        else:
            await route.fallback()

    await page.route("**/graphql", hold)
    await page.goto("/")
    await go_button(page).focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-bar]").get_by_role("status")).to_have_text("20 posts loaded")
    stop = go_button(page, "Stop")
    await expect(stop).to_be_focused()
    await page.keyboard.press("Enter")
    async with asyncio.timeout(PATIENT_S):
        await (await held.get()).continue_()
    await expect(go_button(page)).to_be_focused()
    assert await page.evaluate("scrollY") == 0
    await page.unroute_all()
    await page.keyboard.press("Enter")
    await expect(row_of(page, "number 29.")).to_be_focused()


async def test_a_failure_is_told_and_the_way_can_be_taken_again(visit: Visit, town: World) -> None:
    page = visit.page
    await come_back(page, town)
    failed: list[str] = []

    async def fail_second(route: Route) -> None:
        sent = operation_in(route.request)
        if "after" in sent.get("variables", {}):
            failed.append(sent["variables"]["after"])
        if len(failed) == 2:
            failed.append("")
            await route.fulfill(json={"errors": [{"message": "no", "extensions": {"code": "INTERNAL"}}]})
        else:
            await route.fallback()

    await page.route("**/graphql", fail_second)
    await page.goto("/")
    await go_button(page).click()
    await expect(page.get_by_text("Something went wrong. Please try again.")).to_be_visible()
    await go_button(page).click()
    await expect(row_of(page, "number 29.")).to_be_focused()


async def test_back_from_a_post_leads_to_the_place_again(visit: Visit, town: World) -> None:
    page = visit.page
    await come_back(page, town, new=200)
    await page.goto("/")
    await go_button(page).click()
    row = row_of(page, "number 29.")
    await expect(row).to_be_focused()
    top = await place_of(row)
    await row.locator("time").click()
    await expect_heading(page, "User")
    await page.go_back()
    await expect(row).to_be_visible()
    await expect_line_above(page, "number 29.")
    assert abs(await place_of(row) - top) <= 1
