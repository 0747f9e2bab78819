"""RSS: the newest posts of an account, for feed readers."""

from email.utils import parsedate_to_datetime
from html import escape
from xml.etree import ElementTree

import httpx
import pytest

from domain.sharing import SharedStory
from serving.sharing.feeds import rss
from tests.client import post_id
from tests.serving.sharing.shared import SITE, Parsed, make_post
from tests.world import World

HERE = "http://tweeter"


async def feed_of(site: httpx.AsyncClient, alias: str) -> ElementTree.Element:
    answer = await site.get(f"/@{alias}/feed.xml")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/rss+xml; charset=utf-8")
    channel = ElementTree.fromstring(answer.text).find("channel")
    assert channel is not None
    return channel


async def test_a_feed_has_the_newest_posts_without_replies_and_reposts(site: httpx.AsyncClient, world: World) -> None:
    ada, bob = await world.make_user("Ada"), await world.make_user("bob")
    others = await world.post(bob, "by bob")
    posts = [await world.post(ada, f"number {number}") for number in range(24)]
    await world.post(ada, "a reply", reply_to=others)
    await world.storage.reposts.repost(ada.id, others)
    await world.storage.posts.delete_post(posts.pop(20).id, author=ada.id)
    expected = posts[::-1][:20]

    channel = await feed_of(site, "ada")
    items = channel.findall("item")
    assert [item.findtext("description") for item in items] == [f"<p>{post.text}</p>" for post in expected]
    assert [item.findtext("guid") for item in items] == [f"{HERE}/@Ada/posts/{post_id(post)}" for post in expected]
    published = parsedate_to_datetime(items[0].findtext("pubDate") or "")
    assert published == expected[0].created_at.replace(microsecond=0)
    assert channel.findtext("title") == "Ada Test (@Ada)"
    assert channel.findtext("link") == f"{HERE}/@Ada"


async def test_a_quoted_post_and_a_gap_are_shown_by_their_text(site: httpx.AsyncClient, world: World) -> None:
    ada, bob = await world.make_user("ada"), await world.make_user("bob")
    quoted = await world.post(bob, "first\nsecond @ada")
    await world.post(ada, "see", quote=quoted)

    async def shown() -> Parsed:
        return Parsed((await feed_of(site, "ada")).findtext("item/description") or "")

    parsed = await shown()
    assert "".join(parsed.texts) == "see@bob: firstsecond @ada"
    assert [link["href"] for link in parsed.attributes_of("a")] == [f"{HERE}/@bob", f"{HERE}/@ada"]
    await world.storage.posts.delete_post(quoted.id, author=bob.id)
    assert "".join((await shown()).texts) == "seeThis post is not available."


def test_pictures_are_in_a_feed_by_their_whole_address() -> None:
    shared = make_post("", alts=["a ship"])
    root = ElementTree.fromstring(rss(SharedStory(user=shared.author, posts=[shared]), SITE))
    (picture,) = Parsed(root.findtext("channel/item/description") or "").attributes_of("img")
    expected = {"src": f"{SITE.origin}/media/pictures/f0/640.webp", "alt": "a ship", "width": "640", "height": "320"}
    assert picture == expected


@pytest.mark.parametrize(
    ("text", "shown", "path"),
    [
        ("see #Ships!", "#Ships", "Ships"),
        ("＃大海&<b>", "＃大海", "%E5%A4%A7%E6%B5%B7"),
        ("#می\u200cخواهم", "#می\u200cخواهم", "%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85"),
    ],
)
async def test_tags_lead_to_their_pages(
    site: httpx.AsyncClient, world: World, text: str, shown: str, path: str
) -> None:
    ada = await world.make_user("ada")
    await world.post(ada, "quoting", quote=await world.post(await world.make_user("bob"), text))
    await world.post(ada, text)
    described = [item.text or "" for item in (await feed_of(site, "ada")).findall("item/description")]
    link = f'<a href="{HERE}/tags/{path}">{shown}</a>'
    assert described[0] == f"<p>{escape(text).replace(shown, link)}</p>"
    assert link in described[1]
    assert (await site.get(f"/tags/{path}", headers={"accept": "text/html"})).status_code == 200


async def test_a_feed_is_sent_once_until_it_changes(site: httpx.AsyncClient, world: World) -> None:
    ada = await world.make_user("ada")
    first = await world.post(ada, "first")
    answer = await site.get("/@ada/feed.xml")
    tag = answer.headers["etag"]
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert parsedate_to_datetime(answer.headers["last-modified"]) == first.created_at.replace(microsecond=0)
    for known_tags in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = await site.get("/@ada/feed.xml", headers={"if-none-match": known_tags})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await site.get("/@ada/feed.xml", headers={"if-none-match": '"other"'})).status_code == 200

    since = {"if-modified-since": answer.headers["last-modified"]}
    second = await world.post(ada, "within the same second")
    assert "same second" in (await site.get("/@ada/feed.xml", headers=since)).text
    await world.storage.posts.delete_post(first.id, author=ada.id)
    for known in ({"if-none-match": tag}, since):
        changed = await site.get("/@ada/feed.xml", headers=known)
        assert (changed.status_code, changed.text.count("<item>")) == (200, 1)
        assert post_id(second) in changed.text


@pytest.mark.parametrize("alias", ["nobody", "a.b", "%FF", "a" * 31])
async def test_an_account_that_does_not_exist_has_no_feed(site: httpx.AsyncClient, alias: str) -> None:
    assert (await site.get(f"/@{alias}/feed.xml")).status_code == 404


async def test_an_account_without_posts_has_an_empty_feed(site: httpx.AsyncClient, world: World) -> None:
    await world.make_user("ada")
    channel = await feed_of(site, "ada")
    assert channel.findall("item") == []
