"""The price of an operation is known before it is executed."""

import asyncio
import re
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_nullable_type, is_list_type

from domain.pages import MAX_PAGE
from domain.text import MAX_POST_BYTES
from schema import schema
from schema.execution.budget import Budget, BudgetedSchema, Budgets
from schema.execution.concurrency import ConcurrencyLimiter, Waiter
from schema.execution.documents import Documents
from schema.execution.limits import AT_ONCE, BUDGETS, CHEAP_COST, DEAR_COST, LONG_CHARACTERS, MAX_COST
from schema.execution.prices import (
    ATTRIBUTE,
    BYTES_PER_POINT,
    FEED,
    IDS,
    OBJECT,
    PAGE,
    PAGE_SIZE,
    PASSWORD,
    PRICES,
    READ,
    RESOLVER,
    SIZES,
    WRITE,
)
from schema.page_info import DEFAULT_PAGE
from tests.client import Client, sign_up, user_id
from tests.waiting import wait_until
from tests.world import World

SOMEBODY = Waiter("192.0.2.1", None)  # who has a turn
AUTHOR = "id alias firstName lastName imageUrl createdAt followedByViewer followsViewer"
POST = f"""id text createdAt segments {{ kind text alias url }} author {{ {AUTHOR} }}
    delivery {{ state targets delivered completedAt }}"""
PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
USER = f"{AUTHOR} followerCount followeeCount isCelebrity isViewer"

NATURAL = {
    "feed": f"{{ feed(first: 100) {{ edges {{ cursor node {{ {POST} }} }} {PAGE_INFO} }} }}",
    "followers": f"""{{ user(alias: "ann") {{ followers(first: 100) {{
        edges {{ cursor followedAt node {{ {USER} }} }} {PAGE_INFO} }} }} }}""",
    "profile": f"""{{ user(alias: "ann") {{ {USER}
        story(first: 50) {{ edges {{ cursor node {{ {POST} }} }} {PAGE_INFO} }}
        followers(first: 20) {{ edges {{ node {{ {USER} }} }} {PAGE_INFO} }}
        followees(first: 20) {{ edges {{ node {{ {USER} }} }} {PAGE_INFO} }} }} }}""",
    "posts by id": f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ id ... on Post {{ {POST} }} }} }}",
    "register": f"""mutation {{
        register(input: {{alias: "bob", firstName: "B", lastName: "B", password: "12345678"}}) {{
        ... on Session {{ token expiresAt user {{ {USER} }} }}
        ... on AliasTaken {{ message }} ... on InvalidInput {{ message fields {{ field message }} }} }} }}""",
}


PLAYGROUND = Path(__file__).parents[3] / "web" / "src" / "playground"
EXAMPLES = re.findall(r"= `((?:\\.|[^`\\])+)`", (PLAYGROUND / "examples.ts").read_text().replace("\\`", "'"))


def nested(*sizes: int) -> str:
    below = "id"
    for size in reversed(sizes):
        below = f"followers(first: {size}) {{ edges {{ node {{ {below} }} }} }}"
    return f'{{ user(alias: "ann") {{ {below} }} }}'


async def told(client: Client, query: str, **variables: Any) -> int:
    """Return the price of an operation, even if it exceeds the limit."""
    asking = {"query": query, "variables": variables, "extensions": {"cost": True}}
    answer = (await client.http.post("/graphql", json=asking)).json()
    extensions = answer["extensions"] if "extensions" in answer else answer["errors"][0]["extensions"]
    assert extensions["cost"]["limit"] == MAX_COST
    return int(extensions["cost"]["price"])


@pytest.mark.parametrize("name", NATURAL)
async def test_operations_of_clients_are_well_within_the_limit(client: Client, name: str) -> None:
    assert await told(client, NATURAL[name], ids=["x"] * 100) < 0.7 * MAX_COST


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "subscription " not in one])
async def test_the_examples_of_the_playground_are_within_the_limit(client: Client, example: str) -> None:
    assert await told(client, example, alias="ada") < 0.7 * MAX_COST


@pytest.mark.parametrize("query", [nested(100, 100), nested(100, 100, 100), nested(30, 30, 30)])
async def test_nested_long_lists_exceed_the_limit(client: Client, query: str) -> None:
    answer = await client.ask(query)
    assert (answer.data, answer.codes) == (None, ["BAD_USER_INPUT"])


AT_LIMIT = """{ user(alias: "ann") { %s
    followers(first: 100) { edges { node { story(first: 5) { edges { cursor } } } } }
    followees(first: 100) { edges { cursor } }
} }"""


