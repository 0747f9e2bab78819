"""Signing in and out, and what happens when a session ends elsewhere."""

import json

from playwright.async_api import Page, expect

from tests.web.arriving import SESSION, come_signed_in, expect_heading, kept_session, sign_in
from tests.web.visit import Visit
from tests.world import World
from threads.passwords import PasswordHashing

PASSWORD = "correct horse battery"


async def make_member(town: World) -> str:
    """The alias of somebody who has a password."""
    user = await town.make_user()
    passwords = PasswordHashing()
    await town.storage.credentials.set_hash(user.id, await passwords.hash(PASSWORD))
    passwords.close()
    return user.alias


async def expect_home(page: Page) -> None:
    await expect_heading(page, "Home")
    await expect(page).to_have_title("Home · Tweeter")


async def test_one_signs_in_stays_so_over_a_reload_and_signs_out(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    await page.goto("/")
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await sign_in(page, f"@{alias.upper()}", PASSWORD)
    await expect_home(page)
    await page.reload()
    await expect_home(page)

    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect_heading(page, "Short posts")
    assert await kept_session(page) is None


async def test_a_wrong_password_is_told_and_what_was_typed_is_kept(visit: Visit, town: World) -> None:
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
    await other.get_by_role("button", name="Sign out").click()
    await expect_heading(page, "Short posts")


async def test_the_servers_word_of_what_another_tab_did_may_be_here_first(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    await page.goto("/")
    await expect_home(page)
    await page.evaluate("key => localStorage.removeItem(key)", SESSION)  # of what it does itself, a page is not told
    headers = {"Authorization": f"Bearer {reader.token}"}
    assert (await page.request.post("/graphql", data={"query": "mutation { logout }"}, headers=headers)).ok
    await expect_heading(page, "Short posts")


async def test_a_session_that_has_ended_leads_to_signing_in_and_back_to_where_one_was(
    visit: Visit, town: World
) -> None:
    page, alias = visit.page, await make_member(town)
    await page.goto("/login")
    await sign_in(page, alias, PASSWORD)
    await expect_home(page)
    token = json.loads(await kept_session(page) or "")["token"]
    assert await town.storage.sessions.end_by_token(token)

    await page.get_by_role("link", name="Profile").click()
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_text("Your session has ended")).to_be_visible()
    assert await kept_session(page) is None
    await expect(page.get_by_label("Alias")).to_have_value(alias)
    await sign_in(page, alias, PASSWORD)
    await expect_home(page)


async def test_what_one_account_has_seen_is_not_for_the_next(visit: Visit, town: World) -> None:
    page, alias = visit.page, await make_member(town)
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    await town.post(author, "for followers of this author")
    await page.goto("/")
    await expect(page.get_by_text("for followers of this author")).to_be_visible()
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_role("main").get_by_role("link", name="Sign in").click()
    await sign_in(page, alias, PASSWORD)
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()
    await expect(page.get_by_text("for followers of this author")).to_have_count(0)
