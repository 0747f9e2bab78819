"""Answers are bounded in bytes on every transport, and the limit of points bounds them, too."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import orjson
import pytest
from graphql import GraphQLObjectType, GraphQLString, get_named_type, get_operation_ast, parse

from composition.tasks import task_services_of
from domain.text import MAX_POST_BYTES
from schema import schema
from schema.execution.cost import Pricing, points
from schema.execution.limits import MAX_COST
from schema.execution.prices import BYTES_PER_POINT, KEY_CHARACTERS_PER_POINT, POSSIBLE_BYTES
from serving.graphql.results import MAX_ANSWER_BYTES, MESSAGE
from storage import Storage
from tests.client import post_id
from tests.conftest import empty
from tests.pipeline.stack import Stack
from tests.talk import Ended, talking
from tests.world import World

LONGEST = ("e" + "\N{COMBINING ACUTE ACCENT}" * 14) * 280
BODY = {"content-type": "application/json"}
ALL = """id createdAt text segments { kind text alias url }
    author { id alias firstName lastName imageUrl imageSrcset createdAt followerCount isViewer followsViewer }"""


@pytest.fixture(scope="module")
async def storage(served: Stack) -> AsyncIterator[Storage]:
    async with task_services_of(served.settings) as services:
        yield services.storage


@pytest.fixture(scope="module")
async def longest(storage: Storage) -> list[str]:
    """Make a hundred posts with the longest texts. Return their ids."""
    await empty(storage)
    world = World(storage)
    ann = await world.make_user("ann")
    assert 0.95 * MAX_POST_BYTES < len(LONGEST.encode()) <= MAX_POST_BYTES
    return [post_id(await world.post(ann, LONGEST)) for _ in range(100)]


def asked(selection: str, ids: list[str]) -> dict[str, Any]:
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Post {{ {selection} }} }} }}"
    return {"query": query, "variables": {"ids": ids}}


def texts(times: int) -> str:
    return " ".join(f"t{number}: text" for number in range(times))


async def sent(served: Stack, request: Mapping[str, Any], accept: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=served.url, timeout=60) as http:
        return await http.post("/graphql", content=orjson.dumps(request), headers=BODY | {"accept": accept})


async def test_a_hundred_of_the_longest_posts_with_all_fields_are_sent(served: Stack, longest: list[str]) -> None:
    response = await sent(served, asked(ALL, longest), "application/json")
    answer = response.json()
    assert "errors" not in answer
    assert {node["text"] for node in answer["data"]["nodes"]} == {LONGEST}
    assert 0.3 * MAX_ANSWER_BYTES < len(response.content) < 0.9 * MAX_ANSWER_BYTES


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_larger_answer_is_not_sent(served: Stack, longest: list[str], accept: str) -> None:
    response = await sent(served, asked(texts(6), longest), accept)
    assert len(response.content) < 1_000
    (error,) = response.json()["errors"]
    assert (response.status_code, response.json()["data"]) == (200, None)
    assert (error["message"], error["extensions"]["code"]) == (MESSAGE, "BAD_USER_INPUT")


async def test_a_larger_result_is_not_sent_in_a_stream(served: Stack, longest: list[str]) -> None:
    response = await sent(served, asked(texts(6), longest), "text/event-stream")
    assert len(response.content) < 1_000
    assert MESSAGE in response.text


async def test_a_larger_result_is_not_sent_over_a_websocket(served: Stack, longest: list[str]) -> None:
    async with talking(served.url) as talk:
        with pytest.raises(Ended) as ended:
            await talk.ask(asked(texts(6), longest)["query"], ids=longest)
        assert ended.value.codes == ["BAD_USER_INPUT"]
        assert await talk.ask("{ viewer { alias } }") == {"viewer": None}, "the connection goes on"


@pytest.mark.parametrize(
    ("method", "query", "accept"),
    [
        ("POST", "{ viewer { id } }", "multipart/mixed;subscriptionSpec=1.0"),
        ("POST", "mutation { logout }", "multipart/mixed;subscriptionSpec=1.0"),
        ("GET", "mutation { logout }", "text/event-stream"),
        ("GET", "mutation { logout }", "multipart/mixed;subscriptionSpec=1.0"),
    ],
)
async def test_a_stream_reports_the_operations_it_supports(served: Stack, method: str, query: str, accept: str) -> None:
    async with httpx.AsyncClient(base_url=served.url, timeout=60) as http:
        asking = {"params": {"query": query}} if method == "GET" else {"json": {"query": query}}
        response = await http.request(method, "/graphql", headers={"accept": accept}, **asking)  # type: ignore[arg-type]
    assert "cannot be answered in this way" in response.text
    assert "BAD_USER_INPUT" in response.text


# Texts that have at most a few dozen bytes in every object.
SHORT = {
    *("ActiveSession.client", "PageInfo.startCursor", "PageInfo.endCursor", "FieldError.field", "FieldError.message"),
    *("PostEdge.cursor", "FollowEdge.cursor", "UserEdge.cursor", "User.alias", "Segment.alias", "Session.token"),
    *("User.imageUrl", "User.imageSrcset", "Media.url", "Media.srcset"),
    *("Trend.tag", "MarkedRead.cursor", "Query.feedPosition"),
    *("NotificationConnection.readMarker", "NotificationEdge.cursor"),
    *("RepostEdge.cursor", "LikeEdge.cursor", "FeedRepostUndone.cursor", "FeedStale.reason"),
}


def test_every_text_of_the_schema_is_short_or_priced_by_its_possible_bytes() -> None:
    """A new field of type String needs a line in POSSIBLE_BYTES or here."""
    found = {
        f"{name}.{path}"
        for name, kind in schema._schema.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
        for path, field in kind.fields.items()
        if get_named_type(field.type) is GraphQLString and path != "message"
    }
    assert found == (SHORT | POSSIBLE_BYTES.keys()) - {"FieldError.message"}


def price(query: str) -> int:
    document = parse(query)
    operation = get_operation_ast(document)
    assert operation is not None
    return points(Pricing(schema._schema, document, operation).cost(), {})


@pytest.mark.parametrize("selection", ["text", "segments { text url }", "author { firstName lastName }", "id"])
def test_the_limit_of_points_bounds_the_bytes_of_an_answer(selection: str) -> None:
    """With many aliases or long response keys, the largest allowed answer is encoded as fast as it is executed."""
    longest_key = "k" * 10_000
    for asked_for in (selection, f"{longest_key}: {selection}"):
        own = price(f"{{ feed(first: 100) {{ edges {{ node {{ {asked_for} }} }} }} }}")
        base = price("{ feed(first: 100) { edges { node { __typename } } } }")
        each = (own - base) / 100 + 1
        possible = {"text": MAX_POST_BYTES, "segments { text url }": 2 * MAX_POST_BYTES}.get(selection, 0)
        possible += 2 * 1_500 if selection.startswith("author") else 0
        possible += len(longest_key) if longest_key in asked_for else 0
        assert possible <= (each + 1) * max(BYTES_PER_POINT, KEY_CHARACTERS_PER_POINT)
    assert MAX_COST * BYTES_PER_POINT <= 25_000_000