async def test_an_operation_is_executed_up_to_the_limit_and_not_beyond(client: Client, world: World) -> None:
    await world.make_user("ann")
    assert await told(client, AT_LIMIT % "") == MAX_COST
    assert (await client(AT_LIMIT % ""))["user"]["followers"] == {"edges": []}
    answer = await client.ask(AT_LIMIT % "id")
    assert (answer.data, answer.codes) == (None, ["BAD_USER_INPUT"])


async def test_a_refusal_names_the_price_the_path_and_a_remedy(client: Client) -> None:
    query = "query ($first: Int) { mine: viewer { followers(first: $first) { edges { node { %s } } } } }"
    answer = await client.ask(query % "story(first: 100) { edges { cursor } }", variables={"first": 100})
    (error,) = answer.errors
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "cost": {"price": 81_200, "limit": MAX_COST}}
    assert error["message"] == (
        "The operation costs 81,200 points; at most 25,000 are allowed. Most of them arise in "
        "`mine.followers.edges.node.story.edges`: ask for fewer items or fields there, or in several requests."
    )


async def test_the_price_is_returned_only_on_request(client: Client) -> None:
    query = "{ viewer { id } }"
    asking: dict[str, Any]
    for asking in ({}, {"extensions": None}, {"extensions": {"cost": 1}}):
        response = await client.http.post("/graphql", json={"query": query} | asking)
        assert response.json() == {"data": {"viewer": None}}
    response = await client.http.get("/graphql", params={"query": query, "extensions": '{"cost": true}'})
    price = READ + ATTRIBUTE
    assert response.json() == {"data": {"viewer": None}, "extensions": {"cost": {"price": price, "limit": MAX_COST}}}


LONGEST_TEXT = ceil(MAX_POST_BYTES / BYTES_PER_POINT)
ROW = 2 * ATTRIBUTE + 2 * OBJECT  # { edges { node { id } } }


@pytest.mark.parametrize(
    ("declared", "variables", "items"),
    [
        ("$first: Int", {"first": 7}, 7),
        ("$first: Int", {"first": 7.0}, 7),
        ("$first: Int", {}, DEFAULT_PAGE),
        ("$first: Int", {"first": None}, DEFAULT_PAGE),
        ("$first: Int = 3", {}, 3),
        ("$first: Int = 3", {"first": None}, DEFAULT_PAGE),
        ("$first: Int = null", {}, DEFAULT_PAGE),
        ("$first: Int = 3", {"first": 100}, MAX_PAGE),
        ("$first: Int", {"first": 10**9}, MAX_PAGE),  # and exceeds the limit
        ("$first: Int", {"first": -1}, MAX_PAGE),
    ],
)
async def test_the_price_of_a_page_depends_on_its_variable(
    client: Client, declared: str, variables: dict[str, Any], items: int
) -> None:
    query = f"query ({declared}) {{ viewer {{ followers(first: $first) {{ edges {{ node {{ id }} }} }} }} }}"
    assert await told(client, query, **variables) == READ + PAGE + items * ROW


@pytest.mark.parametrize(
    ("arguments", "items"),
    [
        ("", DEFAULT_PAGE),
        ("(first: null)", DEFAULT_PAGE),
        ("(first: 9)", 9),
        ("(first: 999)", 100),
        ("(first: -3)", 100),
    ],
)
async def test_the_price_of_a_page_depends_on_its_literal(client: Client, arguments: str, items: int) -> None:
    query = f"{{ viewer {{ followers{arguments} {{ edges {{ node {{ id }} }} {PAGE_INFO} }} }} }}"
    assert await told(client, query) == READ + PAGE + items * ROW


@pytest.mark.parametrize(
    ("arguments", "variables", "items"),
    [
        ("last: 50", {}, 50),
        ("first: null, last: 50", {}, 50),
        ("last: $last", {"last": 70}, 70),
        ("last: $last", {}, DEFAULT_PAGE),
        ("last: $last", {"last": 10**9}, MAX_PAGE),
        ("first: 3, last: $last", {"last": 70}, 70),
        ("first: $last, last: 60", {"last": None}, 60),
        ("first: 80, last: $last", {"last": 5}, 80),
    ],
)
async def test_the_price_of_a_page_read_backwards_depends_on_its_size(
    client: Client, arguments: str, variables: dict[str, Any], items: int
) -> None:
    declared = "($last: Int)" if "$" in arguments else ""
    query = f"query Back{declared} {{ feed({arguments}) {{ edges {{ node {{ id }} }} }} }}"
    assert await told(client, query, **variables) == FEED + items * ROW


