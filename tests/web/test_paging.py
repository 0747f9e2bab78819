"""Paging three hundred posts deep, and going back to the same place."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World

POSTS = 320
DEEP = 300
TOP = """async row => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    return row.getBoundingClientRect().top
}"""
STEP = """async place => {
    const row = document.querySelector(`[data-index="${place}"]`)
    row ? row.scrollIntoView({ block: 'center' }) : scrollBy(0, 1000)
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    return row !== null
}"""
MOST_ROWS = 60  # in the document, for lists of any length
POINTER_EVENTS = """async () => {
  const row = document.querySelector('[role=feed] article')
  const found = new Set()
  for (let frame = 0; frame < 10; frame++) {
    scrollBy(0, 10)
    await new Promise(requestAnimationFrame)
    found.add(getComputedStyle(row).pointerEvents)
  }
  return [...found]
}"""


async def test_rows_accept_clicks_during_a_scroll(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    for number in range(20):
        await town.post(author, f"number {number}.")
    await page.goto(f"/@{author.alias}")
    await expect(page.get_by_text("number 19.")).to_be_visible()
    assert await page.evaluate(POINTER_EVENTS) == ["auto"]


async def make_busy_feed(town: World, reader: Any) -> None:
    authors = await town.make_users(3)
    for author in authors:
        await town.follow(reader, author)
    for number in range(POSTS):
        lines = "\n".join(f"line {line} of {number}" for line in range(number % 4 + 1))
        await town.post(authors[number % len(authors)], lines)


async def read_to(page: Page, place: int) -> Locator:
    """Scroll step by step until the row is rendered."""
    row = page.locator(f'[data-index="{place}"]')

    async def is_there() -> object:
        return await page.evaluate(STEP, place)

    await wait_until(is_there, seconds=120)
    return row


async def place_of(row: Locator) -> float:
    """Return the row's distance from the top of the window, after all movement has ended."""
    tops: list[float] = []

    async def is_still() -> bool:
        tops.append(await row.evaluate(TOP))
        return len(set(tops[-3:])) == 1 and len(tops) >= 3

    await wait_until(is_still)
    return tops[-1]


async def test_back_from_a_post_restores_the_place_three_hundred_posts_deep(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    await make_busy_feed(town, reader.user)
    await page.goto("/")
    await expect(page.get_by_role("article")).not_to_have_count(0)

    row = await read_to(page, DEEP)
    await expect(row).to_be_in_viewport()
    assert await page.get_by_role("article").count() < MOST_ROWS
    text, place = await row.inner_text(), await place_of(row)
    await row.locator("time").click()
    await expect_heading(page, "User")
    await expect(page).to_have_url(re.compile("/posts/"))
    assert await page.evaluate("scrollY") == 0

    await page.go_back()
    await expect(row).to_be_visible()
    assert await row.inner_text() == text
    assert abs(await place_of(row) - place) <= 1


async def test_a_feed_read_to_its_end_shows_each_post_once_and_an_end_mark(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    for number in range(45):
        await town.post(author, f"number {number}.")
    await page.goto("/")
    await expect(page.get_by_role("article")).not_to_have_count(0)

    seen: dict[str, str] = {}

    async def is_all_seen() -> bool:
        rows: dict[str, str] = await page.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('[data-index]')]"
            ".map(row => [row.dataset.index, row.querySelector('p').textContent]))"
        )
        seen.update(rows)
        await page.evaluate("scrollBy(0, 300)")
        return "44" in seen

    await wait_until(is_all_seen, seconds=60)
    await expect(page.get_by_text("You have reached the end")).to_be_visible()
    assert [seen[str(place)] for place in range(45)] == [f"number {number}." for number in reversed(range(45))]
    assert len(seen) == 45


# On a busy page, the browser reports several positions of the end in one call.
REPORT_POSITIONS_TOGETHER = """
const Observer = window.IntersectionObserver
window.IntersectionObserver = class extends Observer {
  constructor(callback, options) {
    const held = []
    super((entries, observer) => {
      held.push(...entries)
      if (entries.some(({ isIntersecting }) => isIntersecting)) callback(held.splice(0), observer)
    }, options)
  }
}
"""


async def test_a_busy_page_loads_the_next_page_at_its_end(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    for number in range(45):
        await town.post(reader.user, f"number {number}.")
    await page.add_init_script(REPORT_POSITIONS_TOGETHER)
    await page.goto(f"/@{reader.user.alias}")
    await read_to(page, 44)
