"""A page of any length costs a small, fixed number of commands."""

from collections.abc import AsyncIterator

import pytest
from starlette.responses import Response

from serving.graphql.endpoint import Endpoint
from storage import Storage, create_indexes, open_storage
from storage.memory.recent_users import RecentUsers
from tests.client import Client, connected, sign_up
from tests.commands import Commands
from tests.conftest import empty
from tests.contexts import contexts
from tests.world import World

FEED = """query ($first: Int) { feed(first: $first) { edges { node { text author {
    alias imageUrl followedByViewer followsViewer
} } } } }"""
LISTS = """query ($first: Int) { viewer {
    followees(first: $first) { edges { node { alias followedByViewer followsViewer postCount } } }
} }"""
SEARCH = """query ($first: Int) { searchUsers(query: "user", first: $first) {
    edges { node { alias followedByViewer followsViewer } }
} }"""
RELATED = """query ($first: Int) { mutedUsers(first: $first) { edges { node {
    mutedByViewer mutedUntil blockedByViewer blocksViewer followOptions { isInFeed showsReposts }
} } } }"""
IDS_ALONE = "query ($first: Int) { feed(first: $first) { edges { node { id text } } } }"

THREADS = """query ($first: Int) { feed(first: $first) { edges { node {
    text isReply repliesTo { alias } inReplyTo { text author { alias } }
    quote { hiddenBecause post { text author { alias } quote { post { text } } } }
    likeCount replyCount likedByViewer bookmarkedByViewer
    ancestors { hiddenBecause post { text author { alias } repostedByViewer likeCount } }
} } } }"""


@pytest.fixture
def commands() -> Commands:
    return Commands()


@pytest.fixture
async def storage(mongodb_url: str, commands: Commands) -> AsyncIterator[Storage]:
    async with open_storage(
        mongodb_url, database="counted", driver="pymongo", session_ttl_days=30, listeners=[commands]
    ) as counted:
        await create_indexes(counted.mongo)
        await empty(counted)
        yield counted


@pytest.fixture
async def client(storage: Storage) -> AsyncIterator[Client]:
    with contexts(storage) as make_context:
        async with connected(Endpoint(make_context, playground=Response)) as http:
            yield Client(http)


@pytest.mark.parametrize(("query", "most"), [(FEED, 5), (LISTS, 7), (SEARCH, 4), (IDS_ALONE, 2), (RELATED, 5)])
async def test_twenty_items_cost_as_many_commands_as_one(
    client: Client, world: World, commands: Commands, query: str, most: int
) -> None:
    ann = await sign_up(world, "ann")
    for author in await world.make_users(21):
        await world.follow(ann.user, author)
        await world.post(author)
        if query is RELATED:
            await world.storage.relations.mute(ann.user.id, author.id, until=None)
    counts = []
    await client(query, token=ann.token)  # the first read after a while marks the reader as not dormant

    for first in (1, 5, 20):
        with commands.during() as sent:
            answer = await client(query, variables={"first": first}, token=ann.token)
        assert str(answer).count("'node'") == first
        counts.append(len(sent))

    assert counts == [counts[0]] * 3
    assert counts[0] <= most


async def test_what_stands_around_twenty_posts_costs_as_many_commands_as_around_one(
    client: Client, world: World, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of levels decides, not the number of posts."""
    monkeypatch.setattr(RecentUsers, "find", lambda *_: {})  # what is remembered would hide a read
    ann = await sign_up(world, "ann")
    for author, stranger in zip(await world.make_users(21), await world.make_users(21), strict=True):
        await world.follow(ann.user, author)
        first = await world.post(stranger, "first")
        second = await world.post(ann.user, "second", reply_to=first, quote=first)
        await world.post(author, "third", reply_to=second, quote=second)
    await client(THREADS, token=ann.token)
    counts = []
    for first_posts in (1, 5, 20):
        with commands.during() as sent:
            answer = await client(THREADS, variables={"first": first_posts}, token=ann.token)
        assert len(answer["feed"]["edges"]) == first_posts
        assert str(answer).count("'second'") == 3 * first_posts
        counts.append(len(sent))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12
