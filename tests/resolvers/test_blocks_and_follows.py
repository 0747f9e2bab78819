"""Blocks, unblocks, follows and unfollows of the same two accounts, interleaved in every order of their steps.

Whenever a block stands, neither feed shows the other account. At the end, no edge stands beside a block, and the counts
are those of the edges.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from domain.rates import NO_RATES
from domain.records import User
from resolvers import follows, relations
from resolvers.context import Context
from tests.contexts import services_on, with_services
from tests.resolvers.interleaved import Ended, Request, Requests, all_orders, begin, some_orders
from tests.waiting import bounded
from tests.world import World

State = tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]


@dataclass
class Pair:
    """Ann and Bob, each with one post."""

    world: World
    ann: User
    bob: User
    services: Any
    seen: set[State] = field(default_factory=set)

    def request(self, written: str) -> tuple[Context, Request]:
        """Return the request that is written as `ann follows`: what the one does to the other one."""
        who, verb = written.split(" ")[:2]
        viewer, other = (self.ann, self.bob) if who == "ann" else (self.bob, self.ann)
        context = Context(services=self.services, since=0, viewer=viewer.id)
        return context, lambda slow: VERBS[verb](slow, other.id)

    async def ask(self, written: str) -> object:
        context, request = self.request(written)
        return await request(context)

    async def begin_again(self, *edges: str) -> None:
        """Delete all edges and relations, and follow as written."""
        mongo = self.world.storage.mongo
        for name in ("follows", "relations"):
            await mongo.collection(name).delete_many({})
        counts = {"follower_count": 0, "followee_count": 0}
        await mongo.collection("users").update_many({}, {"$set": counts, "$unset": {"has_relations": ""}})
        for edge in edges:
            await self.ask(edge)

    async def state(self) -> State:
        """Return the edges and the relations, by name."""
        mongo, names = self.world.storage.mongo, {self.ann.id: "ann", self.bob.id: "bob"}
        edges = mongo.collection("follows").find({})
        others = mongo.collection("relations").find({})
        return (
            frozenset([(names[edge["follower"]], names[edge["followee"]]) async for edge in edges]),
            frozenset([(names[each["reader"]], each["kind"], names[each["other"]]) async for each in others]),
        )

    async def look(self) -> None:
        """Check the feeds in each state that was not seen before."""
        edges, others = state = await self.state()
        if state in self.seen:
            return
        self.seen.add(state)
        mirrors = {(other, "BLOCK", reader) for reader, kind, other in others if kind == "BLOCKED_BY"}
        assert mirrors == {each for each in others if each[1] == "BLOCK"}, "a block and its mirror come together"
        for name, reader in (("ann", self.ann), ("bob", self.bob)):
            follows_other = any(follower == name for follower, _ in edges)
            assert len(await self.world.feed(reader)) == (1 if follows_other and not others else 0), state

    async def check_end(self, ended: Ended) -> None:
        edges, others = await self.state()
        assert not (edges and others), (ended.order, edges)
        for name, user in (("ann", self.ann), ("bob", self.bob)):
            # As stored: accounts show no count below zero.
            found = await self.world.storage.mongo.collection("users").find_one({"_id": user.id})
            assert found is not None
            counted = (found["followee_count"], found["follower_count"])
            ends = (sum(one == name for one, _ in edges), sum(one == name for _, one in edges))
            assert counted == ends, (ended.order, name)


async def block_and_unblock(context: Context, other: int) -> User:
    await relations.block(context, other)
    return await relations.unblock(context, other)


VERBS: dict[str, Callable[[Context, int], Any]] = {
    "follows": follows.follow,
    "unfollows": follows.unfollow,
    "blocks": relations.block,
    "unblocks": relations.unblock,
    "blocks,unblocks": block_and_unblock,
}
BOTH_EDGES = ("ann follows", "bob follows")


@pytest.fixture
async def pair(world: World) -> AsyncIterator[Pair]:
    ann, bob = await world.make_user("ann"), await world.make_user("bob")
    for author in (ann, bob):
        await world.post(author)
    with services_on(world.storage) as services:
        context = with_services(Context(services=services, since=0), rates=NO_RATES)
        yield Pair(world, ann, bob, context.services)


def prepared(pair: Pair, before: tuple[str, ...], at_once: tuple[str, ...]) -> Callable[[], Any]:
    async def prepare() -> Requests:
        await pair.begin_again(*before)
        return {f"{number}: {written}": pair.request(written) for number, written in enumerate(at_once)}

    return prepare


@pytest.mark.parametrize(
    ("before", "at_once"),
    [
        ((), ("ann follows", "ann blocks")),
        ((), ("bob follows", "ann blocks")),
        (BOTH_EDGES, ("bob unfollows", "ann blocks")),
        (BOTH_EDGES, ("bob blocks", "ann blocks")),
        (("bob follows",), ("ann blocks", "ann blocks")),
        (("bob follows",), ("ann unblocks", "ann blocks")),
        (("ann blocks",), ("bob follows", "ann unblocks")),
    ],
    ids=" + ".join,
)
async def test_no_edge_stands_beside_a_block_in_any_order(
    pair: Pair, before: tuple[str, ...], at_once: tuple[str, ...]
) -> None:
    orders = 0
    async for ended in all_orders(prepared(pair, before, at_once), pair.look):
        orders += 1
        await pair.check_end(ended)
    assert orders > 3


@pytest.mark.parametrize(
    "at_once",
    [
        ("bob follows", "ann blocks,unblocks"),
        ("bob follows", "bob follows", "ann blocks"),
        ("bob follows", "ann follows", "ann blocks,unblocks"),
        ("bob follows", "bob unfollows", "ann blocks", "ann unblocks"),
        ("bob follows", "ann blocks", "bob blocks", "bob unblocks"),
    ],
    ids=" + ".join,
)
async def test_nor_among_more_requests(pair: Pair, at_once: tuple[str, ...]) -> None:
    async for ended in some_orders(prepared(pair, (), at_once), pair.look, number=25):
        await pair.check_end(ended)


async def test_an_edge_of_a_request_that_died_is_hidden_and_goes_with_the_block(pair: Pair) -> None:
    for steps in bounded():
        await pair.begin_again("ann follows")
        block = await begin(*pair.request("ann blocks"))
        for _ in range(steps):
            if not block.is_done:
                await block.advance()
                await pair.look()
        is_done = block.is_done
        await block.kill()
        await pair.look()
        _, others = await pair.state()
        if others:
            await pair.world.storage.follows.insert_edge(follower=pair.bob.id, followee=pair.ann.id, push_from=5)
            await pair.look()
            await pair.ask("ann unblocks")
            assert await pair.state() == (frozenset(), frozenset())
        if is_done:
            return
