"""Replies, quotes and reposts: what a post's buttons do, and what lists and the page of a post show."""

import re

from playwright.async_api import Locator, Page, expect

from domain.records import Post, User
from domain.surroundings import Wanted
from tests.client import post_id
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in
from tests.web.composer import Deed, line_of, text_box, unsent
from tests.web.test_looks import axe, problems, settled
from tests.web.visit import Visit
from tests.world import World

__all__ = ["axe"]  # a fixture


def row_of(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


async def choose(page: Page, row: Locator, button: str, item: str) -> None:
    await row.get_by_role("button", name=button).click()
    await page.get_by_role("menuitem", name=item, exact=True).click()


async def reply(page: Page, row: Locator, text: str) -> None:
    await row.get_by_role("button", name="Reply", exact=True).click()
    await expect(text_box(page)).to_be_focused()
    await text_box(page).fill(text)
    await text_box(page).press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)


def address_of(author: User, post: Post) -> str:
    return f"/@{author.alias}/posts/{post_id(post)}"


async def test_a_reply_is_sent_and_shown_on_the_page_of_the_post(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "what do you say?")
    await page.goto("/")
    await reply(page, row_of(page, "what do you say?"), "a good deal")
    await expect(page.get_by_text("Your post was sent.")).to_be_visible()
    await page.goto(address_of(author, post))
    replies = page.get_by_role("region", name="Replies")
    await expect(replies.get_by_role("article")).to_contain_text("a good deal")
    await expect(replies.get_by_role("article")).to_contain_text(f"Replying to @{author.alias}")

    await replies.get_by_role("article").locator("time").click()
    await expect(page.get_by_role("region", name="Posts above").get_by_role("article")).to_contain_text("what do")
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("a good deal")


