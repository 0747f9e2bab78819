"""A request for the feed alone presumes its viewer, and the feed's command confirms the session."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from graphql import parse

from schema.execution.claims import checks_claim
from storage import Storage
from storage.session_claims import NOTE_USE_EVERY
from tests.client import Client, Someone, sign_up
from tests.commands import Commands
from tests.schema.test_round_trips import client, commands, storage
from tests.world import World

__all__ = ["client", "commands", "storage"]

FEED = """query ($first: Int, $after: String, $last: Int) { feed(first: $first, after: $after, last: $last) {
    edges { cursor node { text } } pageInfo { endCursor }
} }"""
VIEWER = "{ viewer { alias } }"


async def change(storage: Storage, **fields: object) -> None:
    """Change all sessions."""
    await storage.mongo.collection("sessions").update_many({}, {"$set": fields})


async def end_others(storage: Storage, ann: Someone) -> None:
    kept, _ = await storage.sessions.create(ann.user.id)
    await storage.sessions.end_others(ann.user.id, keep=kept)


async def end_by_id(storage: Storage, ann: Someone) -> None:
    (session,) = await storage.sessions.find_by_user(ann.user.id)
    await storage.sessions.end_by_id(ann.user.id, session.id)


async def forget_numbers(storage: Storage, _: Someone) -> None:
    await storage.mongo.collection("sessions").update_many({}, {"$unset": {"number": 1}})


ENDINGS: dict[str, Callable[[Storage, Someone], Awaitable[object]]] = {
    "signed out by another process": lambda storage, ann: storage.sessions.end_by_token(ann.token),
    "ended from the list": end_by_id,
    "ended with all others": end_others,
    "expired": lambda storage, _: change(storage, expires_at=datetime.now(UTC)),
    "deleted by MongoDB": lambda storage, _: storage.mongo.collection("sessions").delete_many({}),
    "of an old format": forget_numbers,
}


async def read_by_nobody_else(world: World, ann: Someone) -> None:
    """Ann follows no account."""


async def read_with_few(world: World, ann: Someone) -> None:
    for author in await world.make_users(3):
        await world.follow(ann.user, author)
        await world.post(author)


async def read_with_pulled(world: World, ann: Someone) -> None:
    (author,) = await world.make_users(1)
    await world.follow(ann.user, author, push_from=2**62)
    for _ in range(3):
        await world.post(author)


READERS = {"follows nobody": read_by_nobody_else, "follows a few": read_with_few, "pulls": read_with_pulled}
PAGES: dict[str, dict[str, object]] = {"newest": {"first": 2}, "oldest": {"last": 2}}


@pytest.mark.parametrize("is_many", [False, True], ids=["one list of edges", "joins of edges"])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("make", READERS.values(), ids=READERS)
async def test_a_page_is_one_command_and_shows_nothing_after_the_session(
    client: Client,
    world: World,
    commands: Commands,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[World, Someone], Awaitable[None]],
    page: dict[str, object],
    is_many: bool,
) -> None:
    if is_many:
        monkeypatch.setattr("storage.feed.few_followees.MAX_MERGED_RANGES", 0)
    ann = await sign_up(world, "ann")
    await make(world, ann)
    looked_up = await client(FEED, variables=page, token=ann.token)
    await client(FEED, variables=page, token=ann.token)  # by now it is known which of the queries the reader needs
    with commands.during() as sent:
        confirmed = await client(FEED, variables=page, token=ann.token)
    assert confirmed == looked_up
    assert [next(iter(command)) for command in sent] == ["aggregate"]
    await world.storage.sessions.end_by_token(ann.token)
    answer = await client.ask(FEED, variables=page, token=ann.token)
    assert (answer.data, answer.codes) == (None, ["UNAUTHENTICATED"])


async def test_the_next_page_is_one_command_too(client: Client, world: World, commands: Commands) -> None:
    ann = await sign_up(world, "ann")
    await read_with_few(world, ann)
    first = await client(FEED, variables={"first": 1}, token=ann.token)
    variables = {"first": 1, "after": first["feed"]["pageInfo"]["endCursor"]}
    await client(FEED, variables=variables, token=ann.token)
    with commands.during() as sent:
        await client(FEED, variables=variables, token=ann.token)
    assert [next(iter(command)) for command in sent] == ["aggregate"]
    await world.storage.sessions.end_by_token(ann.token)
    assert (await client.ask(FEED, variables=variables, token=ann.token)).codes == ["UNAUTHENTICATED"]


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
async def test_the_end_of_a_session_takes_effect_at_once(
    client: Client, world: World, end: Callable[[Storage, Someone], Awaitable[object]]
) -> None:
    ann = await sign_up(world, "ann")
    await read_with_few(world, ann)
    for _ in range(2):
        await client(FEED, token=ann.token)
    await end(world.storage, ann)
    for _ in range(2):
        answer = await client.ask(FEED, token=ann.token)
        assert (answer.data, answer.codes) == (None, ["UNAUTHENTICATED"])
    assert await client(VIEWER, token=ann.token) == {"viewer": None}


async def test_a_claim_holds_for_its_account_only(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await world.make_user("bob")
    await read_with_few(world, ann)
    assert len((await client(FEED, token=ann.token))["feed"]["edges"]) == 3
    await change(world.storage, user=bob.id)
    assert (await client(FEED, token=ann.token))["feed"]["edges"] == []


async def test_a_session_whose_account_is_gone_shows_nothing(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    await read_with_few(world, ann)
    await client(FEED, token=ann.token)
    await world.storage.mongo.collection("users").delete_one({"_id": ann.user.id})
    await world.storage.sessions.end_by_token(ann.token)
    assert (await client.ask(FEED, token=ann.token)).codes == ["UNAUTHENTICATED"]


async def test_the_use_of_a_session_is_noted_by_feeds_too(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    await client(FEED, token=ann.token)
    now = datetime.now(UTC)
    await change(world.storage, last_used_at=now - NOTE_USE_EVERY, expires_at=now + timedelta(days=1))
    await client(FEED, token=ann.token)
    (session,) = await world.storage.sessions.find_by_user(ann.user.id)
    assert session.last_used_at > now - timedelta(minutes=1)
    assert session.expires_at > now + timedelta(days=29)


async def test_tokens_of_nobody_are_looked_up(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    await client(FEED, token=ann.token)
    for token in (ann.token[:-1], f"{ann.token}a", "a" * 200, None):
        assert (await client.ask(FEED, token=token)).codes == ["UNAUTHENTICATED"]


@pytest.mark.parametrize(
    ("document", "name", "expected"),
    [
        ("{ feed { edges { cursor } } }", None, True),
        ("{ later: feed { edges { cursor } } __typename }", None, True),
        ("query One { feed { edges { cursor } } } query Two { viewer { id } }", "One", True),
        ("query One { feed { edges { cursor } } } query Two { viewer { id } }", "Two", False),
        ("query One { feed { edges { cursor } } } query Two { viewer { id } }", None, False),
        ("query One { feed { edges { cursor } } }", "Three", False),
        ("{ __typename }", None, False),
        ("{ viewer { id } }", None, False),
        ("{ feed: viewer { id } }", None, False),
        ("{ feed { edges { cursor } } viewer { id } }", None, False),
        ("{ ... on Query { feed { edges { cursor } } } }", None, False),
        ("{ feed { edges { cursor } } ...More } fragment More on Query { viewer { id } }", None, False),
        ("mutation { logout }", None, False),
        ("subscription { feedUpdates { id } }", None, False),
        ("fragment More on Query { viewer { id } }", None, False),
    ],
)
def test_only_an_operation_that_reads_nothing_but_the_feed_presumes(
    document: str, name: str | None, expected: bool
) -> None:
    parsed = parse(document)
    assert checks_claim(parsed, name) is expected
    assert checks_claim(parsed, name) is expected, "also when it is remembered"
