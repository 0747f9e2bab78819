"""The client as an application of the device: manifest, icons, offline page, and texts that other apps share."""

import io
import json
import re
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from serving.pages import BUILT
from tests.client import sign_up
from tests.waiting import wait_until
from tests.web.arriving import SESSION, come_signed_in, expect_heading
from tests.web.test_looks import axe, problems
from tests.web.visit import Visit
from tests.world import World

__all__ = ["axe"]  # a fixture

OFFLINE = "You are offline"
IS_READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture
def service_workers() -> Literal["allow"]:
    return "allow"


async def until_controlled(page: Page) -> None:
    async def is_controlled() -> bool:
        controlled: bool = await page.evaluate(IS_READY)
        return controlled

    await wait_until(is_controlled)


async def go_offline(visit: Visit, path: str) -> None:
    """Visit a page without a network. What the page before it asks for meanwhile may fail."""
    visit.allow("ERR_INTERNET_DISCONNECTED")
    await visit.page.context.set_offline(True)
    await visit.page.goto(path)


async def test_the_browser_accepts_the_manifest(visit: Visit) -> None:
    page = visit.page
    await page.goto("/")
    devtools = await page.context.new_cdp_session(page)
    read = await devtools.send("Page.getAppManifest")
    assert read["errors"] == []
    manifest = json.loads(read["data"])
    assert read["url"].endswith("/manifest.webmanifest")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        answer = await page.request.get(icon["src"])
        assert answer.headers["cache-control"] == "public, max-age=86400"
        picture = Image.open(io.BytesIO(await answer.body()))
        assert icon["sizes"] == f"{picture.width}x{picture.height}"
        is_opaque = picture.convert("RGBA").getchannel("A").getextrema() == (255, 255)
        assert is_opaque == (icon["purpose"] == "maskable"), "a mask would show what is behind"
    touch = await page.locator("link[rel=apple-touch-icon]").get_attribute("href")
    assert (await page.request.get(touch or "")).headers["content-type"] == "image/png"
    refused = (await devtools.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert {problem["errorId"] for problem in refused} <= {"in-incognito"}


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/offline"])
async def test_files_of_fixed_names_are_revalidated(visit: Visit, path: str) -> None:
    answer = await visit.page.request.get(path)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")
    assert "unsafe" not in answer.headers.get("content-security-policy", "")


@pytest.mark.parametrize("path", ["/icons/none.png", "/icons/..%2findex.png", "/icons/%2e%2e/index.html", "/icons/"])
async def test_other_icons_do_not_exist(visit: Visit, path: str) -> None:
    assert (await visit.page.request.get(path)).status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_page_that_cannot_be_loaded_is_replaced_by_the_offline_page(
    visit: Visit, axe: str, scheme: Literal["light", "dark"]
) -> None:
    page = visit.page
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto("/")
    await until_controlled(page)
    await go_offline(visit, "/login")
    await expect_heading(page, OFFLINE)
    await expect(page).to_have_title(f"{OFFLINE} · Tweeter")
    await expect(page.get_by_role("main")).to_have_count(1)
    assert await problems(page, axe) == []
    await page.context.set_offline(False)  # the page opens by itself
    await expect_heading(page, "Sign in")
    assert page.url.endswith("/login")


async def test_the_offline_page_speaks_the_chosen_language_in_the_chosen_theme(visit: Visit) -> None:
    page = visit.page
    await page.goto("/")
    await until_controlled(page)
    await page.evaluate("localStorage.setItem('tweeter.language', 'de'); localStorage.setItem('tweeter.theme', 'dark')")
    await go_offline(visit, "/@ada")
    await expect_heading(page, "Du bist offline")
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    await page.get_by_role("link", name="Noch einmal versuchen").click()
    await expect_heading(page, "Du bist offline")


async def test_nothing_but_the_offline_page_is_kept(visit: Visit, town: World) -> None:
    page = visit.page
    await page.goto("/healthz")
    await page.evaluate("caches.open('offline-of-before').then(cache => cache.put('/', new Response('old')))")
    reader = await come_signed_in(page, town)
    await town.post(reader.user, "hello")
    await page.goto("/")
    await until_controlled(page)
    await page.goto(f"/@{reader.user.alias}")
    await expect(page.get_by_role("article")).to_contain_text("hello")
    kept: dict[str, list[str]] = await page.evaluate(
        """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async name => [name,
            (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)])))"""
    )
    html = (BUILT / "offline.html").read_text()
    assert list(map(sorted, kept.values())) == [sorted(["/offline", *re.findall(r'"(/assets/[^"]+)"', html)])]


async def test_the_worker_of_a_new_version_replaces_the_old_one(visit: Visit) -> None:
    """And its offline page is the new one, also in tabs that are open."""
    page = visit.page
    await page.goto("/")
    await until_controlled(page)
    worker = (BUILT / "sw.js").read_text()
    version = re.search(r"`offline-([\w-]+)`", worker)
    assert version is not None

    registered: dict[str, Any] = await page.evaluate(
        "navigator.serviceWorker.getRegistration().then(({ active, scope, updateViaCache }) =>"
        " ({ script: active.scriptURL, scope, updateViaCache }))"
    )
    assert registered["script"].endswith("/sw.js")
    assert registered["updateViaCache"] == "imports", "the browser revalidates the script itself"
    assert await page.evaluate("caches.keys()") == [f"offline-{version[1]}"]
    await page.evaluate("navigator.serviceWorker.getRegistration().then(registration => registration.update())")
    await page.reload()
    assert await page.evaluate("caches.keys()") == [f"offline-{version[1]}"]


async def drafts_of(page: Page) -> list[str]:
    drafts: list[str] = await page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('tweeter.drafts.'))"
        ".map(([, value]) => JSON.parse(value).text)"
    )
    return drafts


async def test_what_another_app_shares_is_in_a_new_draft(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/compose?title=A%20page&text=worth%20reading&url=https%3A%2F%2Fexample.org%2F")
    text = "A page\nworth reading\nhttps://example.org/"
    box = page.get_by_role("textbox", name="Text of the post")
    await expect(box).to_have_value(text)
    await expect(page).to_have_url(re.compile("^http://[^/]+/$"))
    await page.reload()
    await expect(box).to_have_value(text)
    assert await drafts_of(page) == [text]
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect_heading(page, "Home")

    await page.goto("/compose?text=another")
    await expect(box).to_have_value("another")
    assert sorted(await drafts_of(page)) == [text, "another"]


async def test_without_a_text_the_composer_opens_empty(visit: Visit, town: World) -> None:
    page = visit.page
    await come_signed_in(page, town)
    await page.goto("/compose?text=%20")
    await expect(page.get_by_role("textbox", name="Text of the post")).to_have_value("")
    assert await drafts_of(page) == []


async def test_who_shares_without_a_session_signs_in_first(visit: Visit, town: World) -> None:
    page = visit.page
    await page.goto("/compose?text=shared")
    await expect_heading(page, "Sign in")
    someone = await sign_up(town)
    session = json.dumps({"token": someone.token, "alias": someone.user.alias})
    other = await page.context.new_page()  # signs in, and all tabs with it
    await other.goto("/healthz")
    await other.evaluate("([key, value]) => localStorage.setItem(key, value)", [SESSION, session])
    await expect(page.get_by_role("textbox", name="Text of the post")).to_have_value("shared")
