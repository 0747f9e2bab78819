"""Likes and bookmarks: the buttons and counts of posts, and the lists of what one has liked and bookmarked."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from domain.acts import ActKind
from domain.records import Post, User
from tests.client import post_id
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.operations import operation_name
from tests.web.test_conversations import address_of, choose, reply, row_of
from tests.web.visit import Visit
from tests.world import World

LIKE = re.compile(r"^Like\b")
BOOKMARK = "Bookmark"


def like_button(row: Locator) -> Locator:
    return row.get_by_role("button", name=LIKE)


def bookmark_button(row: Locator) -> Locator:
    return row.get_by_role("button", name=BOOKMARK, exact=True)


async def expect_pressed(button: Locator, *, is_pressed: bool) -> None:
    await expect(button).to_have_attribute("aria-pressed", "true" if is_pressed else "false")


async def like(town: World, post: Post, *users: User) -> None:
    for user in users:
        await town.storage.acts.add(ActKind.LIKE, user.id, post)


async def is_kept(town: World, kind: ActKind, user: User, post: Post) -> bool:
    document = await town.storage.mongo.collection("acts").find_one(
        {"post": post.id, "user": user.id, "kind": kind.value}
    )
    return document is not None and document.get("d") != -1


async def test_a_like_is_counted_at_once_and_can_be_taken_back(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author, other = await town.make_users(2)
    await town.follow(reader.user, author)
    post = await town.post(author, "rather good")
    await like(town, post, other)

    async def is_liked() -> bool:
        return await is_kept(town, ActKind.LIKE, reader.user, post)

    async def is_not_liked() -> bool:
        return not await is_liked()

    await page.goto("/")
    button = like_button(row_of(page, "rather good"))
    await expect(button).to_have_text("1")
    await expect(button).to_have_accessible_name("Like, 1 like")
    await button.click()
    await expect_pressed(button, is_pressed=True)
    await expect(button).to_have_text("2")
    await wait_until(is_liked)
    await page.reload()
    await expect(button).to_have_text("2")
    await expect_pressed(button, is_pressed=True)
    await button.press("Enter")
    await expect(button).to_have_text("1")
    await expect_pressed(button, is_pressed=False)
    await wait_until(is_not_liked)
    await expect(button).to_be_focused()


async def test_a_like_that_is_refused_is_taken_back_with_the_reason(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "soon gone")
    await page.goto("/")
    row = row_of(page, "soon gone")
    await expect(row).to_be_visible()
    assert await town.storage.posts.delete_post(post.id, author=author.id)
    for button, message in ((like_button(row), "Not liked."), (bookmark_button(row), "Not added to your bookmarks.")):
        await button.click()
        await expect(page.get_by_text(message)).to_be_visible()
        await expect_pressed(button, is_pressed=False)
        await expect(button).to_have_text("")


async def test_the_last_of_several_clicks_wins(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "rather good")
    may_answer = asyncio.Event()
    sent: list[str] = []

    async def hold(route: Route) -> None:
        name = operation_name(route.request)
        if name in ("Like", "Unlike"):
            sent.append(name)
            await may_answer.wait()
        await route.continue_()

    await page.goto("/")
    button = like_button(row_of(page, "rather good"))
    await expect(button).to_be_visible()
    await page.route("**/graphql", hold)
    for number in range(4):
        await button.click()
        await expect_pressed(button, is_pressed=number % 2 == 0)
        await expect(button).to_have_text("1" if number % 2 == 0 else "")
    may_answer.set()

    async def is_settled() -> bool:
        return sent == ["Like", "Unlike"] and not await is_kept(town, ActKind.LIKE, reader.user, post)

    await wait_until(is_settled)
    await expect_pressed(button, is_pressed=False)
    await page.reload()
    await expect_pressed(button, is_pressed=False)


async def test_the_counts_of_a_post_lead_to_who_has_liked_reposted_and_quoted_it(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author, fan, passer, quoter = await town.make_users(4)
    post = await town.post(author, "well known")
    await like(town, post, fan, author)
    assert await town.storage.reposts.repost(passer.id, post)
    await town.post(quoter, "see this", quote=post)
    await page.goto(address_of(author, post))
    whole = page.get_by_role("article", name="Post by")
    await expect(whole.get_by_role("link", name=re.compile("like|repost|quote", re.IGNORECASE))).to_have_text(
        ["2 likes", "1 repost", "1 quote"]
    )
    await like_button(whole).click()
    await expect(whole.get_by_role("link", name="3 likes")).to_be_visible()
    await whole.get_by_role("link", name="3 likes").click()
    await expect(page).to_have_url(re.compile(f"{re.escape(address_of(author, post))}/likes$"))
    await expect_heading(page, "Reactions")
    people = page.get_by_role("list", name=f"Likes of a post by @{author.alias}").get_by_role("listitem")
    await expect(people).to_have_count(3)
    await expect(people.nth(1)).to_contain_text(f"@{author.alias}")
    await expect(people.nth(2)).to_contain_text(f"@{fan.alias}")
    await page.get_by_role("link", name="Reposts", exact=True).click()
    passed_on = page.get_by_role("list", name=f"Reposts of a post by @{author.alias}")
    await expect(passed_on.get_by_role("listitem")).to_contain_text(f"@{passer.alias}")
    await page.get_by_role("link", name="Quotes", exact=True).click()
    await expect(page.get_by_role("feed").get_by_role("article")).to_contain_text("see this")
    await expect(page.get_by_role("link", name="Quotes", exact=True)).to_have_attribute("aria-current", "page")
    await page.get_by_role("button", name="Back").click()
    await expect(whole).to_contain_text("well known")


async def test_a_list_that_is_opened_while_a_like_is_on_its_way_is_shown(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    post = await town.post(author, "well known")
    may_answer = asyncio.Event()

    async def hold(route: Route) -> None:
        if operation_name(route.request) == "Like":
            await may_answer.wait()
        await route.continue_()

    await page.route("**/graphql", hold)
    await page.goto(address_of(author, post))
    whole = page.get_by_role("article", name="Post by")
    await like_button(whole).click()
    await whole.get_by_role("link", name="1 like").click()
    await expect_heading(page, "Reactions")
    may_answer.set()
    people = page.get_by_role("list", name=f"Likes of a post by @{author.alias}").get_by_role("listitem")
    await expect(people).to_contain_text(f"@{reader.user.alias}")


@pytest.mark.parametrize("below", ["likes", "reposts", "quotes"])
async def test_reactions_have_one_address_and_an_empty_state(visit: Visit, town: World, below: str) -> None:
    page = visit.page
    author, other = await town.make_users(2)
    post = await town.post(author, "unknown")
    await page.goto(f"/@{other.alias}/posts/{post_id(post)}/{below}")
    await expect(page).to_have_url(re.compile(f"{re.escape(address_of(author, post))}/{below}$"))
    await expect(page.get_by_role("heading", name=f"No {below} yet")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("unknown")
    assert await town.storage.posts.delete_post(post.id, author=author.id)
    await page.goto(f"{address_of(author, post)}/{below}")
    await expect(page.get_by_text("Post not found")).to_be_visible()
    visit.forgive("404")


async def test_a_reply_and_a_quote_are_counted_at_once(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "what do you say?")
    await page.goto("/")
    row = row_of(page, "what do you say?").first
    await reply(page, row, "a good deal")
    await expect(row.get_by_role("button", name=re.compile("^Reply"))).to_have_text("1")
    await page.goto(address_of(author, post))
    whole = page.get_by_role("article", name="Post by")
    await choose(page, whole, "Repost or quote", "Quote")
    await page.get_by_role("dialog").get_by_role("textbox").fill("indeed")
    await page.keyboard.press("Control+Enter")
    await expect(whole.get_by_role("link", name="1 quote")).to_be_visible()


async def test_a_repost_is_counted_at_once(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    await town.post(author, "worth passing on")
    await page.goto("/")
    row = row_of(page, "worth passing on")
    await choose(page, row, "Repost or quote", "Repost")
    await expect(row.get_by_role("button", name="Reposted: undo or quote, 1 repost")).to_have_text("1")
    await choose(page, row, "Reposted: undo or quote", "Undo repost")
    await expect(row.get_by_role("button", name="Repost or quote", exact=True)).to_have_text("")


async def test_bookmarks_are_listed_the_latest_first_and_a_removed_one_stays_until_the_next_visit(
    visit: Visit, town: World
) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author = await town.make_user()
    await town.post(author, "bookmarked last")
    await town.post(author, "bookmarked first")
    await page.goto("/")
    bookmarks = page.get_by_role("navigation", name="Main").get_by_role("link", name="Bookmarks")
    await bookmarks.click()
    await expect(page.get_by_text("No bookmarks yet")).to_be_visible()
    await page.goto(f"/@{author.alias}")
    for text in ("bookmarked first", "bookmarked last"):
        await bookmark_button(row_of(page, text)).click()
        await expect_pressed(bookmark_button(row_of(page, text)), is_pressed=True)
    await page.wait_for_load_state("networkidle")
    await bookmarks.click()
    rows = page.get_by_role("feed", name="Bookmarks").get_by_role("article")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_contain_text("bookmarked last")

    button = bookmark_button(row_of(page, "bookmarked first"))
    await button.click()
    await expect_pressed(button, is_pressed=False)
    await page.wait_for_load_state("networkidle")
    await expect(rows).to_have_count(2)
    await page.get_by_role("link", name="Home", exact=True).click()
    await expect_heading(page, "Home")
    await bookmarks.click()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("bookmarked last")


async def test_one_sees_what_one_likes_on_the_own_profile_alone(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    post = await town.post(author, "rather good")
    await like(town, post, reader.user, author)
    await page.goto(f"/@{reader.user.alias}")
    await page.get_by_role("link", name="Likes", exact=True).click()
    await expect(page.get_by_role("feed").get_by_role("article")).to_contain_text("rather good")
    await expect(page.get_by_role("link", name="Likes", exact=True)).to_be_focused()
    await page.goto(f"/@{author.alias}?show=likes")
    await expect(page.get_by_role("link", name="Posts", exact=True)).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("link", name="Likes", exact=True)).to_have_count(0)


async def test_a_profile_counts_posts_and_has_a_tab_for_media(visit: Visit, town: World) -> None:
    page = visit.page
    author = await come_signed_in(page, town)
    for number in range(3):
        await town.post(author.user, f"number {number}.")
    await page.goto(f"/@{author.user.alias}")
    about = page.get_by_role("region", name=f"About @{author.user.alias}")
    await expect(about).to_contain_text("3 posts")
    await choose(page, row_of(page, "number 1."), "More about this post", "Delete this post")
    await page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    await expect(about).to_contain_text("2 posts")
    await page.get_by_role("link", name="Media", exact=True).click()
    await expect(page.get_by_text("No media yet")).to_be_visible()


async def test_visitors_see_the_counts_and_no_buttons_to_change_them(visit: Visit, town: World) -> None:
    page = visit.page
    author, fan = await town.make_users(2)
    post = await town.post(author, "for everybody")
    await like(town, post, fan, author)
    await town.post(fan, "indeed", reply_to=post)
    await page.goto(f"/@{author.alias}")
    row = row_of(page, "for everybody")
    await expect(row).to_contain_text("2 likes")
    await expect(row).to_contain_text("1 reply")
    await expect(row.get_by_role("button")).to_have_count(1)
    await page.goto(address_of(author, post))
    await expect(page.get_by_role("link", name="2 likes")).to_be_visible()
    await page.goto("/bookmarks")
    await expect_heading(page, "Sign in")


async def expect_no_button_moves(page: Page, row: Locator) -> None:
    buttons = row.locator("footer").get_by_role("button")
    await expect(buttons).to_have_count(5)
    before = [await button.bounding_box() for button in await buttons.all()]
    await like_button(row).click()
    await expect(like_button(row)).to_have_text("1")
    after = [await button.bounding_box() for button in await buttons.all()]
    assert [box and (box["x"], box["y"]) for box in after] == [box and (box["x"], box["y"]) for box in before]


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_count_that_appears_moves_no_button(visit: Visit, town: World, width: int) -> None:
    page = visit.page
    await page.set_viewport_size({"width": width, "height": 740})
    await come_signed_in(page, town)
    author = await town.make_user()
    await town.post(author, "rather good")
    await page.goto(f"/@{author.alias}")
    await expect_no_button_moves(page, row_of(page, "rather good"))