async def test_the_price_of_nodes_depends_on_the_number_of_ids(client: Client) -> None:
    for query, variables, ids in (
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 3),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["x"] * 50}, 50),
        ('query ($ids: [ID!]! = ["x", "y"]) { nodes(ids: $ids) { id } }', {}, 2),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["x"] * 900}, 100),
    ):
        assert await told(client, query, **variables) == PAGE + ids * (OBJECT + ATTRIBUTE)


async def test_a_field_selected_twice_costs_once_and_under_two_aliases_twice(client: Client) -> None:
    once = await told(client, "{ viewer { story { edges { cursor } } } }")
    twice = """{ viewer { ...Story story { edges { cursor } } ...Story } }
        fragment Story on User { story { edges { ...Edge ...Edge } } } fragment Edge on PostEdge { cursor }"""
    assert await told(client, twice) == once
    assert await told(client, "{ viewer { story { edges { cursor } } a: story { edges { cursor } } } }") == (
        2 * once - READ
    )


async def test_a_field_under_a_directive_costs_the_full_price(client: Client) -> None:
    query = "query ($no: Boolean = false) { viewer { id %s } }"
    whole = await told(client, query % "story @include(if: $no) { edges { cursor } }")
    assert (
        whole
        == await told(client, query % "... @skip(if: true) { story { edges { cursor } } } alias @skip(if: $no)") - 1
    )


async def test_the_executed_operation_is_the_priced_one(client: Client) -> None:
    document = f"query Cheap {{ viewer {{ id }} }} query Dear {nested(100, 100)}"
    for name, codes in (("Cheap", []), ("Dear", ["BAD_USER_INPUT"]), ("Cheap", [])):
        answer = (await client.http.post("/graphql", json={"query": document, "operationName": name})).json()
        assert [error["extensions"]["code"] for error in answer.get("errors", [])] == codes


async def test_a_request_tries_one_password(client: Client, world: World) -> None:
    await world.make_user("ann")
    login = 'login(input: {alias: "ann", password: "guess"}) { __typename }'
    assert await client(f"mutation {{ {login} }}") == {"login": {"__typename": "InvalidCredentials"}}
    answer = await client.ask(f"mutation {{ {login} again: {login} }}")
    assert (answer.data, answer.codes) == (None, ["BAD_USER_INPUT"])


ORDINARY = f"{{ feed(first: 20) {{ edges {{ node {{ {POST} }} }} }} }}"


async def begin(asked: Coroutine[Any, Any, Any], turns: ConcurrencyLimiter) -> "asyncio.Task[Any]":
    """Start a request. Return it when it waits for its turn, or when it is answered."""
    task = asyncio.create_task(asked)

    async def waits_or_is_done() -> bool:
        return turns.waiting > 0 or task.done()

    await wait_until(waits_or_is_done)
    return task


