"""The read and write concerns, sessions and transactions of each command.

Other tests cannot check them: races between two steps are rare, and a replica set of one member commits everything.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.acts import ActKind
from domain.ids import MAX_ID
from domain.notifications import NotificationRequest
from domain.pages import FeedRequest, PageRequest, ReadOrder
from domain.records import Chunk, Post, User
from domain.surroundings import Wanted
from domain.watermarks import NEVER
from storage import Storage
from storage.feed.edges import IS_FILLING
from storage.maintenance import Maintenance
from storage.mongo import Document
from tasks.materialise import materialise
from tests.commands import Commands
from tests.sources import feed_by_source
from tests.world import World

WRITES = {"insert", "update", "delete", "findAndModify"}
COMMIT = "commitTransaction"
READS = {"find", "aggregate", "count", "getMore"}
ALL = Chunk(number=0, after=-1, until=MAX_ID, size=1)
BACKWARDS = FeedRequest(size=10, above=3, below=9, order=ReadOrder.OLDEST_FIRST, wants_next=True, wants_previous=True)

Operation = Callable[[Storage, User, User, Post], Awaitable[Any]]


def name_of(command: Document) -> str:
    return next(iter(command))


def level(command: Document) -> str | None:
    concern: Document = command.get("readConcern", {})
    return concern.get("level")


def is_in_transaction(command: Document) -> bool:
    return command.get("autocommit") is False


async def in_causal_session(storage: Storage, read: Callable[[Any], Awaitable[Any]]) -> None:
    async with storage.mongo.causal() as session:
        await read(session)


SNAPSHOT: dict[str, Operation] = {
    "a page source by source": lambda s, ann, _, __: feed_by_source(s).page(ann.id, PageRequest(10)),
    "a page of a feed": lambda s, ann, _, __: s.feed.page(ann.id, PageRequest(10)),
    "a page read backwards": lambda s, ann, _, __: s.feed.page_between(ann.id, BACKWARDS),
    "a page read backwards source by source": lambda s, ann, _, __: feed_by_source(s).page_between(ann.id, BACKWARDS),
    "a page far below": lambda s, ann, _, __: s.feed.page(ann.id, PageRequest(10, 5)),
    "counts of posts": lambda s, ann, _, post: s.surroundings.read(ann.id, Wanted(counted=frozenset({post.id}))),
    "counts of posts by accounts": lambda s, ann, _, __: s.counting.post_counts([ann.id]),
    "sums against base data": lambda s, ann, _, post: Maintenance(s).sums.find_drift(posts=[post.id], users=[ann.id]),
    "a page of notifications": lambda s, ann, _, __: s.notifications.page(ann.id, NotificationRequest(first=5)),
    "unread notifications": lambda s, ann, _, __: s.notifications.count_unread(ann.id),
    "counts against edges": lambda s, ann, bob, __: Maintenance(s).counts.find_drift([ann.id, bob.id]),
}
TRANSACTIONS: dict[str, Operation] = {
    "an unfollowed author's entries": lambda s, ann, _, __: Maintenance(s).cleaning.remove_author_entries(
        ann.id, 12345, after=-1, limit=10
    ),
    "a deleted post's entries": lambda s, ann, _, __: Maintenance(s).cleaning.remove_post_entries(12345, [ann.id]),
    "a deleted post's likes": lambda s, _, __, ___: Maintenance(s).act_removal.remove_acts(12345, limit=5),
    "a deleted post's reposts": lambda s, _, __, ___: Maintenance(s).repost_removal.remove_reposts(12345, limit=5),
    "a registration": lambda s, ann, _, __: s.accounts.create_account(
        7, alias="eve", first_name="Eve", last_name="", image=None, password_hash="hash"
    ),
    "a sign-in": lambda s, ann, _, __: s.credentials.sign_in(ann.id, verified="hash", origin="here", client="curl"),
    "a mute": lambda s, ann, bob, __: s.relations.mute(ann.id, bob.id, until=None),
    "a block": lambda s, ann, bob, __: s.relations.block(ann.id, bob.id),
    "the end of a block": lambda s, ann, bob, __: s.relations.unblock(ann.id, bob.id),
    "options of a follow": lambda s, ann, bob, __: s.follows.set_options(
        follower=ann.id, followee=bob.id, is_in_feed=False
    ),
    "a change of password": lambda s, ann, _, __: s.credentials.change_password(
        ann.id, verified="hash", password_hash="new", origin="here", keep=""
    ),
}
MAJORITY: dict[str, Operation] = {
    "the pictures of a deleted post": lambda s, _, __, ___: s.media.drop_of_post(12345),
    "unused pictures": lambda s, _, __, ___: s.media.drop_unused([12345], free_until=datetime.now(UTC)),
    "the plan of a fan-out": lambda s, _, bob, __: in_causal_session(
        s, lambda session: s.feed.edges.plan(bob.id, chunk_size=1, session=session)
    ),
    "the followers of a chunk": lambda s, _, bob, __: in_causal_session(
        s, lambda session: s.feed.edges.pushed_followers(bob.id, ALL, session=session)
    ),
    "a ledger": lambda s, _, __, post: in_causal_session(
        s, lambda session: s.feed.ledgers.find_in_flight(post.id, session=session)
    ),
    "the story that is filled in": lambda s, _, bob, __: in_causal_session(
        s, lambda session: s.posts.newest([bob.id], down_to=0, limit=10, session=session)
    ),
    "edges with a token": lambda s, _, __, ___: in_causal_session(
        s, lambda session: s.feed.edges.find_marked([1, 2], 3, session=session)
    ),
}


@pytest.fixture
async def people(world: World) -> tuple[User, User, Post]:
    """Create Ann, who has a password and follows Bob, and a post by Bob."""
    ann, bob = await world.make_user("ann"), await world.make_user("bob")
    await world.follow(ann, bob)
    await world.storage.credentials.set_hash(ann.id, "hash")
    return ann, bob, await world.post(bob)


async def sent_by(
    operation: Operation, world: World, commands: Commands, people: tuple[User, User, Post]
) -> list[Document]:
    await world.storage.feed.page(people[0].id, PageRequest(1))  # a new primary is confirmed once
    await world.storage.data_version.read()  # once, too, as it only rises
    with commands.during() as sent:
        await operation(world.storage, *people)
    assert sent
    return [command for command in sent if name_of(command) in WRITES | READS | {COMMIT}]


@pytest.mark.parametrize("name", SNAPSHOT)
async def test_all_reads_of_an_operation_see_one_instant(
    world: World, commands: Commands, people: tuple[User, User, Post], name: str
) -> None:
    sent = await sent_by(SNAPSHOT[name], world, commands, people)
    reads = [command for command in sent if name_of(command) in READS]
    assert [level(command) for command in reads] == ["snapshot"] * len(reads)
    assert len({bytes(command["lsid"]["id"]) for command in reads}) == 1
    assert len({str(command["readConcern"].get("atClusterTime")) for command in reads[1:]}) <= 1


@pytest.mark.parametrize("name", TRANSACTIONS)
async def test_all_writes_of_an_operation_are_one_transaction(
    world: World, commands: Commands, people: tuple[User, User, Post], name: str
) -> None:
    sent = await sent_by(TRANSACTIONS[name], world, commands, people)
    writes = [command for command in sent if name_of(command) in WRITES]
    assert len(writes) > 1
    assert all(is_in_transaction(command) for command in writes)
    assert len({command["txnNumber"] for command in writes}) == 1


@pytest.mark.parametrize("name", MAJORITY)
async def test_tasks_read_only_committed_data(
    world: World, commands: Commands, people: tuple[User, User, Post], name: str
) -> None:
    """Rule 4: a task relies only on committed data."""
    sent = await sent_by(MAJORITY[name], world, commands, people)
    assert {level(command) for command in sent} == {"majority"}


async def test_each_step_of_a_task_sees_the_steps_before(
    world: World, commands: Commands, people: tuple[User, User, Post]
) -> None:
    """Rule 4, across fail-overs: marking, reading and lowering edges happen in one causally consistent session."""
    ann, bob, _ = people
    edges = await world.storage.feed.edges.find_filling_of_reader(ann.id, limit=10)
    assert edges
    with commands.during() as sent:
        await materialise(world.storage, edges, seen=IS_FILLING, down_to=0, depth=10)
    ours = [command for command in sent if name_of(command) in READS | WRITES and command[name_of(command)] != "feeds"]
    assert len({bytes(command["lsid"]["id"]) for command in ours}) == 1
    reads = [command for command in ours if name_of(command) in READS]
    assert reads
    assert all("afterClusterTime" in command["readConcern"] for command in reads)
    assert (await world.storage.follows.find_edge(follower=ann.id, followee=bob.id)) is not None


WRITING: dict[str, Operation] = {
    "a post": lambda s, ann, _, __: s.posts.insert_post(ann.id, "hello"),
    "a post with a key": lambda s, ann, _, __: s.keyed_posts.insert_once(ann.id, "hello", key="key"),
    "a deletion": lambda s, _, bob, post: s.posts.delete_post(post.id, author=bob.id),
    "a repost": lambda s, ann, _, post: s.reposts.repost(ann.id, post),
    "an undone repost": lambda s, ann, _, post: s.reposts.undo(ann.id, post.id),
    "a like": lambda s, ann, _, post: s.acts.add(ActKind.LIKE, ann.id, post),
    "a like that is taken back": lambda s, ann, _, post: s.acts.take_back(ActKind.LIKE, ann.id, post.id),
    "a removed bookmark": lambda s, ann, _, post: s.acts.take_back(ActKind.BOOKMARK, ann.id, post.id),
    "a data version": lambda s, _, __, ___: s.data_version.raise_to(1),
    "a finished removal": lambda s, _, __, post: s.removals.finish(post.id),
    "a follow": lambda s, ann, bob, __: s.follows.insert_edge(follower=bob.id, followee=ann.id, push_from=NEVER),
    "the end of a mute": lambda s, ann, bob, __: s.relations.unmute(ann.id, bob.id),
    "a follow that is taken back": lambda s, _, __, ___: s.follows.take_back(5),
    "a block": lambda s, ann, bob, __: s.relations.block(ann.id, bob.id),
    "an unfollow": lambda s, ann, bob, __: s.follows.delete_edge(follower=ann.id, followee=bob.id),
    "counts": lambda s, ann, bob, __: s.users.count_follow(follower=ann.id, followee=bob.id, by=1),
    "entries": lambda s, ann, bob, post: s.feed.entries.insert_entries([(ann.id, post.id, bob.id)]),
    "a floor": lambda s, ann, _, __: s.readers.raise_floor(ann.id, 5),
    "a session": lambda s, ann, _, __: s.sessions.create(ann.id),
    "names": lambda s, ann, _, __: s.users.change_profile(ann.id, {"first_name": "Anna"}),
    "a claim": lambda s, _, __, ___: s.feed.ledgers.claim_overdue(
        older_than=datetime.now(UTC) - datetime.now(UTC), limit=5
    ),
}


@pytest.mark.parametrize("name", WRITING)
async def test_acknowledged_writes_are_on_a_majority(
    world: World, commands: Commands, people: tuple[User, User, Post], name: str
) -> None:
    sent = await sent_by(WRITING[name], world, commands, people)
    writes = [command for command in sent if name_of(command) in WRITES and not is_in_transaction(command)]
    acknowledged = writes + [command for command in sent if name_of(command) == COMMIT]
    assert acknowledged
    assert [command["writeConcern"]["w"] for command in acknowledged] == ["majority"] * len(acknowledged)


async def test_names_are_changed_only_if_unchanged_since_the_read(world: World, commands: Commands) -> None:
    """Otherwise two concurrent changes would leave wrong search words."""
    ann = await world.make_user("ann")
    with commands.during() as sent:
        await world.storage.users.change_profile(ann.id, {"first_name": "Anna"})
    (change,) = [command for command in sent if name_of(command) == "findAndModify"]
    assert change["query"] == {"_id": ann.id, "alias": "ann", "first_name": ann.first_name, "last_name": ann.last_name}


async def test_recent_posts_are_read_only_when_a_majority_has_them(world: World, commands: Commands) -> None:
    """The result includes a post of another process that is not known to be on a majority yet."""
    with commands.during() as sent:
        await world.storage.posts.stored_since(0, limit=10)
    reads = [(command[name_of(command)], level(command)) for command in sent if name_of(command) in READS]
    assert reads == [("users", "linearizable"), ("posts", "majority")]


async def test_a_read_is_recorded_before_its_reader_is_woken(world: World, commands: Commands) -> None:
    """Otherwise a sweep between the two writes would make an awake reader dormant."""
    ann = await world.make_user("ann")
    with commands.during() as sent:
        await world.storage.readers.note_read(ann.id)
    changes = [set(command["updates"][0]["u"]["$set"]) for command in sent if name_of(command) == "update"]
    assert changes == [{"last_read_at"}, {"is_dormant", "waking"}]
