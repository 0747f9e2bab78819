"""New posts arrive by themselves without moving the page, and none is missed."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, Page, WebSocket, expect

from domain.ids import first_id_at
from settings import Settings
from tests.client import Client, Someone, sign_up
from tests.pipeline.stack import stack
from tests.web.arriving import come_signed_in
from tests.web.conftest import DATABASE
from tests.web.visit import Visit
from tests.world import World

REPOST = "mutation ($id: ID!) { repost(input: {postId: $id}) { __typename } }"
UNDO = "mutation ($id: ID!) { undoRepost(input: {postId: $id}) { __typename } }"
DELETE = "mutation ($id: ID!) { deletePost(input: {id: $id}) { __typename } }"
POST = "mutation ($text: String!) { createPost(input: {text: $text}) { ... on PostCreated { post { id } } } }"
DEADLINE_S = 30
TOP = "row => row.getBoundingClientRect().top"


async def say(site: str, author: Someone, text: str) -> str:
    """Create a post. Return its id."""
    answer = await request(site, author, POST, text=text)
    return str(answer["createPost"]["post"]["id"])


async def request(site: str, viewer: Someone, operation: str, **variables: str) -> Any:
    async with httpx.AsyncClient(base_url=site, timeout=30) as http:
        return await Client(http)(operation, variables=variables, token=viewer.token)


async def open_feed(page: Page, town: World, *, posts: int = 1, with_old_one: bool = False) -> Someone:
    """Arrive as a reader of one author, and wait for the subscription. Return the author."""
    reader = await come_signed_in(page, town)
    author = await sign_up(town)
    await town.follow(reader.user, author.user)
    for number in range(posts):
        await town.post(author.user, f"number {number}.")
    if with_old_one:
        old = {"_id": first_id_at(datetime.now(UTC) - timedelta(minutes=5)), "author": author.user.id, "text": "old"}
        await town.storage.mongo.collection("posts").insert_one(old)
    caught_up = asyncio.Event()

    def listen(socket: WebSocket) -> None:
        """Note the feed's read after the subscription has begun."""
        socket.on("framereceived", lambda frame: caught_up.set() if '"feed":' in str(frame) else None)

    page.on("websocket", listen)
    await page.goto("/")
    async with asyncio.timeout(DEADLINE_S):
        await caught_up.wait()
    await expect(page.get_by_role("article")).not_to_have_count(0)
    return author


async def test_new_posts_are_announced_and_shown_on_request(visit: Visit, site: str, town: World) -> None:
    page = visit.page
    author = await open_feed(page, town, posts=30)
    await page.evaluate("scrollTo(0, 400)")
    row = page.get_by_role("article").filter(has_text="number 20.")
    top = await row.evaluate(TOP)

    for text in ("the first new one", "the second new one"):
        await say(site, author, text)
    pill = page.get_by_role("button", name="2 new posts")
    await expect(pill).to_be_visible()
    assert await row.evaluate(TOP) == top
    await expect(page.get_by_text("the second new one")).to_have_count(0)

    await pill.click()
    articles = page.get_by_role("article")
    await expect(articles.nth(0)).to_contain_text("the second new one")
    await expect(articles.nth(1)).to_contain_text("the first new one")
    await expect(articles.nth(2)).to_contain_text("number 29.")
    await expect(pill).to_have_count(0)
    assert await page.evaluate("scrollY") == 0


async def test_posts_that_arrive_on_another_page_are_announced_on_return(visit: Visit, site: str, town: World) -> None:
    page = visit.page
    author = await open_feed(page, town)
    await page.get_by_role("article").locator("time").click()
    await say(site, author, "said meanwhile")
    await page.go_back()
    await expect(page.get_by_role("button", name="1 new post")).to_be_visible()


async def test_a_repost_arrives_and_leaves_when_it_is_undone(visit: Visit, site: str, town: World) -> None:
    page = visit.page
    author = await open_feed(page, town)
    stranger = await sign_up(town)
    said = await say(site, stranger, "said by a stranger")
    await request(site, author, REPOST, id=said)
    await page.get_by_role("button", name="1 new post").click()
    row = page.get_by_role("article").nth(0)
    await expect(row).to_contain_text("said by a stranger")
    await expect(row).to_contain_text("reposted")
    await request(site, author, UNDO, id=said)
    await expect(page.get_by_text("said by a stranger")).to_have_count(0)
    await expect(page.get_by_role("article")).to_have_count(1)


async def test_a_deleted_post_leaves_the_feed_and_what_waits(visit: Visit, site: str, town: World) -> None:
    page = visit.page
    author = await open_feed(page, town)
    shown = await say(site, author, "shown and deleted")
    await page.get_by_role("button", name="1 new post").click()
    await expect(page.get_by_text("shown and deleted")).to_be_visible()
    waiting = await say(site, author, "waiting and deleted")
    await expect(page.get_by_role("button", name="1 new post")).to_be_visible()
    for post in (shown, waiting):
        await request(site, author, DELETE, id=post)
    await expect(page.get_by_text("shown and deleted")).to_have_count(0)
    await expect(page.get_by_role("button", name="1 new post")).to_have_count(0)
    await expect(page.get_by_text("number 0.")).to_be_visible()


async def test_posts_made_during_an_outage_are_not_missed(
    browser: Browser, town: World, mongodb_url: str, redis_url: str, tmp_path: Path
) -> None:
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database=DATABASE)
    with stack(settings, tmp_path, "web") as running:
        page = await browser.new_page(base_url=running.url)
        sent: list[str] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
        author = await open_feed(page, town, with_old_one=True)  # subscriptions resume from a post over a minute old
        running.kill("web")
        # The second is shown if a request has failed, too.
        notice = page.get_by_text(re.compile("Live updates are interrupted|Tweeter cannot be reached"))
        await expect(notice).to_be_visible(timeout=30_000)
        for number in range(3):
            await town.post(author.user, f"said meanwhile {number}.")
        sent.clear()
        running.start("web")
        pill = page.get_by_role("button", name="3 new posts")
        await expect(pill).to_be_visible(timeout=90_000)
        await expect(notice).to_have_count(0)
        await pill.click()
        await expect(page.get_by_role("article").nth(0)).to_contain_text("said meanwhile 2.")
        await expect(page.get_by_role("article")).to_have_count(5)
        assert any('"after":"' in frame for frame in sent), "the subscription is resumed"
        assert not any("query Feed" in frame for frame in sent), "and no feed is read"
        await page.close()
