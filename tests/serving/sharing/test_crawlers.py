"""robots.txt and the sitemap: every account with posts or replies of its own, in parts."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import httpx
import pytest

from domain.ids import MAX_ID
from storage import Storage
from storage.sharing import Sitemap
from tests.world import World

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(xml: str) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(xml).findall(".//s:loc", NAMES)]


async def test_robots_names_the_sitemap(site: httpx.AsyncClient) -> None:
    robots = await site.get("/robots.txt")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Disallow: /settings\n" in robots.text
    assert "Disallow: /\n" not in robots.text
    (sitemap,) = re.findall("Sitemap: (.*)", robots.text)
    assert locations((await site.get(sitemap)).text)


async def test_the_sitemap_lists_accounts_that_have_posted(site: httpx.AsyncClient, world: World) -> None:
    ada, bob, eve, _ = [await world.make_user(alias) for alias in ("Ada", "bob", "eve", "silent")]
    await world.post(ada)
    newest = await world.post(ada)
    reply = await world.post(bob, reply_to=newest)
    for account in (ada, bob, eve):
        await world.storage.reposts.repost(account.id, newest)
    (part,) = locations((await site.get("/sitemap.xml")).text)
    answer = await site.get(part)
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    assert locations(answer.text) == ["http://tweeter/@Ada", "http://tweeter/@bob"]
    modified = [found.text for found in ElementTree.fromstring(answer.text).findall("s:url/s:lastmod", NAMES)]
    assert modified == [post.created_at.isoformat(timespec="seconds") for post in (newest, reply)]


async def test_the_sitemap_tells_of_the_newest_post_and_without_one_of_the_newest_reply(
    storage: Storage, world: World
) -> None:
    ada, bob = await world.make_users(2)
    await world.post(ada)
    newest = await world.post(ada)
    for account in (ada, bob):
        await world.post(account, reply_to=newest)
        reply = await world.post(account, reply_to=newest)
    assert [account.newest for account in await storage.sitemap.part(0, MAX_ID)] == [newest.id, reply.id]


@pytest.mark.parametrize(
    "part", ["x", "1", "2-1", "1-1", "-1-2", "0-9" + "9" * 30, f"0-{MAX_ID + 1}", "0-1-2", "²-³", "0-%FF"]
)
async def test_other_parts_do_not_exist(site: httpx.AsyncClient, part: str) -> None:
    assert (await site.get(f"/sitemaps/{part}.xml")).status_code == 404


@pytest.mark.parametrize("calls", [1, 2, 4])
async def test_the_parts_together_hold_each_account_once(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    """Also if accounts come between the calls, and if one call does not find all parts."""
    monkeypatch.setattr("storage.sharing.PART", 5)
    monkeypatch.setattr("storage.sharing.PARTS_AT_ONCE", 2)
    sitemap, posted = Sitemap(storage.mongo), []
    for _ in range(calls):
        for number, user in enumerate(await world.make_users(9)):
            if number % 3:
                await world.post(user)
                posted.append(user.alias)
        parts = await sitemap.parts()
        assert parts[0][0] == 0
        assert parts[-1][1] == MAX_ID
        assert all(before[1] == after[0] for before, after in pairwise(parts))
    while len(parts) < 9 * calls // 5 + 1:
        parts = await sitemap.parts()
    listed = [account.alias for part in parts for account in await sitemap.part(*part)]
    assert listed == posted


async def test_a_part_is_bounded_whatever_its_ends_are(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sharing.PART", 3)
    monkeypatch.setattr("storage.sharing.MORE_IN_PART", 1)
    for user in await world.make_users(9):
        await world.post(user)
    assert len(await Sitemap(storage.mongo).part(0, MAX_ID)) == 4
