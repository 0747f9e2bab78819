"""A tour of the whole site with a worker: a new user's first evening, and two users side by side."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from launch import start_redis
from settings import Settings
from storage import create_indexes, open_storage
from tests.pictures import picture
from tests.pipeline.stack import stack
from tests.web.arriving import come_signed_in, expect_heading, sign_out
from tests.web.visit import Visit
from tests.world import World

DATABASE = "toured"
ARRIVES_WITHIN_MS = 30_000  # long enough for a busy machine


@pytest.fixture(scope="module")
def served(mongodb_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A stack that executes only registered documents.

    It has its own Redis, since another stack's worker would take its messages.
    """
    directory = tmp_path_factory.mktemp("tour")
    redis = start_redis(directory / "redis")
    settings = Settings(
        mongodb_url=mongodb_url,
        redis_url=redis.url,
        mongodb_database=DATABASE,
        rate_limits="off",
        documents="registered",
    )
    with stack(settings, directory, "web", "worker") as running:
        yield running.url
    redis.stop()


@pytest.fixture(scope="module")
async def world(mongodb_url: str, served: str) -> AsyncIterator[World]:
    async with open_storage(mongodb_url, database=DATABASE, driver="pymongo", session_ttl_days=30) as storage:
        await create_indexes(storage.mongo)
        yield World(storage)


@pytest.fixture
async def visits(browser: Browser, served: str) -> AsyncIterator[list[Visit]]:
    """Two separate browsers, which must have had no error at the end."""
    contexts = [await browser.new_context(base_url=served, viewport={"width": 1280, "height": 800}) for _ in range(2)]
    visits = [Visit(await context.new_page(), served) for context in contexts]
    yield visits
    for context, visit in zip(contexts, visits, strict=True):
        await visit.expect_no_other_errors()
        await context.close()
        assert visit.requests_elsewhere == []


async def write(page: Page, text: str) -> None:
    await page.get_by_role("button", name="Write a post").first.click()
    box = page.get_by_role("textbox", name="Text of the post")
    await box.fill(text)
    await box.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def register(page: Page, alias: str) -> None:
    """Register with a picture, which is cropped to its centre."""
    await page.goto("/")
    await page.get_by_role("main").get_by_role("link", name="Create an account").click()
    await page.get_by_label("A picture").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", size=(300, 200))}
    )
    await page.get_by_role("button", name="Use picture").click()
    await expect(page.get_by_alt_text("Preview of your choice")).to_be_visible()
    await page.get_by_label("First name").fill("Nova")
    await page.get_by_label("Last name").fill("Reyes")
    await page.get_by_label("Alias").fill(alias)
    await page.get_by_label("Password").fill("a long enough one")
    await page.get_by_role("button", name="Create account").click()
    await expect_heading(page, "Home")


def following(page: Page, alias: str) -> Locator:
    """Return the follow button in its state, and its label when hovered."""
    return page.get_by_role("button", name=re.compile(rf"(Following|Unfollow)\s*@{alias}"))


async def find_and_follow(page: Page, alias: str) -> None:
    await page.get_by_role("link", name="Explore").click()
    await page.get_by_role("main").get_by_label("Search").fill(alias[:4])
    await page.get_by_role("button", name=f"Follow @{alias}").click()
    await expect(following(page, alias)).to_be_visible()


async def expect_new_post(page: Page, text: str) -> None:
    """Expect a new post to be announced, and show it."""
    pill = page.get_by_role("button", name="1 new post")
    await expect(pill).to_be_visible(timeout=ARRIVES_WITHIN_MS)
    await pill.click()
    await expect(page.get_by_role("feed").get_by_role("article").first).to_contain_text(text)


async def test_a_new_user_registers_follows_reads_posts_deletes_and_signs_out(
    visits: list[Visit], served: str, world: World
) -> None:
    page, other = (visit.page for visit in visits)
    ida = await come_signed_in(other, world)
    await other.goto("/")
    await expect_heading(other, "Home")

    await register(page, "nova")
    await expect(page.get_by_text("Your feed is empty")).to_be_visible()
    await find_and_follow(page, ida.user.alias)
    await page.get_by_role("link", name="Home", exact=True).click()
    await write(other, "the next post of somebody who is followed")
    await expect_new_post(page, "the next post of somebody who is followed")

    nova = await world.storage.users.find_by_alias("nova")
    assert nova is not None
    assert nova.image is not None
    await world.follow(ida.user, nova)
    await write(page, "my first post")
    await page.get_by_role("link", name="Profile").click()
    await expect_heading(page, "Nova Reyes")
    post = page.get_by_role("feed").get_by_role("article")
    await expect(post).to_contain_text("my first post")
    await post.locator("time").click()
    await expect(page.get_by_role("article", name="Post by")).to_contain_text("In 1 feed", timeout=ARRIVES_WITHIN_MS)
    await page.go_back()
    await post.get_by_role("button", name="More about this post").click()
    await page.get_by_role("menuitem", name="Delete this post").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_text("You have not posted yet")).to_be_visible()

    await page.get_by_role("link", name="Settings").click()
    await sign_out(page)
    await expect(page.get_by_role("main").get_by_role("link", name="Create an account")).to_be_visible()


async def test_two_browsers_side_by_side(visits: list[Visit], world: World) -> None:
    mine, theirs = (visit.page for visit in visits)
    me, them = await come_signed_in(mine, world), await come_signed_in(theirs, world)
    await mine.goto("/")
    await find_and_follow(mine, them.user.alias)
    await theirs.goto(f"/@{them.user.alias}/followers")
    await expect(theirs.get_by_role("list").filter(has_text=f"@{me.user.alias}")).to_be_visible()
    await mine.get_by_role("link", name="Home", exact=True).click()
    for number in range(3):
        await write(theirs, f"number {number}")
    await expect(mine.get_by_role("button", name="3 new posts")).to_be_visible(timeout=ARRIVES_WITHIN_MS)
    await mine.get_by_role("button", name="3 new posts").click()
    await expect(mine.get_by_role("feed").get_by_role("article")).to_have_count(3)
    await expect(mine.get_by_role("feed").get_by_role("article").first).to_contain_text("number 2")

    await mine.goto(f"/@{them.user.alias}")
    await following(mine, them.user.alias).click()
    await expect(mine.get_by_role("button", name=f"Follow @{them.user.alias}")).to_be_visible()
    await mine.get_by_role("link", name="Home", exact=True).click()
    await expect(mine.get_by_text("Your feed is empty")).to_be_visible()
