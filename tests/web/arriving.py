"""Ways to arrive at the site."""

import json

from playwright.async_api import Page, expect

from tests.client import Someone, sign_up
from tests.world import World

SESSION = "tweeter.session"


async def come_signed_in(page: Page, world: World) -> Someone:
    """Arrive with a stored session, on an empty page of the site."""
    someone = await sign_up(world)
    session = json.dumps({"token": someone.token, "alias": someone.user.alias})
    await page.goto("/healthz")
    await page.evaluate("([key, value]) => localStorage.setItem(key, value)", [SESSION, session])
    return someone


async def kept_session(page: Page) -> str | None:
    kept: str | None = await page.evaluate("key => localStorage.getItem(key)", SESSION)
    return kept


async def sign_in(page: Page, alias: str, password: str) -> None:
    """Sign in with the form, from any page."""
    await page.get_by_label("Alias").fill(alias)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()


async def sign_out(page: Page) -> None:
    """Sign out on the settings, by the keyboard: a click may miss the button, since what loads above it moves it."""
    await page.get_by_role("button", name="Sign out", exact=True).press("Enter")


async def expect_heading(page: Page, name: str) -> None:
    await expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


async def open_feed(page: Page, town: World, *, posts: int) -> None:
    """Arrive signed in at a home feed with posts of one account."""
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    for number in range(posts):
        await town.post(author, f"number {number}.")
    await page.goto("/")
    await expect(page.get_by_role("article")).not_to_have_count(0)
    await page.wait_for_load_state("networkidle")  # by then the page listens to keys
