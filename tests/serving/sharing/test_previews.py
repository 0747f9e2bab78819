"""Shared pages say what they are about: in their title, description, picture, data and canonical address."""

import json
from typing import Any

import httpx
import pytest

from app import create_app
from schema.global_ids import IdKind, encode
from serving.sharing.previews import post_head
from settings import Settings
from tests.client import connected, post_id
from tests.serving.sharing.conftest import CLIENT
from tests.serving.sharing.shared import SITE, Parsed, make_post
from tests.world import World

A_BROWSER = {"accept": "text/html,*/*;q=0.8"}
HERE = "http://tweeter"


async def page_at(site: httpx.AsyncClient, path: str, **headers: str) -> Parsed:
    shown = await site.get(path, headers=A_BROWSER | headers)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "unsafe" not in shown.headers["content-security-policy"]
    return Parsed(shown.text)


def data_of(parsed: Parsed) -> Any:
    (text,) = [text for text in parsed.texts if text.startswith("{")]
    return json.loads(text)


async def test_the_page_of_a_post_describes_it(site: httpx.AsyncClient, world: World) -> None:
    ada = await world.make_user("Ada")
    post = await world.post(ada, "Ship in harbour,\n\nsails  down")
    address = f"{HERE}/@Ada/posts/{post_id(post)}"
    parsed = await page_at(site, f"/@ada/posts/{post_id(post)}")

    assert [text for text in parsed.texts if "Tweeter" in text] == ["Ada Test: “Ship in harbour, sails down” · Tweeter"]
    expected = {
        "description": "Ship in harbour, sails down",
        "og:description": "Ship in harbour, sails down",
        "og:title": "Ada Test (@Ada)",
        "og:url": address,
        "og:type": "article",
    }
    assert {name: parsed.meta(name) for name in expected} == expected
    assert parsed.meta("og:image") == f"{HERE}/icons/icon-512.png"
    assert parsed.meta("twitter:card") == "summary"
    assert [link["href"] for link in parsed.links("canonical")] == [address]
    data = data_of(parsed)
    assert (data["@type"], data["url"], data["text"]) == ("DiscussionForumPosting", address, post.text)
    assert data["author"]["url"] == f"{HERE}/@Ada"
    assert data["datePublished"] == post.created_at.isoformat()


async def test_a_quote_without_a_comment_is_described_by_the_quoted_post(site: httpx.AsyncClient, world: World) -> None:
    ada, bob = await world.make_user("ada"), await world.make_user("bob")
    quoted = await world.post(bob, "first")
    post = await world.post(ada, "", quote=quoted)
    path = f"/@ada/posts/{post_id(post)}"
    parsed = await page_at(site, path)
    assert parsed.meta("description") == "@bob: first"
    assert data_of(parsed)["sharedContent"]["url"] == f"{HERE}/@bob/posts/{post_id(quoted)}"

    await world.storage.posts.delete_post(quoted.id, author=bob.id)
    parsed = await page_at(site, path)
    assert parsed.meta("description") is None
    assert "sharedContent" not in data_of(parsed)


def test_a_post_with_pictures_is_previewed_by_the_first_one() -> None:
    shared = make_post("hello", alts=["a ship", "a harbour"])
    parsed = Parsed(post_head(shared, SITE))
    expected = {
        "og:image": f"{SITE.origin}/media/pictures/f0/1600.webp",
        "og:image:width": "1600",
        "og:image:height": "800",
        "og:image:alt": "a ship",
        "twitter:card": "summary_large_image",
    }
    assert {name: parsed.meta(name) for name in expected} == expected
    assert data_of(parsed)["image"] == [f"{SITE.origin}/media/pictures/f{place}/1600.webp" for place in (0, 1)]


