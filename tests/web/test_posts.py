"""The display of posts, their pages, and their deletion."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import post_id
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.visit import Visit
from tests.world import World

MARKUP = "<img src=x onerror=alert(1)> <b>bold</b> &amp;"


async def delete(page: Page, post: Locator) -> None:
    await post.get_by_role("button", name="More about this post").click()
    await page.get_by_role("menuitem", name="Delete this post").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()


async def test_mentions_and_links_have_targets_and_text_is_not_markup(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author, mentioned = await town.make_users(2)
    await town.follow(reader.user, author)
    await town.post(author, f"@{mentioned.alias} see https://example.org/path?a=b. {MARKUP}")
    await page.goto("/")
    post = page.get_by_role("article")
    await expect(post).to_contain_text(MARKUP)
    link = post.get_by_role("link", name="https://example.org/path?a=b")
    await expect(link).to_have_attribute("href", "https://example.org/path?a=b")
    await expect(link).to_have_attribute("rel", re.compile("noopener noreferrer"))
    await post.get_by_role("link", name=f"@{mentioned.alias}").click()
    await expect(page).to_have_url(re.compile(f"/@{mentioned.alias}$"))
    await expect(page.get_by_text("No posts yet")).to_be_visible()


async def test_a_post_has_an_address_that_works_for_anonymous_visitors(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    post = await town.post(author, "for everybody")
    await page.goto(f"/@{author.alias}/posts/{post_id(post)}")
    await expect(page.get_by_role("article")).to_contain_text("for everybody")
    await page.get_by_role("button", name="More about this post").click()
    await expect(page.get_by_role("menuitem")).to_have_text(["Copy link"])
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Back").click()
    await expect(page).to_have_url(re.compile(f"/@{author.alias}$"))


@pytest.mark.parametrize("address", ["/nowhere", "/@ada/nowhere", "/nobody", "/@nobody", "/@nobody.rss"])
async def test_an_unknown_address_shows_an_error_with_a_link(visit: Visit, address: str) -> None:
    page = visit.page
    response = await page.goto(address)
    assert response is not None
    assert response.status == 404
    visit.forgive("404")
    await expect_heading(page, "Not found")
    await page.get_by_role("link", name="Go home").click()
    await expect(page).to_have_url(re.compile("/$"))


async def test_a_missing_post_shows_an_error_with_a_link(visit: Visit) -> None:
    response = await visit.page.goto("/@ada/posts/nonsense")
    assert response is not None
    assert response.status == 404
    visit.forgive("404")
    await expect_heading(visit.page, "Not found")


async def test_a_deleted_post_is_gone_at_once_from_the_list_and_its_page(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    posts = [await town.post(author.user, f"number {number}.") for number in range(3)]
    await page.goto(f"/@{author.user.alias}")
    row = page.get_by_role("article").filter(has_text="number 1.")
    await delete(page, row)
    await expect(row).to_have_count(0)
    await expect(page.get_by_text("Your post was deleted.")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(2)

    await page.get_by_role("article").filter(has_text="number 2.").locator("time").click()
    await delete(page, page.get_by_role("article", name="Post by"))
    await expect(page.get_by_role("feed").get_by_role("article")).to_have_count(1)

    async def is_deleted() -> bool:
        return await town.storage.posts.find_by_id(posts[2].id) is None

    await wait_until(is_deleted)  # the list shows it before, and a visit now would cancel the request
    response = await page.goto(f"/@{author.user.alias}/posts/{post_id(posts[2])}")
    assert response is not None
    assert response.status == 404
    visit.forgive("404")
    await expect_heading(page, "Not found")


async def test_a_post_that_could_not_be_deleted_reappears_with_the_reason(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    await town.post(author.user, "here to stay")
    await page.goto(f"/@{author.user.alias}")
    row = page.get_by_role("article").filter(has_text="here to stay")
    await row.get_by_role("button", name="More about this post").click()
    await expect(page.get_by_role("menu")).to_be_visible()  # its code is loaded
    await page.keyboard.press("Escape")
    await page.context.set_offline(True)
    await delete(page, row)
    await expect(page.get_by_text("Not deleted. You are offline.")).to_be_visible()
    await expect(row).to_be_visible()
    visit.forgive("ERR_INTERNET_DISCONNECTED")
