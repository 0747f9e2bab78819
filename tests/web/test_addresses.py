"""Each page has one address: location, title and canonical link agree."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.client import post_id
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World

CANONICAL = "link[rel=canonical]"


async def expect_address(page: Page, path: str) -> None:
    """Expect the address in the location and in the canonical link."""
    await expect(page).to_have_url(re.compile(f"^http://[^/]+{re.escape(path)}$"))
    await expect(page.locator(CANONICAL)).to_have_attribute("href", page.url.split("?")[0])


@pytest.mark.parametrize("below", ["", "/followers", "/followees", "/known_followers", "/"])
async def test_an_alias_in_another_case_redirects_to_the_canonical_one(visit: Visit, town: World, below: str) -> None:
    page = visit.page
    await come_signed_in(page, town)
    user = await town.make_user()
    await page.goto(f"/@{user.alias.upper()}{below}")
    await expect_address(page, f"/@{user.alias}{below.rstrip('/')}")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(f"{user.alias}|User"))


async def test_a_post_is_never_shown_under_the_address_of_another_account(visit: Visit, town: World) -> None:
    page = visit.page
    ada, grace = await town.make_users(2)
    post = await town.post(grace, "said by the second")
    rightful = f"/@{grace.alias}/posts/{post_id(post)}"
    for alias in (ada.alias, "nobody_at_all", grace.alias.upper()):
        await page.goto(f"/@{alias}/posts/{post_id(post)}")
        await expect_address(page, rightful)
        await expect(page.get_by_role("article")).to_contain_text("said by the second")
        await expect(page.get_by_role("link", name=f"@{grace.alias}")).to_have_attribute("href", f"/@{grace.alias}")
        # The other account was never shown: the history has only one entry of this page.
        await page.get_by_role("button", name="Back").click()
        await expect_address(page, f"/@{grace.alias}")


async def test_titles_name_the_post(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    post = await town.post(author, "Ship in harbour,\n\nsails \u202edown" + " and quiet" * 9)
    await page.goto(f"/@{author.alias}/posts/{post_id(post)}")
    await expect(page).to_have_title(re.compile(r"^User\d+ Test: “Ship in harbour, sails down and quiet.*…” · Tw"))
    await expect_heading(page, "User")
    await page.get_by_role("button", name="Back").click()
    await expect(page).to_have_title(re.compile(r"^User\d+ Test · Tweeter$"))


@pytest.mark.parametrize("address", ["/@nobody_at_all", "/@nobody_at_all/followers", "/@ada/posts/nonsense"])
async def test_a_missing_page_has_no_canonical_address(visit: Visit, address: str) -> None:
    page = visit.page
    await page.goto(address)
    await expect_heading(page, "Not found")
    await expect(page).to_have_title("Not found · Tweeter")
    await expect(page.locator(CANONICAL)).to_have_count(0)
    await expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    visit.errors = [error for error in visit.errors if "404" not in error]
