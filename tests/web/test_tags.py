"""Tags: links in posts and bios, and the page of a tag."""

import re

import pytest
from playwright.async_api import expect

from domain.records import User
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.test_paging import read_to
from tests.web.visit import Visit
from tests.world import World

POSTS = 45


def tag_of(author: User, *, end: str = "") -> str:
    """Return a tag that no other test has used."""
    return f"of_{author.alias}{end}"


async def test_a_tag_in_a_post_leads_to_its_posts_in_any_spelling(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author = await town.make_user()
    tag = tag_of(author, end="straße")
    await town.post(author, f"one in #{tag.upper()}")
    await town.post(author, f"two in #{tag}!")
    await town.post(author, f"#{tag}s is another")
    await page.goto(f"/@{author.alias}")
    await page.get_by_role("link", name=f"#{tag}", exact=True).click()
    await expect_heading(page, f"#{tag}")
    await expect(page.get_by_role("article")).to_have_count(2)
    await expect(page.get_by_role("article").first).to_contain_text("two in")
    await expect(page).to_have_title(re.compile(f"^#{tag} · Tweeter$"))
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_role("article").filter(has_text="two in")).to_be_focused()


async def test_a_tag_in_a_bio_leads_to_its_posts(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    tag = tag_of(author)
    await town.storage.users.change_profile(author.id, {"bio": f"I write about #{tag}"})
    await page.goto(f"/@{author.alias}")
    await page.get_by_role("link", name=f"#{tag}").click()
    await expect_heading(page, f"#{tag}")
    await expect(page.get_by_text("No posts yet")).to_be_visible()


async def test_the_page_of_a_tag_is_endless(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    tag = tag_of(author)
    for number in range(POSTS):
        await town.post(author, f"number {number} of #{tag}")
    await page.goto(f"/tags/{tag}")
    await expect(page.get_by_role("article").first).to_contain_text(f"number {POSTS - 1} of")
    await read_to(page, POSTS - 1)
    await expect(page.get_by_role("article").filter(has_text="number 0 of")).to_be_visible()


async def test_posts_of_a_muted_account_vanish_from_a_page_that_is_loaded(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    muted, kept = await town.make_users(2)
    tag = tag_of(muted)
    for author in (kept, muted):
        await town.post(author, f"by {author.alias} with #{tag}")
    await page.goto(f"/tags/{tag}")
    await expect(page.get_by_role("article")).to_have_count(2)
    await page.get_by_role("article").first.get_by_role("link", name=f"@{muted.alias}").click()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Mute", exact=True).click()
    await expect(page.get_by_text("You have muted this account")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("article")).to_contain_text([f"by {kept.alias}"])


@pytest.mark.parametrize("address", ["/tags/" + "a" * 101, "/tags/12", "/tags/%23", "/tags/a%2Fb"])
async def test_a_tag_that_no_post_can_have_is_a_page_that_says_so(visit: Visit, address: str) -> None:
    page = visit.page
    await page.goto(address)
    await expect(page.get_by_text(re.compile("No posts yet|There is no such tag|Page not found"))).to_be_visible()
    visit.allow("404")
