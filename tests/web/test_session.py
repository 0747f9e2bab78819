"""Signing in and out, and what happens when a session ends elsewhere."""

import json
import re

from playwright.async_api import Page, expect

from tests.web.arriving import SESSION, come_signed_in, expect_heading, kept_session, sign_in, sign_out
from tests.web.visit import Visit
from tests.world import World
from threads.passwords import PasswordHashing

PASSWORD = "correct horse battery"

# A request or the subscription may notice the end of a session before any click, and then the links are gone.
CLICK_LINK_IF_SHOWN = "address => document.querySelector(`nav a[href='${address}']`)?.click()"


async def make_member(town: World) -> str:
    """Create an account with a password. Return its alias."""
    user = await town.make_user()
    passwords = PasswordHashing()
    await town.storage.credentials.set_hash(user.id, await passwords.hash(PASSWORD))
    passwords.close()
    return user.alias


async def expect_home(page: Page) -> None:
    await expect_heading(page, "Home")
    await expect(page).to_have_title("Home · Tweeter")


async def test_a_session_survives_a_reload_until_signing_out(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    await page.goto("/")
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await sign_in(page, f"@{alias.upper()}", PASSWORD)
    await expect_home(page)
    await page.reload()
    await expect_home(page)

    await page.get_by_role("link", name="Settings").click()
    await sign_out(page)
    await expect_heading(page, "Short posts")
    assert await kept_session(page) is None


async def test_a_wrong_password_shows_an_error_and_keeps_the_fields(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    await page.goto("/login")
    await sign_in(page, alias, "a wrong one")
    await expect(page.get_by_role("alert")).to_contain_text("password")
    await expect(page.get_by_label("Alias")).to_have_value(alias)


async def test_signing_out_in_one_tab_signs_out_in_all(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/")
    await expect_home(page)
    other = await page.context.new_page()
    await other.goto("/settings")
    await sign_out(other)
    await expect_heading(page, "Short posts")


async def test_a_subscription_may_end_before_the_other_tabs_sign_out_is_noticed(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    await page.goto("/")
    await expect_home(page)
    await page.evaluate("key => localStorage.removeItem(key)", SESSION)  # a page gets no event of its own change
    headers = {"Authorization": f"Bearer {reader.token}"}
    assert (await page.request.post("/graphql", data={"query": "mutation { logout }"}, headers=headers)).ok
    await expect_heading(page, "Short posts")


async def test_an_ended_session_leads_to_the_sign_in_page_and_back(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    await page.goto("/login")
    await sign_in(page, alias, PASSWORD)
    await expect_home(page)
    token = json.loads(await kept_session(page) or "")["token"]
    assert await town.storage.sessions.end_by_token(token)

    for address in (f"/@{alias}", "/"):
        await page.evaluate(CLICK_LINK_IF_SHOWN, address)
    await expect(page.get_by_text("Your session has ended")).to_be_visible()
    assert await kept_session(page) is None
    await expect(page.get_by_label("Alias")).to_have_value(alias)
    await sign_in(page, alias, PASSWORD)
    back = re.compile(f"^(Home|{alias} Test)$", re.IGNORECASE)  # wherever the page noticed the end
    await expect(page.get_by_role("heading", level=1, name=back)).to_be_visible()


async def test_cached_data_of_one_account_is_not_shown_to_the_next(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    await town.post(author, "for followers of this author")
    await page.goto("/")
    await expect(page.get_by_text("for followers of this author")).to_be_visible()
    await page.get_by_role("link", name="Settings").click()
    await sign_out(page)
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await sign_in(page, alias, PASSWORD)
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()
    await expect(page.get_by_text("for followers of this author")).to_have_count(0)
