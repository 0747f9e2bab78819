"""Notifications: their page, how many are unread, and when they count as read."""

import re

from playwright.async_api import Page, expect

from domain.acts import ActKind
from tests.client import Someone, post_id, sign_up
from tests.waiting import wait_until
from tests.web.arriving import come_signed_in, expect_heading
from tests.web.test_live import TOP, request
from tests.web.test_paging import read_to
from tests.web.visit import Visit
from tests.world import World

LIKE = "mutation ($id: ID!) { like(input: {postId: $id}) { __typename } }"
REPLY = "mutation ($id: ID!, $text: String!) { createPost(input: {replyTo: $id, text: $text}) { __typename } }"
HIDE = """() => {
    let isHidden = true
    Object.defineProperty(document, 'hidden', { get: () => isHidden })
    window.showTab = () => {
        isHidden = false
        document.dispatchEvent(new Event('visibilitychange'))
    }
}"""


async def expect_unread(page: Page, count: int) -> None:
    name = f"Notifications ({count} unread)" if count else "Notifications"
    await expect(page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True)).to_be_visible()
    await expect(page).to_have_title(re.compile(rf"^\({count}\) .* · Tweeter$" if count else r"^[^(].* · Tweeter$"))


async def open_notifications(page: Page) -> None:
    await page.get_by_role("navigation", name="Main").get_by_role("link", name=re.compile("^Notifications")).click()
    await expect_heading(page, "Notifications")


async def unread_count(town: World, viewer: Someone) -> int:
    return await town.storage.notifications.count_unread(viewer.user.id)


async def test_what_others_have_done_is_listed_and_read_once_it_was_shown(visit: Visit, town: World) -> None:
    page = visit.page
    me = await come_signed_in(page, town)
    author, fan, other = await town.make_users(3)
    post = await town.post(me.user, "what do you say?")
    await town.post(author, "a good deal", reply_to=post)
    await town.post(author, "see this", quote=post)
    await town.post(author, f"hello @{me.user.alias}", mentioned=[me.user])
    for user in (author, fan, other):
        await town.storage.acts.add(ActKind.LIKE, user.id, post)
    assert await town.storage.reposts.repost(fan.id, post)
    await town.follow(fan, me.user)

    await page.goto("/")
    await expect_unread(page, 6)
    await open_notifications(page)
    rows = page.get_by_role("feed", name="Notifications").get_by_role("article")
    await expect(rows).to_have_count(6)
    for text in ("a good deal", "see this", f"hello @{me.user.alias}"):
        await expect(rows.filter(has_text=text).get_by_role("button", name="Reply", exact=True)).to_be_visible()
    liked = rows.filter(has_text="liked your post")
    await expect(liked).to_contain_text(f"{other.first_name} Test and 2 other accounts liked your post")
    await expect(liked).to_contain_text("what do you say?")
    await expect(rows.filter(has_text="reposted your post")).to_contain_text(f"{fan.first_name} Test reposted")
    await expect(rows.filter(has_text="follows you")).to_contain_text(f"{fan.first_name} Test follows you")
    await expect(page.get_by_role("main").get_by_text("Unread")).to_have_count(6)
    await expect_unread(page, 0)
    assert await unread_count(town, me) == 0

    await page.reload()
    await expect(rows).to_have_count(6)
    await expect(page.get_by_role("main").get_by_text("Unread")).to_have_count(0)
    await liked.get_by_text("what do you say?").click()
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("what do you say?")
    await page.go_back()
    await rows.filter(has_text="follows you").press("Enter")
    await expect(page).to_have_url(re.compile(f"/@{fan.alias}$"))


async def test_an_act_is_counted_in_every_tab_until_one_of_them_shows_it(visit: Visit, site: str, town: World) -> None:
    page = visit.page
    me = await come_signed_in(page, town)
    fan = await sign_up(town)
    post = await town.post(me.user, "rather good")
    other = await page.context.new_page()
    for tab in (page, other):
        await tab.goto("/")
        await expect_unread(tab, 0)
    await request(site, fan, LIKE, id=post_id(post))
    for tab in (page, other):
        await expect_unread(tab, 1)
    await page.bring_to_front()
    await open_notifications(page)
    await expect(page.get_by_role("article")).to_contain_text("liked your post")
    for tab in (page, other):
        await expect_unread(tab, 0)


async def test_new_notifications_are_announced_and_shown_on_request(visit: Visit, site: str, town: World) -> None:
    page = visit.page
    me = await come_signed_in(page, town)
    fan = await sign_up(town)
    post = await town.post(me.user, "rather good")
    await town.follow(fan.user, me.user)
    await page.goto("/notifications")
    rows = page.get_by_role("feed", name="Notifications").get_by_role("article")
    await expect(rows).to_have_count(1)
    await expect_unread(page, 0)
    top = await rows.first.evaluate(TOP)
    await request(site, fan, REPLY, id=post_id(post), text="indeed")
    pill = page.get_by_role("button", name="1 new notification")
    await expect(pill).to_be_visible()
    await expect_unread(page, 1)
    await expect(rows).to_have_count(1)
    assert await rows.first.evaluate(TOP) == top
    await pill.click()
    await expect(rows.filter(has_text="indeed")).to_be_visible()
    await expect(pill).to_have_count(0)
    await expect_unread(page, 0)


async def test_mentions_alone_mark_nothing_as_read(visit: Visit, town: World) -> None:
    page = visit.page
    me = await come_signed_in(page, town)
    author = await town.make_user()
    post = await town.post(me.user, "what do you say?")
    await town.post(author, "a good deal", reply_to=post)
    await town.follow(author, me.user)
    await page.goto("/notifications?show=mentions")
    rows = page.get_by_role("feed", name="Mentions").get_by_role("article")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("a good deal")
    await expect_unread(page, 2)
    await page.wait_for_load_state("networkidle")
    assert await unread_count(town, me) == 2
    await page.get_by_role("link", name="All", exact=True).click()
    await expect(page.get_by_role("feed", name="Notifications").get_by_role("article")).to_have_count(2)
    await expect_unread(page, 0)


async def test_a_tab_in_the_background_marks_nothing_as_read(visit: Visit, town: World) -> None:
    page = visit.page
    me = await come_signed_in(page, town)
    fan = await town.make_user()
    await town.follow(fan, me.user)
    await page.add_init_script(f"({HIDE})()")
    await page.goto("/notifications")
    await expect(page.get_by_role("article")).to_contain_text("follows you")
    await expect_unread(page, 1)
    await page.wait_for_load_state("networkidle")
    assert await unread_count(town, me) == 1
    await page.evaluate("showTab()")
    await expect_unread(page, 0)


async def test_a_long_list_is_read_to_its_end(visit: Visit, town: World) -> None:
    page = visit.page
    me = await come_signed_in(page, town)
    author = await town.make_user()
    for number in range(50):
        await town.post(author, f"number {number}.", mentioned=[me.user])
    await page.goto("/notifications")
    await expect_unread(page, 0)
    await read_to(page, 49)
    last = page.get_by_role("article").filter(has_text="number 0.")

    async def is_shown() -> bool:
        return await last.is_visible()

    await wait_until(is_shown)


async def test_without_notifications_the_page_says_what_will_appear(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/notifications")
    await expect(page.get_by_role("heading", name="No notifications yet")).to_be_visible()
    await page.get_by_role("link", name="Mentions", exact=True).click()
    await expect(page.get_by_role("heading", name="No mentions yet")).to_be_visible()
    await expect(page.get_by_role("link", name="Mentions", exact=True)).to_be_focused()
