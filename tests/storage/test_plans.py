"""The keys and documents that MongoDB examines for real commands grow only with the answer."""

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest, RankedRequest
from domain.records import Chunk
from domain.relations import RelationKind
from domain.search import MAX_FOUND
from domain.watermarks import NEVER
from storage import Storage
from storage.feed.entries import BATCH
from storage.maintenance import Maintenance
from storage.maintenance.counts import CountDrift
from tests.commands import Commands, explain
from tests.storage.crowds import make_crowd, make_followees, make_followers, make_posts
from tests.world import World

EVERYBODY = Chunk(number=0, after=-1, until=MAX_ID, size=0)


async def test_reading_a_chunk_examines_one_key_for_each_edge_and_no_document(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    crowd = await make_crowd(storage, 60)
    await make_followers(storage, author, crowd, push_from=0)
    chunk = Chunk(number=1, after=crowd[9].id, until=crowd[29].id, size=20)

    async with storage.mongo.causal() as session:
        with commands.during() as sent:
            followers = await storage.feed.edges.pushed_followers(author.id, chunk, session=session)

    assert followers == [user.id for user in crowd[10:30]]
    (plan,) = [await explain(storage, command) for command in sent]
    assert plan.keys <= 21
    assert plan.documents == 0


async def test_planning_examines_each_edge_about_once_and_no_document(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    await make_followers(storage, author, await make_crowd(storage, 100), push_from=0)

    async with storage.mongo.causal() as session:
        with commands.during() as sent:
            chunks = await storage.feed.edges.plan(author.id, chunk_size=30, session=session)

    assert [chunk.size for chunk in chunks] == [30, 30, 30, 10]
    plans = [await explain(storage, command) for command in sent]
    assert sum(plan.keys for plan in plans) <= 100 + 2 * len(chunks) + 10
    assert sum(plan.documents for plan in plans) == 0


async def test_planning_examines_no_edge_of_a_celebrity(storage: Storage, world: World, commands: Commands) -> None:
    author = await world.make_user()
    await make_followers(storage, author, await make_crowd(storage, 100), push_from=NEVER)

    async with storage.mongo.causal() as session:
        with commands.during() as sent:
            assert await storage.feed.edges.plan(author.id, chunk_size=30, session=session) == []
            assert await storage.feed.edges.pushed_followers(author.id, EVERYBODY, session=session) == []

    plans = [await explain(storage, command) for command in sent]
    assert [plan.keys + plan.documents for plan in plans] == [0, 0, 0]


async def test_a_total_of_follows_examines_one_key_for_each_edge_up_to_the_bound(
    storage: Storage, world: World, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = 40
    monkeypatch.setattr("storage.follows.MAX_COUNTED", bound)
    ann, crowd = await world.make_user(), await make_crowd(storage, 60)
    await make_followers(storage, ann, crowd, push_from=0)
    await make_followees(storage, ann, crowd[:20], push_from=NEVER)

    with commands.during() as sent:
        assert await storage.follows.count_followers(ann.id) == bound
        assert await storage.follows.count_followees(ann.id) == 20

    plans = [await explain(storage, command) for command in sent]
    assert [plan.documents for plan in plans] == [0, 0]
    assert [plan.keys <= most for plan, most in zip(plans, (bound + 1, 21), strict=True)] == [True, True]


async def test_entries_are_read_and_deleted_by_one_range_of_keys(storage: Storage, commands: Commands) -> None:
    await storage.feed.entries.insert_entries((reader, post, 9) for reader in range(1, 40) for post in range(1, 31))

    with commands.during() as sent:
        assert await storage.feed.entries.newest(20, floor=5, below=25, limit=7) == list(range(24, 17, -1))
        assert await storage.feed.entries.nth_newest(20, floor=5, nth=3) == 28
        assert not await storage.feed.entries.delete_below(20, 4, limit=3)
        assert await storage.feed.entries.delete_below(20, 10, limit=2), "more entries are left"

    newest, nth, beyond, delete, _, delete_some = [await explain(storage, command) for command in sent]
    assert newest.documents <= 8
    assert nth.documents <= 4
    assert beyond.documents <= 4
    assert delete_some.documents <= 3
    assert delete.documents <= 3, "they are deleted; a range scan examines one key beyond its ends"
    assert {"CLUSTERED_IXSCAN"} <= newest.stages & nth.stages & delete.stages
    assert "SORT" not in newest.stages | nth.stages
    assert "COLLSCAN" not in newest.stages | nth.stages | delete.stages


async def test_recent_posts_are_read_by_a_range_of_ids(storage: Storage, world: World, commands: Commands) -> None:
    author = await world.make_user()
    posts = sorted(post.id for post in await make_posts(storage, [author] * 50))
    with commands.during() as sent:
        found = await storage.posts.stored_since(posts[40], limit=5)
    assert found == [(post, author.id) for post in posts[40:45]]
    (plan,) = [await explain(storage, command) for command in sent if command.get("find") == "posts"]
    assert (plan.keys, plan.documents) == (5, 5)


async def test_a_thousand_entries_are_one_command(storage: Storage, commands: Commands) -> None:
    with commands.during() as sent:
        await storage.feed.entries.insert_entries((reader, 1, 9) for reader in range(BATCH))
    assert len(sent) == 1


async def test_lists_of_follows_and_stories_read_no_more_than_their_page(
    storage: Storage, world: World, commands: Commands
) -> None:
    author = await world.make_user()
    crowd = await make_crowd(storage, 100)
    await make_followers(storage, author, crowd, push_from=0)
    await make_posts(storage, [author] * 50)

    with commands.during() as sent:
        await storage.follows.followers(author.id, PageRequest(10))
        await storage.follows.followees(crowd[0].id, PageRequest(10))
        await storage.stories.page(author.id, PageRequest(10))

    for plan in [await explain(storage, command) for command in sent]:
        assert plan.documents <= 11
        assert "SORT" not in plan.stages


async def test_relations_read_no_more_than_their_accounts_or_their_page(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann = await world.make_user()
    crowd = await make_crowd(storage, 100)
    for other in crowd:
        await storage.relations.mute(ann.id, other.id, until=None)
        await storage.relations.block(other.id, ann.id)

    with commands.during() as sent:
        await storage.relations.standings(ann.id, [user.id for user in crowd[:10]])
        await storage.relations.list_others(ann.id, RelationKind.MUTE, PageRequest(10))

    standings, page = [await explain(storage, command) for command in sent]
    assert (standings.documents, page.documents) == (20, 11)
    assert standings.keys <= 31
    assert not {"SORT", "COLLSCAN"} & (standings.stages | page.stages)


async def test_a_search_examines_a_bounded_number_of_keys(storage: Storage, commands: Commands) -> None:
    crowd = await make_crowd(storage, MAX_FOUND + 500)
    others = await make_crowd(storage, 1_000, name="others")
    followed = enumerate([*crowd[:20], *others[:20]])
    await Maintenance(storage).counts.add_drift({user.id: CountDrift(2**place, 0) for place, user in followed})

    with commands.during() as sent:
        common = await storage.search.page(["c"], RankedRequest(20))
        rare = await storage.search.page(["crowd77"], RankedRequest(20))
        await storage.search.page(["nobody"], RankedRequest(20))
        await storage.search.page(["crowd77", "a"], RankedRequest(20))
        await storage.search.complete()

    assert [user.id for user in common.items] == [user.id for user in crowd[19::-1]]
    assert len(rare.items) == 11
    plans = [await explain(storage, command) for command in sent]
    of_common, of_rare, of_nobody, *of_two, of_lacking = plans
    ranks = 42  # none, and those of the forty followed accounts
    assert of_common.documents <= MAX_FOUND
    assert of_common.keys <= MAX_FOUND + 2 * ranks
    assert of_rare.documents <= 11
    assert max(plan.keys for plan in (of_rare, of_nobody, of_lacking)) <= 11 + 2 * ranks
    assert max(plan.documents for plan in of_two) <= MAX_FOUND
    assert of_nobody.documents == of_lacking.documents == 0
    assert not any({"COLLSCAN", "SORT"} & plan.stages for plan in plans)


async def test_a_follow_changes_the_search_index_only_if_the_rank_changes(storage: Storage, world: World) -> None:
    user = await world.make_user()
    ranks = []
    for followers in range(1, 33):
        await Maintenance(storage).counts.add_drift({user.id: CountDrift(1, 0)})
        found = await storage.mongo.collection("users").find_one({"_id": user.id})
        assert found is not None
        assert found["follower_count"] == followers
        ranks.append(found["search_rank"])
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 5