async def test_the_page_of_an_account_describes_it(site: httpx.AsyncClient, world: World) -> None:
    ada = await world.make_user("ada")
    await world.storage.users.change_profile(ada.id, {"bio": "I write\nprograms.", "image": "abc"})
    await world.follow(await world.make_user("bob"), ada)
    parsed = await page_at(site, "/@ADA")
    assert "Ada Test · Tweeter" in parsed.texts
    assert parsed.meta("og:description") == "I write programs."
    assert parsed.meta("og:image") == f"{HERE}/media/images/abc/400.webp"
    assert parsed.meta("og:type") == "profile"
    assert [link["href"] for link in parsed.links("canonical")] == [f"{HERE}/@ada"]
    assert [link["href"] for link in parsed.links("alternate")] == [f"{HERE}/@ada/feed.xml"]
    data = data_of(parsed)
    assert (data["@type"], data["mainEntity"]["alternateName"]) == ("ProfilePage", "@ada")
    assert data["mainEntity"]["interactionStatistic"]["userInteractionCount"] == 1


@pytest.mark.parametrize("path", ["/", "/login", "/search", "/compose", "/@ada/followers", "/@ada/followees"])
async def test_other_pages_stay_as_they_are_built(site: httpx.AsyncClient, world: World, path: str) -> None:
    await world.make_user("ada")
    assert (await site.get(path, headers=A_BROWSER)).text == CLIENT


async def test_what_is_missing_is_404_and_not_described(site: httpx.AsyncClient, world: World) -> None:
    ada = await world.make_user("ada")
    post = await world.post(ada)
    await world.storage.posts.delete_post(post.id, author=ada.id)
    for path in ("/@bob", f"/@ada/posts/{post_id(post)}"):
        answer = await site.get(path, headers=A_BROWSER)
        assert (answer.status_code, answer.text) == (404, CLIENT)


async def test_a_repost_has_no_page(site: httpx.AsyncClient, world: World) -> None:
    ada, bob = await world.make_user("ada"), await world.make_user("bob")
    reposting = await world.storage.reposts.repost(bob.id, await world.post(ada))
    assert reposting is not None
    path = f"/@bob/posts/{encode(IdKind.POST, reposting.id)}"
    assert (await site.get(path, headers=A_BROWSER)).status_code == 404


async def test_a_block_between_two_accounts_hides_nothing_from_everybody(site: httpx.AsyncClient, world: World) -> None:
    ada, bob = await world.make_user("ada"), await world.make_user("bob")
    post = await world.post(ada, "hello", quote=await world.post(bob, "quoted"))
    await world.storage.relations.block(ada.id, bob.id)
    parsed = await page_at(site, f"/@ada/posts/{post_id(post)}")
    assert data_of(parsed)["sharedContent"]["text"] == "quoted"


async def test_a_page_is_revalidated_and_compressed(site: httpx.AsyncClient, world: World) -> None:
    ada = await world.make_user("ada")
    path = f"/@ada/posts/{post_id(await world.post(ada))}"
    shown = await site.get(path, headers=A_BROWSER)
    assert shown.headers["cache-control"] == "no-cache"
    assert shown.headers["content-encoding"] == "gzip"
    known = {"if-none-match": shown.headers["etag"]}
    again = await site.get(path, headers=A_BROWSER | known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == shown.headers["content-security-policy"]
    await world.storage.users.change_profile(ada.id, {"first_name": "Augusta"})
    assert (await site.get(path, headers=A_BROWSER | known)).status_code == 200


async def test_addresses_follow_the_request_or_the_setting(
    site: httpx.AsyncClient, world: World, mongodb_url: str, redis_url: str
) -> None:
    await world.make_user("ada")
    parsed = await page_at(site, "/@ada", host="other.example:8000")
    assert [link["href"] for link in parsed.links("canonical")] == ["http://other.example:8000/@ada"]

    settings = Settings(
        mongodb_url=mongodb_url,
        redis_url=redis_url,
        mongodb_database=world.storage.mongo.database.name,
        public_origin="https://tweeter.example",
        rate_limits="off",
    )
    app = create_app(settings)
    async with app.router.lifespan_context(app), connected(app) as http:
        robots = await http.get("/robots.txt", headers={"host": "liar.example"})
        assert "Sitemap: https://tweeter.example/sitemap.xml" in robots.text
        assert "liar" not in robots.text