async def test_expensive_queries_run_one_at_a_time_and_others_overtake_them(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    assert CHEAP_COST < await told(client, ORDINARY) <= DEAR_COST < await told(client, NATURAL["feed"])
    async with BUDGETS.dear_turns.turn(SOMEBODY, within_s=10):
        dear = await begin(client(NATURAL["feed"], token=ann.token), BUDGETS.dear_turns)
        for query in ("{ viewer { alias } }", ORDINARY, 'mutation { createPost(input: {text: "x"}) { __typename } }'):
            assert await client(query, token=ann.token)
        assert not dear.done()
    assert (await dear)["feed"]["edges"] == []


async def test_ordinary_queries_run_with_limited_concurrency_and_cheap_ones_overtake_them(
    client: Client, world: World
) -> None:
    ann = await sign_up(world, "ann")
    async with AsyncExitStack() as stack:
        for _ in range(AT_ONCE):
            await stack.enter_async_context(BUDGETS.turns.turn(SOMEBODY, within_s=10))
        ordinary = await begin(client(ORDINARY, token=ann.token), BUDGETS.turns)
        for query in ("{ viewer { alias } }", NATURAL["feed"]):
            assert await client(query, token=ann.token)
        assert not ordinary.done()
    assert (await ordinary)["feed"]["edges"] == []


async def test_only_the_selection_of_a_mutation_counts_for_turns(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await world.make_user("bob")
    follow = f'mutation {{ follow(input: {{userId: "{user_id(bob)}"}}) {{ ... on Followed {{ user {{ %s }} }} }} }}'
    story = f"story(first: 100) {{ edges {{ node {{ {POST} }} }} }}"
    async with BUDGETS.dear_turns.turn(SOMEBODY, within_s=10):
        told = await begin(client(follow % story, token=ann.token), BUDGETS.dear_turns)
        assert await client(follow % "alias", token=ann.token) == {"follow": {"user": {"alias": "bob"}}}
        assert await client('mutation { login(input: {alias: "bob", password: "x"}) { __typename } }')
        assert not told.done()
    assert (await told)["follow"]["user"]["story"] == {"edges": []}


async def test_a_subscription_may_cost_at_most_the_cheap_limit(client: Client) -> None:
    """The test uses its own schema."""

    @strawberry.type
    class Query:
        name: str = "x"

    @strawberry.type
    class Subscription:
        @strawberry.subscription
        async def names(self, first: int) -> AsyncIterator[list[str]]:
            yield ["x"] * first

    class Schema(BudgetedSchema):
        budgets = Budgets(
            limit=10_000, cheap=READ + PAGE, dear=10_000, at_once=1, long=1_000, waiting_of_one=1, waiting=1
        )
        documents = Documents()

    asked = Schema(Query, subscription=Subscription, extensions=[Budget])
    for first, is_told in ((1, True), (MAX_PAGE, False)):
        results = await asked.subscribe("subscription ($first: Int!) { names(first: $first) }", {"first": first})
        answers = [result async for result in results]
        assert [bool(answer.data) for answer in answers] == [is_told]


async def test_a_long_document_waits_for_a_turn_only_the_first_time(client: Client) -> None:
    long = "{ viewer { alias } } #" + "." * LONG_CHARACTERS
    async with BUDGETS.dear_turns.turn(SOMEBODY, within_s=10):
        asked = await begin(client(long), BUDGETS.dear_turns)
        for known in range(3):
            assert await client("{ viewer { alias } } #" + "." * known) == {"viewer": None}
        assert not asked.done()
    assert await asked == {"viewer": None}
    async with BUDGETS.dear_turns.turn(SOMEBODY, within_s=10):
        assert await client(long) == {"viewer": None}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query a { viewer { id } } query b { viewer { id } }", "BAD_USER_INPUT"),
    ],
)
async def test_a_refused_long_document_returns_its_turn(client: Client, text: str, code: str) -> None:
    for number in range(2):
        answer = await client.ask(f"{text} #" + "." * (LONG_CHARACTERS + number))
        assert answer.codes == [code], "not INTERNAL, which says that there was no turn"


async def test_a_query_of_a_disconnected_client_returns_its_turn(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    async with BUDGETS.dear_turns.turn(SOMEBODY, within_s=10):
        gone = await begin(client(NATURAL["feed"], token=ann.token), BUDGETS.dear_turns)
        gone.cancel()
        await asyncio.wait([gone])  # a stopping server also cancels requests, with an answer
        assert BUDGETS.dear_turns.waiting == 0
    assert await client(NATURAL["feed"], token=ann.token)


OURS = schema._schema
FIELDS = {
    f"{name}.{path}": field
    for name, kind in OURS.type_map.items()
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    for path, field in kind.fields.items()
}


def test_every_price_and_size_names_an_existing_field() -> None:
    assert PRICES.keys() | SIZES.keys() <= FIELDS.keys()


def test_no_page_has_more_items_by_default_than_its_price_assumes() -> None:
    sizes = {path: field.args[PAGE_SIZE].default_value for path, field in FIELDS.items() if PAGE_SIZE in field.args}
    assert max(sizes.values()) == DEFAULT_PAGE


def test_every_list_has_a_size() -> None:
    """The size comes from an argument, from the list's page, or from a line in schema/execution/prices.py."""
    lists = {path for path, field in FIELDS.items() if is_list_type(get_nullable_type(field.type))}
    sized = {path for path, field in FIELDS.items() if field.args.keys() & {PAGE_SIZE, IDS}}
    assert {path for path in lists - sized - SIZES.keys() if not path.startswith("__")} == {
        "PostConnection.edges",
        "FollowConnection.edges",
        "RepostConnection.edges",
        "LikeConnection.edges",
        "UserConnection.edges",
        "NotificationConnection.edges",
    }


@pytest.mark.parametrize(
    ("query", "price"),
    [
        ("{ __typename }", ATTRIBUTE),
        ("{ viewer { __typename } }", READ + ATTRIBUTE),
        ("{ feed(first: 1) { pageInfo { hasNextPage } } }", FEED),
        ("{ viewer { followsViewer followedByViewer } }", READ + 2 * RESOLVER),
        ('mutation { follow(input: {userId: "x"}) { __typename } }', WRITE + ATTRIBUTE),
        ('mutation { login(input: {alias: "a", password: "b"}) { __typename } }', PASSWORD + ATTRIBUTE),
        ('{ node(id: "x") { id ... on Post { text } ... on User { alias } } }', READ + 2 * ATTRIBUTE + LONGEST_TEXT),
    ],
)
async def test_a_field_costs_by_its_kind(client: Client, query: str, price: int) -> None:
    assert await told(client, query) == price
