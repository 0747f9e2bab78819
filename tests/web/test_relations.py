"""Mutes, blocks and what a follow shows: the menu of a profile, and the lists in the settings."""

import re

from playwright.async_api import Page, expect

from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World


async def choose(page: Page, item: str) -> None:
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name=item, exact=True).click()


async def test_a_muted_account_leaves_the_feed_and_its_profile_says_so(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    await town.post(author, "rather loud")
    await page.goto("/")
    await page.get_by_role("article").get_by_role("link", name=f"@{author.alias}").click()
    await choose(page, "Mute for 7 days")
    await expect(page.get_by_text("You have muted this account until")).to_be_visible()
    await expect(page.get_by_role("button", name="More actions")).to_be_focused()
    await expect(page.get_by_role("article")).to_contain_text("rather loud")
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect_heading(page, "Home")
    await expect(page.get_by_text("rather loud")).to_have_count(0)

    await page.get_by_role("link", name="Settings").click()
    muted = page.get_by_role("region", name="Muted accounts")
    await expect(muted).to_contain_text(f"@{author.alias} until")
    await muted.get_by_role("button", name=f"Unmute @{author.alias}").click()
    await expect(muted).to_contain_text("There are no muted accounts.")
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect(page.get_by_text("rather loud")).to_be_visible()


async def test_a_blocked_account_shows_no_posts_until_it_is_unblocked(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    await town.post(author, "not for you")

    await page.goto(f"/@{author.alias}")
    await expect(page.get_by_text("not for you")).to_be_visible()
    await choose(page, "Block")
    await page.get_by_role("dialog").get_by_role("button", name="Block", exact=True).click()
    await expect(page.get_by_text("You have blocked this account")).to_be_visible()
    await expect(page.get_by_text("not for you")).to_have_count(0)
    await expect(page.get_by_role("button", name=re.compile(f"Follow(ing)? @{author.alias}"))).to_have_count(0)
    await page.reload()
    await expect(page.get_by_text("You have blocked this account")).to_be_visible()

    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("button", name=f"Unblock @{author.alias}").click()
    await expect(page.get_by_text("There are no blocked accounts.")).to_be_visible()
    await page.goto(f"/@{author.alias}")
    await expect(page.get_by_text("not for you")).to_be_visible()
    await expect(page.get_by_role("button", name=f"Follow @{author.alias}")).to_be_visible()


async def test_the_account_that_is_blocked_is_told_so_on_the_profile(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.post(author, "not for you")
    assert await town.storage.relations.block(author.id, reader.user.id)
    await page.goto(f"/@{author.alias}")
    await expect(page.get_by_text("This account has blocked you")).to_be_visible()
    await expect(page.get_by_text("not for you")).to_have_count(0)


async def test_reposts_of_a_followed_account_can_be_hidden(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author, friend = await town.make_users(2)
    await town.follow(reader.user, friend)
    post = await town.post(author, "passed on")
    assert await town.storage.reposts.repost(friend.id, post)
    await page.goto("/")
    await expect(page.get_by_role("article")).to_contain_text("passed on")
    await page.goto(f"/@{friend.alias}")
    await choose(page, "Hide their reposts")
    await expect(page.get_by_text(f"Reposts by @{friend.alias} are hidden.")).to_be_visible()
    await page.goto("/")
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()


async def test_the_tabs_of_a_profile_show_posts_replies_and_reposts(visit: Visit, town: World) -> None:
    page = visit.page
    author, other = await town.make_users(2)
    await town.post(author, "a plain post")
    answered = await town.post(other, "a question")
    await town.post(author, "an answer", reply_to=answered)
    assert await town.storage.reposts.repost(author.id, answered)
    await page.goto(f"/@{author.alias}")
    rows = page.get_by_role("feed").get_by_role("article")
    for tab, text in (("Replies", "an answer"), ("Reposts", "a question"), ("Posts", "a plain post")):
        await page.get_by_role("link", name=tab, exact=True).click()
        await expect(page.get_by_role("link", name=tab, exact=True)).to_have_attribute("aria-current", "page")
        await expect(rows).to_have_count(1)
        await expect(rows).to_contain_text(text)
