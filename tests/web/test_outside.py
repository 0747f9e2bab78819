"""In a real browser: the head of shared pages, and posts in frames of another site."""

import json
import re
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, expect

from domain.records import Post
from tests.client import post_id
from tests.web.arriving import expect_heading
from tests.web.hostile import make_hostile
from tests.web.test_looks import axe, is_too_wide, problems
from tests.web.visit import Visit
from tests.world import World

__all__ = ["axe"]  # a fixture

BREAKING = '</script><script>window.broken = 1</script>"><img src=x onerror="window.broken = 1"><!-- ]]> & \u2028'


async def data_of(page: Page) -> Any:
    return json.loads(await page.locator("script[type='application/ld+json']").text_content() or "")


async def test_the_head_of_a_shared_page_is_valid_under_the_policy(visit: Visit, town: World) -> None:
    """An element with data is not executed, so the policy says nothing of it. A violation would be an error."""
    page = visit.page
    author = await town.make_user()
    post = await town.post(author, BREAKING)
    await page.goto(f"/@{author.alias}/posts/{post_id(post)}")
    await expect_heading(page, "User")
    assert (await data_of(page))["text"] == BREAKING
    assert (
        await page.locator("meta[property='og:description']").get_attribute("content")
        == BREAKING.replace("\u2028", "").strip()
    )
    assert await page.evaluate("window.broken") is None
    assert await page.locator("img[src=x]").count() == 0


async def test_the_client_takes_over_the_addresses_in_the_head(visit: Visit, town: World) -> None:
    page = visit.page
    author = await town.make_user()
    post = await town.post(author, "hello")
    await page.goto(f"/@{author.alias}")
    await expect(page.get_by_role("article")).to_contain_text("hello")
    await expect(page.locator("link[rel=canonical]")).to_have_count(1)
    await expect(page.locator("link[type='application/rss+xml']")).to_have_count(1)
    feed = await page.locator("link[type='application/rss+xml']").get_attribute("href")
    assert "hello" in await (await page.request.get(feed or "")).text()
    await page.get_by_role("article").get_by_text("hello").click()
    address = re.compile(re.escape(f"/@{author.alias}/posts/{post_id(post)}") + "$")
    await expect(page.locator("link[rel=canonical]")).to_have_attribute("href", address)
    await expect(page.locator("link[type='application/rss+xml']")).to_have_count(0)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another site, which serves the files of `tmp_path`."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def page_elsewhere(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 700, "height": 800})
    yield await context.new_page()
    await context.close()


async def test_another_site_shows_a_post_as_oembed_says(
    page_elsewhere: Page, elsewhere: str, tmp_path: Path, site: str, town: World
) -> None:
    page, errors = page_elsewhere, list[str]()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    author = await town.make_user()
    post = await town.post(
        author, "hello @nobody_at_all\nhttps://example.org/", quote=await town.post(author, "quoted")
    )
    address = f"{site}/@{author.alias}/posts/{post_id(post)}"
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>Elsewhere</title><link rel=icon href=data:,><main></main>"
    )
    await page.goto(elsewhere)
    await page.evaluate(
        """async (asked) => {
            const { html } = await (await fetch(asked)).json()
            document.querySelector('main').innerHTML = html
        }""",
        f"{site}/oembed?url={address}",
    )
    frame = page.frame_locator("iframe")
    await expect(frame.get_by_role("article")).to_contain_text("hello @nobody_at_all")
    await expect(frame.get_by_role("article")).to_contain_text("quoted")
    height: list[int] = await page.frames[1].evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert height[0] <= height[1], "the frame does not scroll"
    async with page.context.expect_page() as opened:
        await frame.get_by_role("link", name="View on Tweeter").click()
    shown = await opened.value
    await expect_heading(shown, "User")
    assert shown.url == address
    assert await shown.evaluate("opener") is None
    assert errors == []


async def test_another_site_cannot_frame_a_page_of_the_client(
    page_elsewhere: Page, elsewhere: str, tmp_path: Path, site: str, town: World
) -> None:
    page, errors = page_elsewhere, list[str]()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    author = await town.make_user()
    (tmp_path / "index.html").write_text(
        f"<!doctype html><link rel=icon href=data:,><iframe src='{site}/@{author.alias}'></iframe>"
    )
    await page.goto(elsewhere)
    await page.wait_for_load_state("networkidle")
    assert any("frame" in error for error in errors)
    assert all(frame.url != f"{site}/@{author.alias}" for frame in page.frames[1:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
async def test_axe_finds_nothing_in_an_embedded_post(
    visit: Visit, axe: str, town: World, scheme: Literal["light", "dark"], language: str
) -> None:
    page = visit.page
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": 320, "height": 600})
    hostile = await make_hostile(town, f"e{language}{scheme}")
    gone = await town.post(hostile.author, "gone")
    gap = await town.post(hostile.author, "a gap", reply_to=gone, quote=gone)
    await town.storage.posts.delete_post(gone.id, author=hostile.author.id)
    quoting = await town.post(
        hostile.author, f"{BREAKING} https://example.org/{'long' * 30}", quote=hostile.posts["stacked"]
    )
    posts: list[Post] = [*hostile.posts.values(), gap, quoting]
    for post in posts:
        await page.goto(f"/embed/{post_id(post)}?lang={language}")
        await expect(page.get_by_role("article")).to_be_visible()
        assert not await is_too_wide(page), post.text
        assert await page.locator("img[src=x], script").count() == 0
        # axe is a script: it comes from outside of the page, whose policy has none.
        assert await problems(page, axe) == [], post.text
    missing = await page.goto("/embed/none")
    assert missing is not None
    assert missing.status == 404
    assert await problems(page, axe) == []
    visit.forgive("404")
