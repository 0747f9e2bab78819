"""The scroll position is restored after a reload, after a tab was discarded, and on going back."""

import asyncio

from playwright.async_api import Locator, Page, Route, expect

from tests.web.arriving import come_signed_in, expect_heading
from tests.web.test_paging import place_of, read_to
from tests.web.visit import Visit
from tests.world import World

POSTS = 90
DEEP = 70

HIDE_IN_THE_FRAME_OF_A_SCROLL = """() => {
    scrollBy(0, -20)  // its event comes with the next frame
    Object.defineProperty(document, 'hidden', { value: true })
    document.dispatchEvent(new Event('visibilitychange'))
    return JSON.stringify(Object.values(sessionStorage)).replaceAll('\\\\"', '"')
}"""


async def read_deep(page: Page, town: World) -> tuple[Locator, float]:
    """Open a long feed and scroll far down. Return the text of a visible row, and its position."""
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    for number in range(POSTS):
        await town.post(author, "\n".join(f"line {line} of {number}." for line in range(number % 4 + 1)))
    await page.goto("/")
    await expect(page.get_by_role("article")).not_to_have_count(0)
    await read_to(page, DEEP)
    row = page.get_by_role("article").filter(has_text=f"line 0 of {POSTS - 1 - DEEP}.")
    place = await place_of(row)
    for number in range(3):  # new posts are above
        await town.post(author, f"meanwhile {number}")
    return row, place


async def expect_to_be_back(row: Locator, place: float) -> None:
    await expect(row).to_be_in_viewport()
    assert abs(await place_of(row) - place) <= 2


async def test_a_reload_keeps_the_place_in_a_feed_with_new_posts(visit: Visit, town: World) -> None:
    row, place = await read_deep(visit.page, town)
    await visit.page.reload()
    await expect_to_be_back(row, place)
    await visit.page.reload()
    await expect_to_be_back(row, place)


async def test_going_back_restores_the_place_even_over_a_reload(visit: Visit, town: World) -> None:
    page = visit.page
    row, place = await read_deep(page, town)
    await row.locator("time").click()
    await expect_heading(page, "User")
    await page.reload()
    await expect_heading(page, "User")
    await page.go_back()
    await expect_to_be_back(row, place)


async def test_scrolling_cancels_the_restoration_of_the_place(visit: Visit, town: World) -> None:
    page = visit.page
    row, _ = await read_deep(page, town)
    moved = asyncio.Event()

    async def hold(route: Route) -> None:
        await moved.wait()
        await route.continue_()

    await page.route("**/graphql", hold)
    await page.reload()
    await page.get_by_role("main").dispatch_event("wheel")
    moved.set()
    await expect(page.get_by_role("article")).not_to_have_count(0)
    await page.wait_for_load_state("networkidle")
    assert await page.evaluate("scrollY") == 0
    await expect(row).not_to_be_in_viewport()


async def test_a_typed_address_begins_at_the_top(visit: Visit, town: World) -> None:
    page = visit.page
    await read_deep(page, town)
    await page.goto("/")
    await expect(page.get_by_text("meanwhile 2")).to_be_in_viewport()
    await page.wait_for_load_state("networkidle")
    assert await page.evaluate("scrollY") == 0


async def test_a_page_without_a_list_keeps_its_place_over_a_reload(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.set_viewport_size({"width": 360, "height": 500})
    await page.goto("/settings")
    await page.wait_for_load_state("networkidle")  # what loads above moves the page, and with it the place
    await page.get_by_role("heading", name="Appearance").scroll_into_view_if_needed()
    y = await page.evaluate("scrollY")
    assert y > 100
    await page.reload()
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function("y => scrollY === y", arg=y)
    await page.keyboard.press("Shift")  # until the first activity, the page keeps the place
    assert f'"y":{y - 20}' in await page.evaluate(HIDE_IN_THE_FRAME_OF_A_SCROLL)
