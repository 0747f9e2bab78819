"""The keys and documents that MongoDB examines for a page of notifications do not grow with the likes of a post."""

from typing import Any

import pytest

from domain.ids import IDS_OF_DAY, IDS_OF_HOUR, first_id_of_day
from domain.notifications import ALL_KINDS, MAX_ACTORS, MAX_COUNT, NotificationKind, NotificationRequest
from domain.records import Post, User
from storage import Storage
from storage.buckets import bucket_of
from storage.follows import new_edge
from storage.notification_reading import REFILL, SLACK
from storage.notified_groups import KEYS_FOR_A_GROUP
from storage.post_documents import new_repost
from tests.commands import Commands, Join, Plan, explain, explain_joins
from tests.storage.crowds import make_posts
from tests.world import World

LIKES, POSTS, HOURS = 500, 3, 2  # each post has so many likes in each of the hours
GROUPS = POSTS * HOURS
FIRST = 20
FIRST_KEYS = KEYS_FOR_A_GROUP * (FIRST + 1 + SLACK)


async def hot(storage: Storage, world: World) -> tuple[User, list[Post]]:
    """Return an account with 3,000 likes, as many reposts and as many followers, and its posts."""
    ann = await world.make_user()
    posts = await make_posts(storage, [ann] * POSTS)
    now = first_id_of_day(storage.ids.draw()) + IDS_OF_DAY // 2
    acts: list[dict[str, Any]] = []
    reposts: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    for hour in range(HOURS):
        for post in posts:
            for place in range(LIKES):
                at = now - hour * IDS_OF_HOUR + 1_000 * len(acts)
                user = 10**6 + hour * LIKES + place
                act = {"_id": at, "kind": "like", "post": post.id, "user": user, "at": at, "author": ann.id}
                acts.append(act | {"bucket": bucket_of(at, post.id)})
                reposts.append(new_repost(at, author=user, of=post))
                edge = at - hour * IDS_OF_DAY
                edges.append(new_edge(edge, follower=edge, followee=ann.id, push_from=0))
    for name, documents in (("acts", acts), ("posts", reposts), ("follows", edges)):
        await storage.mongo.collection(name).insert_many(documents)
    return ann, posts


async def plans_of(storage: Storage, sent: list[dict[str, Any]]) -> tuple[list[Plan], list[Join]]:
    """Return the statistics of finds and groups, and those of joins."""
    reads = [one for one in sent if "find" in one or "aggregate" in one]
    joining = [one for one in reads if any("$documents" in stage for stage in one.get("pipeline", ()))]
    plans = [await explain(storage, one) for one in reads if one not in joining and one.get("find") != "users"]
    return plans, [join for one in joining for join in await explain_joins(storage, one)]


async def test_a_page_examines_one_key_for_each_group(storage: Storage, world: World, commands: Commands) -> None:
    ann, _ = await hot(storage, world)
    await storage.notifications.count_unread(ann.id)  # confirms the primary
    bare = NotificationRequest(
        first=FIRST, wants_actors=False, wants_counts=False, wants_unread=False, wants_marker=False
    )
    with commands.during() as sent:
        page = await storage.notifications.page(ann.id, bare)
    assert len(page.items) == 2 * GROUPS + HOURS
    plans, joins = await plans_of(storage, sent)
    assert joins == []
    skipped = [plan for plan in plans if "DISTINCT_SCAN" in plan.stages]
    assert len(skipped) > len(ALL_KINDS - {NotificationKind.MENTION})
    assert sum(plan.keys for plan in skipped) <= 2 * GROUPS + HOURS + len(skipped)
    assert sum(plan.keys for plan in plans) <= 3 * FIRST_KEYS + 3 * GROUPS + len(plans)
    assert sum(plan.documents for plan in plans) <= POSTS, "the posts that are shown"
    assert not any({"COLLSCAN", "SORT"} & plan.stages for plan in plans)


async def test_what_a_group_shows_examines_keys_up_to_its_bounds(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann, _ = await hot(storage, world)
    with commands.during() as sent:
        page = await storage.notifications.page(ann.id, NotificationRequest(first=FIRST))
    counts = {NotificationKind.LIKE: LIKES, NotificationKind.REPOST: LIKES, NotificationKind.FOLLOW: MAX_COUNT}
    assert [(len(one.actors), one.count) for one in page.items] == [
        (MAX_ACTORS, counts[one.kind]) for one in page.items
    ]
    assert page.unread == len(page.items)
    _, joins = await plans_of(storage, sent)
    assert {index for join in joins for index in join.indexes} == {"like_buckets", "repost_buckets", "days"}
    assert sum(join.documents for join in joins) == 0
    assert sum(join.scans for join in joins) == 0
    groups = 2 * GROUPS + HOURS
    assert sum(join.keys for join in joins) <= groups * (MAX_COUNT + 2 * MAX_ACTORS)


async def test_unread_notifications_are_counted_by_a_few_keys(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann, _ = await hot(storage, world)
    with commands.during() as sent:
        assert await storage.notifications.count_unread(ann.id) == 2 * GROUPS + HOURS
    plans, joins = await plans_of(storage, sent)
    assert joins == []
    assert sum(plan.documents for plan in plans) <= POSTS
    rounds = 3 * KEYS_FOR_A_GROUP * (1 + SLACK + REFILL)
    assert sum(plan.keys for plan in plans) <= rounds + 8 * GROUPS


async def test_many_mentions_are_read_by_their_index(storage: Storage, world: World, commands: Commands) -> None:
    ann, bob, eve = await world.make_users(3)
    for _ in range(30):
        await world.post(bob, "hello", mentioned=[ann])
    await make_posts(storage, [bob] * 300)
    await world.post(bob, "hello", mentioned=[eve])
    with commands.during() as sent:
        page = await storage.notifications.page(ann.id, NotificationRequest(first=5, wants_marker=False))
    assert len(page.items) == 5
    plans, _ = await plans_of(storage, sent)
    assert sum(plan.keys for plan in plans) <= 12 + 32


@pytest.mark.parametrize("kind", list(NotificationKind))
async def test_a_page_of_one_kind_reads_no_other(
    storage: Storage, world: World, commands: Commands, kind: NotificationKind
) -> None:
    ann, _ = await hot(storage, world)
    wanted = NotificationRequest(first=1, kinds=frozenset({kind}), wants_unread=False, wants_marker=False)
    with commands.during() as sent:
        await storage.notifications.page(ann.id, wanted)
    expected = {
        NotificationKind.LIKE: {"acts"},
        NotificationKind.REPOST: set[str](),
        NotificationKind.FOLLOW: {"follows"},
    }
    read = {one.get("find", one.get("aggregate")) for one in sent} - {1, "users", "posts"}
    assert read == expected.get(kind, set())
