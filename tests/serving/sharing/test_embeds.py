"""Embedded posts and oEmbed, by which other sites find them."""

from typing import Any

import httpx
import pytest

from schema.global_ids import IdKind, encode
from tests.client import post_id
from tests.serving.sharing.shared import Parsed
from tests.world import World

HERE = "http://tweeter"
MISSING = encode(IdKind.POST, 5)


async def embedded(site: httpx.AsyncClient, post: str, *, status: int = 200, accepted: str = "") -> Parsed:
    answer = await site.get(f"/embed/{post}", headers={"accept-language": accepted})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    return Parsed(answer.text)


async def test_any_site_may_frame_a_post_and_no_other_page(site: httpx.AsyncClient, world: World) -> None:
    post = await world.post(await world.make_user("ada"))
    answer = await site.get(f"/embed/{post_id(post)}")
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "img-src 'self'", "form-action 'none'", "frame-ancestors *"} <= set(policy)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "script" not in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    for path in ("/", "/@ada", f"/@ada/posts/{post_id(post)}", "/@ada/feed.xml", "/oembed", "/sitemap.xml", "/graphql"):
        other = await site.get(path, headers={"accept": "text/html"})
        assert other.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors *" not in other.headers.get("content-security-policy", "")


async def test_an_embedded_post_shows_what_it_answers_and_quotes(site: httpx.AsyncClient, world: World) -> None:
    ada, bob = await world.make_user("ada"), await world.make_user("bob")
    root = await world.post(bob, "the root")
    quoted = await world.post(bob, "the quoted")
    post = await world.post(ada, "hello @bob https://example.org/x #ships", reply_to=root, quote=quoted)
    parsed = await embedded(site, post_id(post))
    shown = " ".join(" ".join(parsed.texts).split())
    assert "Replying to @bob" in shown
    assert "hello @bob https://example.org/x #ships" in shown
    assert "Bob Test @bob the quoted" in shown
    for link in parsed.attributes_of("a"):
        assert link["target"] == "_blank"
        assert {"noopener", "noreferrer"} <= set((link["rel"] or "").split())
    hrefs = [link["href"] for link in parsed.attributes_of("a")]
    inside = {f"{HERE}/@ada", f"{HERE}/@bob", f"{HERE}/@ada/posts/{post_id(post)}", f"{HERE}/tags/ships"}
    assert {*inside, "https://example.org/x"} == set(hrefs)
    assert [link["href"] for link in parsed.links("canonical")] == [f"{HERE}/@ada/posts/{post_id(post)}"]
    assert parsed.meta("robots") == "noindex"
    assert {tag for tag, _ in parsed.elements}.isdisjoint({"script", "form", "iframe", "object"})

    await world.storage.posts.delete_post(quoted.id, author=bob.id)
    assert "The quoted post has been deleted." in (await embedded(site, post_id(post))).texts


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "fr, en;q=0.5, de;q=0.7", "de"),
        ("", "de;q=0, fr", "en"),
        ("", "de;q=x;;,,=", "en"),
        ("?lang=de", "en", "de"),
        ("?lang=tlh", "de", "de"),
    ],
)
async def test_an_embedded_post_speaks_the_language_of_its_reader(
    site: httpx.AsyncClient, world: World, query: str, accepted: str, language: str
) -> None:
    post = await world.post(await world.make_user("ada"))
    parsed = await embedded(site, post_id(post) + query, accepted=accepted)
    assert parsed.attributes_of("html") == [{"lang": language}]
    words = {"en": "View on Tweeter", "de": "Auf Tweeter ansehen"}
    assert words[language] in parsed.texts


@pytest.mark.parametrize(
    ("theme", "scheme"), [("dark", "dark"), ("light", "light"), ("x", "light dark"), ("", "light dark")]
)
async def test_a_site_may_choose_the_theme(site: httpx.AsyncClient, world: World, theme: str, scheme: str) -> None:
    post = await world.post(await world.make_user("ada"))
    assert (await embedded(site, f"{post_id(post)}?theme={theme}")).meta("color-scheme") == scheme


