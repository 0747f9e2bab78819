"""The rules of ARCHITECTURE.md on the real tasks. Each rule has a test that fails if the code breaks it.

Each test checks the states in MongoDB before and after every step of every task.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from domain.ids import MAX_ID
from domain.records import Post
from domain.watermarks import FILLING, NEVER, fresh_token, is_filling
from storage import Storage, open_storage
from tasks import messages
from tasks.cores import CORES
from tests.commands import Commands
from tests.conftest import empty
from tests.sources import feed_by_source
from tests.stepping import SteppedTask, commands_are_steps
from tests.tasks.chains import MOST_STEPS, WHOLE, Chain
from tests.tasks.scenes import ANN, BOB, POSTS, READERS, SCENES, YAN, ZOE, Scene, change_user, small_bounds
from tests.tasks.states import State
from tests.world import World

WRITES = {"insert", "update", "delete", "findAndModify"}
READS = {"find", "aggregate", "count"}
RULE = re.compile(r"^(\d)\. \*\*", re.MULTILINE)
MATERIALISING = {
    "fill": messages.fill_feed(ANN),
    "wake": messages.wake_reader(ANN),
    "demote": messages.demote_celebrity(ZOE, after=0),
}


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    small_bounds(monkeypatch)
    commands_are_steps(monkeypatch)


def test_each_rule_has_a_test_of_its_name(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text()
    rules = RULE.findall(text[text.index("Seven rules") : text.index("\nPolicy")])
    assert rules == ["1", "2", "3", "4", "5", "6", "7"]
    for rule in rules:
        assert any(name.startswith(f"test_rule_{rule}_") for name in globals())


async def steps_of(world: World, scene: str) -> AsyncIterator[tuple[State, State]]:
    """Yield the states before and after each step."""
    chain = Chain(world, await SCENES[scene].set(world))
    before = await State.read(world.storage)
    while await chain.advance():
        after = await State.read(world.storage)
        yield before, after
        before = after


# -- 1. An edge is filled while it is both pushed and pulled ----------------------------------------------------------


@pytest.mark.parametrize("scene", SCENES)
async def test_rule_1_an_edge_is_lowered_only_from_filling_and_only_when_its_entries_are_there(
    world: World, scene: str
) -> None:
    async for before, after in steps_of(world, scene):
        were = before.watermarks()
        for edge, push_from in after.watermarks().items():
            assert push_from >= min(were[edge], FILLING) or is_filling(were[edge])
        assert not list(after.missing())


@pytest.mark.parametrize("scene", MATERIALISING)
async def test_rule_1_a_run_lowers_no_edge_that_another_has_marked(world: World, scene: str) -> None:
    """Let another run mark the same edges at each step of this run."""
    message = MATERIALISING[scene]
    for steps in range(MOST_STEPS):
        await empty(world.storage)
        await SCENES[scene].set(world)
        await change_user(world, ZOE, is_celebrity=False)
        unmarked = (await State.read(world.storage)).watermarks()
        task = await SteppedTask.begin_by_command(CORES[message.task], world.services, message)
        for _ in range(steps):
            await task.advance()
            if task.is_done:
                assert steps > 3
                return
        now = (await State.read(world.storage)).watermarks()
        marked = [edge for edge, push_from in now.items() if push_from != unmarked[edge] and is_filling(push_from)]
        theirs = fresh_token()
        await world.storage.mongo.collection("follows").update_many(
            {"_id": {"$in": marked}}, {"$set": {"push_from": theirs}}
        )
        await task.finish()
        after = (await State.read(world.storage)).watermarks()
        assert all(after[edge] == theirs for edge in marked)
    pytest.fail("the task goes on for ever")


# -- 2. Fan-out selects every edge with push_from < NEVER, by follower id ---------------------------------------------


@pytest.mark.parametrize("push_from", [0, 1_004, MAX_ID, FILLING, NEVER - 1, NEVER])
async def test_rule_2_a_post_goes_to_every_edge_below_never(world: World, push_from: int) -> None:
    await world.run_all(
        [await Scene(SCENES["start and deliver"].prepare, {(ANN, ZOE): push_from, (BOB, ZOE): push_from}).set(world)]
    )
    state = await State.read(world.storage)
    reached = {reader for reader, post in state.entries if post == max(state.posts)}
    assert reached == ({ANN, BOB} if push_from < NEVER else set())


async def test_rule_2_a_reader_who_follows_between_plan_and_delivery_is_in_a_chunk(world: World) -> None:
    """The ids of the new followers are below, between and above those of the plan."""
    message = await SCENES["start and deliver"].set(world)
    late = (1, ANN, BOB + 1)
    sent = await world.run(message)
    await world.storage.follows.delete_edge(follower=ANN, followee=ZOE)
    for follower in late:
        await world.storage.follows.insert_edge(follower=follower, followee=ZOE, push_from=fresh_token())
    await world.run_all(sent)
    state = await State.read(world.storage)
    assert {reader for reader, post in state.entries if post == max(state.posts)} == {*late, BOB}


# -- 3. The ledger is written once, whole; a strike is one conditional update -----------------------------------------


def ledger_of(state: State) -> list[int] | None:
    rows = state.posts[max(state.posts)].get("ledger")
    return None if rows is None else [row["number"] for row in rows]


@pytest.mark.parametrize("meanwhile", range(18))
async def test_rule_3_a_ledger_only_shrinks_and_counts_each_chunk_once(world: World, meanwhile: int) -> None:
    """A second run is about to write a plan with more chunks while the first continues. Then they take turns."""
    until_written = [ledger_of(after) async for _, after in steps_of(world, "start and deliver")].index([0, 1])
    await empty(world.storage)
    message = await SCENES["start and deliver"].set(world)
    first, second = Chain(world, message), Chain(world, message)
    for _ in range(until_written):
        assert await first.advance()
    await world.storage.follows.insert_edge(follower=BOB + 1, followee=ZOE, push_from=fresh_token())
    for _ in range(until_written + 1):
        assert await second.advance()
    states = [await State.read(world.storage)]
    for step in range(MOST_STEPS):
        going_on = [await chain.advance() for chain in ((first,) if step < meanwhile else (first, second))]
        states.append(await State.read(world.storage))
        if not any(going_on) and step >= meanwhile:
            break
    post = max(states[0].posts)
    ledgers = [ledger for state in states if (ledger := ledger_of(state)) is not None]
    assert ledgers[0] == [0, 1]
    for before, after in pairwise(ledgers):
        assert set(after) <= set(before)
    final = states[-1].posts[post]
    assert "in_flight" not in final
    assert final["delivered"] == final["targets"]
    assert all(state.posts[post].get("targets", final["targets"]) == final["targets"] for state in states)
    assert all(("in_flight" in state.posts[post]) or ledger_of(state) in (None, []) for state in states)


# -- 4. Commit before relying on it -----------------------------------------------------------------------------------


@pytest.fixture
async def heard(mongodb_url: str, storage: Storage) -> AsyncIterator[tuple[World, Commands]]:
    """Open the same database and record the commands."""
    commands = Commands()
    async with open_storage(
        mongodb_url,
        database=storage.mongo.database.name,
        driver="pymongo",
        session_ttl_days=30,
        listeners=[commands],
    ) as listened:
        yield World(listened), commands


@pytest.mark.parametrize("scene", ["start and deliver", "fill", "wake", "demote"])
async def test_rule_4_writes_are_of_a_majority_and_reads_are_causal(heard: tuple[World, Commands], scene: str) -> None:
    world, commands = heard
    chain = Chain(world, await SCENES[scene].set(world))
    with commands.during() as sent:
        await chain.finish()
    in_order = 0
    for command in sent:
        name = next(iter(command))
        if name in WRITES:
            assert command["writeConcern"]["w"] == "majority"
        if name in READS and "afterClusterTime" in command.get("readConcern", {}):
            assert command["readConcern"]["level"] == "majority"
            in_order += 1
    assert in_order >= {"start and deliver": 6, "fill": 2, "wake": 4, "demote": 4}[scene]


# -- 5. The floor only rises, and is committed before anything below it is deleted ------------------------------------


@pytest.mark.parametrize("scene", SCENES)
async def test_rule_5_only_what_no_read_can_show_any_more_is_deleted(world: World, scene: str) -> None:
    async for before, after in steps_of(world, scene):
        for reader in READERS:
            assert after.floor(reader) >= before.floor(reader)
        for reader, post in before.entries.keys() - after.entries.keys():
            is_gone = post not in before.posts
            assert is_gone or post < before.floor(reader) or not before.follows(reader, before.posts[post]["author"])


async def test_rule_5_a_late_trim_does_not_lower_the_floor(world: World) -> None:
    await SCENES["trim"].set(world)
    await world.storage.readers.raise_floor(ANN, 1_007)
    await world.storage.readers.raise_floor(ANN, 1_005)
    assert (await State.read(world.storage)).floor(ANN) == 1_007


# -- 6. A read checks the follow by the post's author, not by what an entry remembers ---------------------------------


@pytest.mark.parametrize("at_once", [True, False])
async def test_rule_6_an_entry_shows_what_its_post_s_author_is_followed_for(world: World, at_once: bool) -> None:
    """Entries with a wrong author, followed or not, and entries of a deleted post."""
    await SCENES["trim"].set(world)
    await world.storage.follows.delete_edge(follower=ANN, followee=ZOE)
    await world.storage.posts.delete_post(1_008, author=POSTS[1_008])
    mongo = world.storage.mongo
    exchanged = {"$cond": [{"$eq": ["$author", YAN]}, ZOE, YAN]}
    await mongo.collection("feeds").update_many({}, [{"$set": {"author": exchanged}}])
    feed = world.storage.feed if at_once else feed_by_source(world.storage)
    state = await State.read(world.storage)
    for reader in READERS:
        assert [post.id for post in (await feed.page(reader, WHOLE)).items] == state.feed(reader)
    assert {POSTS[post] for post in state.feed(ANN)} == {YAN}


# -- 7. What hides an event is read from posts, follows and relations, never from entries -----------------------------

Change = Callable[[Storage], Awaitable[object]]
HIDE_AND_SHOW: Mapping[str, tuple[Change, Change]] = {
    "mute": (
        lambda storage: storage.relations.mute(ANN, ZOE, until=None),
        lambda storage: storage.relations.unmute(ANN, ZOE),
    ),
    "block": (
        lambda storage: storage.relations.block(ZOE, ANN),
        lambda storage: storage.relations.unblock(ZOE, ANN),
    ),
    "out of the feed": (
        lambda storage: storage.follows.set_options(follower=ANN, followee=ZOE, is_in_feed=False),
        lambda storage: storage.follows.set_options(follower=ANN, followee=ZOE, is_in_feed=True),
    ),
    "reply to an account that is not followed": (
        lambda storage: storage.follows.delete_edge(follower=ANN, followee=BOB),
        lambda storage: storage.follows.insert_edge(follower=ANN, followee=BOB, push_from=fresh_token()),
    ),
}


@pytest.mark.parametrize("hides", HIDE_AND_SHOW)
async def test_rule_7_what_is_hidden_now_is_delivered_for_later(world: World, hides: str) -> None:
    hide, show = HIDE_AND_SHOW[hides]
    await SCENES["trim"].set(world)
    await hide(world.storage)
    answered = Post(id=1, author=BOB, text="") if hides.startswith("reply") else None
    post = (await world.storage.posts.insert_post(ZOE, "new", reply_to=answered)).id
    await world.run_all([messages.start_fan_out(post)])
    assert post not in await _whole_feed(world)
    assert (ANN, post) in (await State.read(world.storage)).entries
    await show(world.storage)
    assert post in await _whole_feed(world)


@pytest.mark.parametrize("hides", ["mute", "block", "out of the feed"])
async def test_rule_7_a_fill_writes_what_is_hidden_now(world: World, hides: str) -> None:
    hide, show = HIDE_AND_SHOW[hides]
    message = await SCENES["fill"].set(world)
    truth = (await State.read(world.storage)).feed(ANN)
    await hide(world.storage)
    await world.run_all([message])
    assert await _whole_feed(world) == [post for post in truth if POSTS[post] != ZOE]
    assert not list((await State.read(world.storage)).missing())
    await show(world.storage)
    assert await _whole_feed(world) == truth


async def _whole_feed(world: World) -> list[int]:
    """Return the ids of ANN's feed, which is the same in both ways to read it."""
    at_once, by_source = [
        [event.id for event in (await feed.page(ANN, WHOLE)).items]
        for feed in (world.storage.feed, feed_by_source(world.storage))
    ]
    assert at_once == by_source
    return at_once