async def test_a_reply_that_has_just_been_sent_is_shown_below_the_post(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author = await town.make_user()
    post = await town.post(author, "what do you say?")
    await page.goto(address_of(author, post))
    await page.get_by_role("button", name="Write your reply").click()
    await text_box(page).fill("a good deal")
    await page.get_by_role("dialog").get_by_role("button", name="Reply", exact=True).click()
    await expect(page.get_by_role("feed", name="Replies").get_by_role("article")).to_contain_text("a good deal")


async def test_a_draft_of_a_reply_belongs_to_its_post_and_survives_a_reload(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author = await town.make_user()
    posts = [await town.post(author, f"number {number}.") for number in range(2)]
    await page.goto(address_of(author, posts[0]))
    button = page.get_by_role("button", name="Write your reply")
    await button.click()
    await text_box(page).fill("half a rep")
    await page.reload()
    await expect(page.get_by_role("dialog", name=f"Reply to @{author.alias}")).to_be_visible()
    await expect(text_box(page)).to_have_value("half a rep")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Write a post").first.click()
    await expect(page.get_by_role("dialog", name="New post").get_by_role("textbox")).to_have_value("")
    await page.keyboard.press("Escape")
    await page.goto(address_of(author, posts[1]))
    await button.click()
    await expect(text_box(page)).to_have_value("")
    await page.keyboard.press("Escape")
    await page.goto(address_of(author, posts[0]))
    await button.click()
    await expect(text_box(page)).to_have_value("half a rep")


async def test_a_reply_whose_post_is_gone_keeps_its_text(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    post = await town.post(author, "soon gone")
    await page.goto(address_of(author, post))
    await page.get_by_role("button", name="Write your reply").click()
    await text_box(page).fill("too late")
    assert await town.storage.posts.delete_post(post.id, author=author.id)
    await text_box(page).press("Control+Enter")
    await expect(page.get_by_text("Not posted.")).to_be_visible()
    await page.goto("/")
    await expect(unsent(page)).to_contain_text("The post that it answers or quotes is gone.")
    await expect(unsent(page)).to_contain_text("too late")
    await expect(page.get_by_text("already sent")).to_have_count(0)
    await unsent(page).get_by_role("button", name="Post on its own").click()
    await expect(page.get_by_text("Your post was sent.")).to_be_visible()
    await page.goto(f"/@{reader.user.alias}")
    await expect(page.get_by_role("feed").get_by_role("article")).to_contain_text("too late")


async def test_a_reply_without_an_answer_is_sent_again_with_its_key_and_its_post(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author = await town.make_user()
    post = await town.post(author, "what do you say?")
    line = await line_of(page, Deed.LOSE_ANSWER)
    await page.goto(address_of(author, post))
    await page.get_by_role("button", name="Write your reply").click()
    await text_box(page).fill("once")
    await text_box(page).press("Control+Enter")
    await expect(page.get_by_text("Your post was sent.")).to_be_visible()
    assert len(line.inputs) == 2
    assert line.inputs[0] == line.inputs[1]
    assert line.inputs[0]["replyTo"] == post_id(post)
    visit.forgive("ERR_TIMED_OUT")


async def test_a_quote_shows_its_post_and_later_why_it_is_gone(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "worth quoting")
    await page.goto("/")
    await choose(page, row_of(page, "worth quoting"), "Repost or quote", "Quote")
    await expect(page.get_by_role("dialog", name=f"Quote @{author.alias}")).to_contain_text("worth quoting")
    await text_box(page).fill("indeed")
    await text_box(page).press("Control+Enter")
    quote = row_of(page, "indeed")
    await expect(quote.get_by_role("link", name=f"Quoted post by @{author.alias}")).to_contain_text("worth quoting")
    assert await town.storage.posts.delete_post(post.id, author=author.id)
    await page.goto(f"/@{reader.user.alias}")
    await expect(quote).to_contain_text("This post was deleted.")


async def test_a_repost_is_shown_at_once_and_can_be_undone(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "worth passing on")
    wanted = Wanted(reposted=frozenset({post.id}))

    async def is_reposted() -> bool:
        return bool((await town.storage.surroundings.read(reader.user.id, wanted)).reposted)

    async def is_not_reposted() -> bool:
        return not await is_reposted()

    await page.goto("/")
    row = row_of(page, "worth passing on")
    await choose(page, row, "Repost or quote", "Repost")
    button = row.get_by_role("button", name="Reposted: undo or quote")
    await expect(button).to_be_focused()
    await wait_until(is_reposted)
    await page.goto(f"/@{reader.user.alias}?show=reposts")
    await expect(row).to_contain_text("You reposted")
    await choose(page, row, "Reposted: undo or quote", "Undo repost")
    await wait_until(is_not_reposted)
    await expect(page.get_by_text("No reposts yet")).to_be_visible()


async def test_a_repost_that_is_refused_is_taken_back_with_the_reason(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author = await town.make_user()
    await town.follow(reader.user, author)
    post = await town.post(author, "soon gone")
    await page.goto("/")
    row = row_of(page, "soon gone")
    await expect(row).to_be_visible()
    assert await town.storage.posts.delete_post(post.id, author=author.id)
    await choose(page, row, "Repost or quote", "Repost")
    await expect(page.get_by_text("Not reposted.")).to_be_visible()
    await expect(row.get_by_role("button", name="Repost or quote")).to_be_visible()


async def test_lists_say_who_has_reposted_a_post(visit: Visit, town: World) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    author, friend = await town.make_users(2)
    await town.follow(reader.user, friend)
    post = await town.post(author, "passed on")
    assert await town.storage.reposts.repost(friend.id, post)
    await page.goto("/")
    await expect(row_of(page, "passed on")).to_contain_text("reposted")
    await row_of(page, "passed on").get_by_role("link", name=friend.first_name).first.click()
    await expect(page).to_have_url(re.compile(f"/@{friend.alias}$"))


async def test_a_thread_shows_gaps_and_its_replies_in_both_orders(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    author, other = await town.make_users(2)
    root = await town.post(author, "the root")
    gone = await town.post(other, "soon gone", reply_to=root)
    post = await town.post(author, "in the middle", reply_to=gone)
    for number in range(25):
        await town.post(other, f"reply {number}.", reply_to=post)
    assert await town.storage.posts.delete_post(gone.id, author=other.id)
    await page.goto(address_of(author, post))
    above = page.get_by_role("region", name="Posts above")
    await expect(above).to_contain_text("the root")
    await expect(above).to_contain_text("This post was deleted.")
    whole = page.get_by_role("article", name="Post by")
    await expect(whole).to_be_in_viewport()
    replies = page.get_by_role("feed", name="Replies")
    await expect(replies.get_by_role("article").first).to_contain_text("reply 0.")
    await page.get_by_role("button", name="Newest first").click()
    await expect(replies.get_by_role("article").first).to_contain_text("reply 24.")
    last = replies.get_by_role("article").filter(has_text="reply 0.")

    async def is_at_end() -> bool:
        await page.mouse.wheel(0, 2_000)
        return await last.is_visible()

    await wait_until(is_at_end)


async def test_a_menu_works_with_keys_and_gives_the_focus_back(visit: Visit, town: World, axe: str) -> None:
    page = visit.page
    reader = await come_signed_in(page, town)
    await town.post(reader.user, "hello")
    await page.goto(f"/@{reader.user.alias}")
    button = page.get_by_role("article").get_by_role("button", name="Repost or quote")
    await button.press("Enter")
    await expect(page.get_by_role("menuitem", name="Repost", exact=True)).to_be_focused()
    await page.keyboard.press("n")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await settled(page)
    assert await problems(page, axe) == []
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Quote")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await button.click()
    await expect(page.get_by_role("menu")).to_be_visible()
    await button.click()
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page).to_have_url(re.compile(f"/@{reader.user.alias}$"))


async def test_a_link_is_copied(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    post = await town.post(author, "worth sharing")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"/@{author.alias}")
    await choose(page, page.get_by_role("article"), "More about this post", "Copy link")
    await expect(page.get_by_text("Link copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(address_of(author, post))
