"""The check after the run: compares the database and all feeds with the clients' records."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from audit.findings import HARMLESS
from domain.records import User
from domain.relations import RelationKind
from domain.visibility import FollowOptions
from storage import DatabaseError, Storage
from storage.maintenance import Maintenance
from tests.audited import audited
from tests.torture.books import Book
from tests.torture.cluster import CELEBRITY_THRESHOLD, FEED_WINDOW
from tests.torture.patient import Client
from tests.torture.readers import ALL_PAGES, Wishes
from tests.world import World

DRAINED_WITHIN_S = 90
COUNTED_WITHIN_S = 60
OVER_HTTP = 40  # readers whose whole feed is read page by page


@dataclass
class Verdict:
    lost: list[int] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)  # deleted, but still there
    strangers: list[str] = field(default_factory=list)  # posts that no client sent
    wrong_wishes: list[str] = field(default_factory=list)  # follows, options, mutes and blocks
    wrong_likes: list[str] = field(default_factory=list)
    wrong_feeds: list[str] = field(default_factory=list)
    wrong_counts: list[str] = field(default_factory=list)
    counts_off_at_first: int = 0  # accounts, before the sweep had time to compare twice
    left_open: int = 0
    restarted: list[str] = field(default_factory=list)  # processes that ended without being killed by a fault
    feeds_read: int = 0
    damage: list[str] = field(default_factory=list)  # what `tweeter audit` finds
    leftovers: int = 0  # entries that no read shows


async def drain(storage: Storage) -> int:
    """Wait until no ledger is open. Return the number of open ledgers after the timeout."""
    try:
        async with asyncio.timeout(DRAINED_WITHIN_S):
            while await _is_any_open(storage):
                await asyncio.sleep(0.1)
    except TimeoutError:
        return await storage.feed.ledgers.count_in_flight(limit=10**6)
    return 0


async def _is_any_open(storage: Storage) -> bool:
    try:
        return await storage.feed.ledgers.count_in_flight(limit=1) > 0
    except DatabaseError:  # during an election
        return True


async def compare_posts(storage: Storage, books: Mapping[int, Book], verdict: Verdict) -> None:
    stored = {post.id: post for post in await Maintenance(storage).bulk.find_posts(list(books))}
    for book in books.values():
        texts = Counter(post.text for post in stored.values() if post.author == book.author)
        verdict.lost += [post for post in book.posts if post not in stored and post not in book.deleted]
        verdict.returned += [post for post in book.deleted if post in stored]
        verdict.doubled += [text for text, times in texts.items() if times > 1]
        verdict.strangers += sorted(texts.keys() - book.tried)


async def compare_reposts(storage: Storage, books: Mapping[int, Book], verdict: Verdict) -> None:
    """Compare the reposts of posts that are there. A task removes the others, which no read shows."""
    gone = {post for book in books.values() for post in book.deleting}
    found = storage.mongo.collection("posts").find({"repost_of": {"$exists": True}}, {"author": 1, "repost_of": 1})
    stored = {row["_id"]: (row["author"], row["repost_of"]) async for row in found if row["repost_of"] not in gone}
    for book in books.values():
        mine = {repost: post for repost, (author, post) in stored.items() if author == book.author}
        kept = {repost for repost in book.live_reposts() if book.reposts[repost].post not in gone}
        verdict.lost += sorted(kept - mine.keys())
        verdict.returned += sorted(book.undone.keys() & mine.keys())
        verdict.doubled += [f"repost of {post}" for post, times in Counter(mine.values()).items() if times > 1]
        verdict.strangers += [f"repost {repost}" for repost in mine if repost not in book.reposts]


async def compare_likes(storage: Storage, books: Mapping[int, Book], verdict: Verdict) -> None:
    """Compare the likes of posts that are there. The audit compares the counts with them."""
    gone = {post for book in books.values() for post in book.deleting}
    found = storage.mongo.collection("acts").find({"kind": "like", "at": {"$exists": True}}, {"user": 1, "post": 1})
    stored = {(like["user"], like["post"]) async for like in found if like["post"] not in gone}
    liked = {(book.author, post) for book in books.values() for post in book.liked if post not in gone}
    verdict.wrong_likes += [f"{user} likes {post}, which is lost" for user, post in sorted(liked - stored)]
    verdict.wrong_likes += [f"{user} likes {post}, and was not told" for user, post in sorted(stored - liked)]


async def compare_wishes(storage: Storage, wishes: Mapping[int, Wishes], verdict: Verdict) -> None:
    """Compare what each account has decided about others with the edges and the relations."""
    follows: dict[int, dict[int, FollowOptions]] = {user: {} for user in wishes}
    async for edge in storage.mongo.collection("follows").find({}):
        options = FollowOptions(shows_reposts="hides_reposts" not in edge, is_in_feed="out_of_feed" not in edge)
        follows[edge["follower"]][edge["followee"]] = options
    found = storage.mongo.collection("relations").find({}, {"reader": 1, "other": 1, "kind": 1})
    relations = {(row["reader"], row["other"], RelationKind(row["kind"])) async for row in found}
    wanted = {(user, other, RelationKind.MUTE) for user, wish in wishes.items() for other in wish.muted}
    for user, wish in wishes.items():
        wanted |= {(user, other, RelationKind.BLOCK) for other in wish.blocked}
        wanted |= {(other, user, RelationKind.BLOCKED_BY) for other in wish.blocked}
        if follows[user] != wish.follows:
            verdict.wrong_wishes.append(f"{user} follows {follows[user]}, not {wish.follows}")
    verdict.wrong_wishes += map(str, relations ^ wanted)


async def audit(storage: Storage, users: list[User], verdict: Verdict) -> None:
    """Audit every feed."""
    services = World(storage, celebrity_threshold=CELEBRITY_THRESHOLD, feed_window=FEED_WINDOW).services
    found = await audited(services, [user.id for user in users])
    verdict.leftovers = sum(found[kind] for kind in HARMLESS)
    verdict.damage += [f"{number} {kind.value}" for kind, number in found.items() if number and kind not in HARMLESS]


async def compare_counts(storage: Storage, users: list[User], verdict: Verdict) -> None:
    """Compare the counts of followers and followees with the edges, after the sweep."""
    ids = [user.id for user in users]
    off = await Maintenance(storage).counts.find_drift(ids)
    verdict.counts_off_at_first = len(off)
    with suppress(TimeoutError):
        async with asyncio.timeout(COUNTED_WITHIN_S):
            while off := await Maintenance(storage).counts.find_drift(ids):
                await asyncio.sleep(0.5)
    verdict.wrong_counts += [f"{user}: {difference}" for user, difference in off.items()]


async def compare_feeds(
    storage: Storage, users: list[User], clients: list[Client], verdict: Verdict, dice: Random
) -> None:
    """Compare every feed as read by the storage, and those of the clients over HTTP."""
    world = World(storage)
    by_id = {user.id: user for user in users}
    for client in clients[:OVER_HTTP]:
        seen, _ = await client.feed(page_size=dice.choice((7, 20, 100)), pages=ALL_PAGES)
        verdict.feeds_read += 1
        if [shown.event for shown in seen] != await world.oracle(by_id[client.user]):
            verdict.wrong_feeds.append(f"@{client.alias}, over HTTP")
    for user in users:
        verdict.feeds_read += 1
        if await world.feed(user, page_size=100) != await world.oracle(user):
            verdict.wrong_feeds.append(f"@{user.alias}")