@pytest.mark.parametrize("post", [MISSING, "x", "%FF", encode(IdKind.USER, 5), "a" * 500])
async def test_a_missing_post_is_a_page_that_says_so(site: httpx.AsyncClient, post: str) -> None:
    assert "This post is not available." in (await embedded(site, post, status=404)).texts


async def test_an_embedded_post_is_revalidated(site: httpx.AsyncClient, world: World) -> None:
    ada = await world.make_user("ada")
    post = await world.post(ada)
    path = f"/embed/{post_id(post)}"
    answer = await site.get(path)
    assert answer.headers["cache-control"] == "no-cache"
    assert set(answer.headers["vary"].split(", ")) == {"accept-encoding", "accept-language"}
    known = {"if-none-match": answer.headers["etag"]}
    assert (await site.get(path, headers=known)).status_code == 304
    assert (await site.get(path, headers=known | {"accept-language": "de"})).status_code == 200
    await world.storage.posts.delete_post(post.id, author=ada.id)
    assert (await site.get(path, headers=known)).status_code == 404


async def ask(site: httpx.AsyncClient, status: int = 200, **parameters: str) -> Any:
    answer = await site.get("/oembed", params=parameters)
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


async def test_oembed_describes_a_post(site: httpx.AsyncClient, world: World) -> None:
    post = await world.post(await world.make_user("ada"), "hello\nthere")
    address = f"{HERE}/@ada/posts/{post_id(post)}"
    found = await ask(site, url=address, format="json")
    assert (found["type"], found["version"], found["author_url"]) == ("rich", "1.0", f"{HERE}/@ada")
    (frame,) = Parsed(found["html"]).attributes_of("iframe")
    assert frame["src"] == f"{HERE}/embed/{post_id(post)}"
    assert (frame["width"], frame["height"]) == (str(found["width"]), str(found["height"]))
    assert found == await ask(site, url=f"{HERE}/embed/{post_id(post)}")

    page = Parsed((await site.get(f"/@ada/posts/{post_id(post)}", headers={"accept": "text/html"})).text)
    (link,) = page.links("alternate")
    assert link["type"] == "application/json+oembed"
    assert (await site.get(link["href"] or "")).json() == found


async def test_oembed_keeps_to_the_size(site: httpx.AsyncClient, world: World) -> None:
    post = await world.post(await world.make_user("ada"), "x" * 280)
    address = f"{HERE}/@ada/posts/{post_id(post)}"
    small = await ask(site, url=address, maxwidth="300", maxheight="100")
    assert (small["width"], small["height"]) == (300, 100)
    wide = await ask(site, url=address, maxwidth="9999")
    assert wide["width"] == 550
    assert wide["height"] < (await ask(site, url=address, maxwidth="300"))["height"]


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/@ada/posts/POST",
        "http://tweeter@elsewhere.example/@ada/posts/POST",
        "http://tweeter:1/@ada/posts/POST",
        "ftp://tweeter/@ada/posts/POST",
        "http://tweeter/@ada",
        "http://tweeter/ada/posts/POST",
        "http://tweeter/@ada/posts/POST/x",
        f"http://tweeter/@ada/posts/{MISSING}",
        "http://tweeter/@ada/posts/x",
        "http://[tweeter/@ada/posts/POST",
        "//",
    ],
)
async def test_oembed_knows_addresses_of_posts_alone(site: httpx.AsyncClient, world: World, url: str) -> None:
    post = await world.post(await world.make_user("ada"))
    await ask(site, 404, url=url.replace("POST", post_id(post)))


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": "http://tweeter/", "format": "xml"}, 501),
        ({"url": "http://tweeter/", "maxwidth": "-1"}, 400),
        ({"url": "http://tweeter/", "maxheight": "9" * 5_000}, 400),
        ({"url": "http://tweeter/", "maxwidth": "²"}, 400),
    ],
)
async def test_oembed_refuses_what_it_cannot_answer(
    site: httpx.AsyncClient, parameters: dict[str, str], status: int
) -> None:
    await ask(site, status, **parameters)
