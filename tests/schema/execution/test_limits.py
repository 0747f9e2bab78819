"""The limits of a request. Each is tested at the limit and one beyond it."""

from collections.abc import AsyncIterator, Callable
from itertools import cycle, islice

import pytest
from graphql import get_introspection_query
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from schema.execution.limits import (
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_DIRECTIVES,
    MAX_DIRECTIVES_AT_ONCE,
    MAX_DOCUMENT_CHARACTERS,
    MAX_ERRORS,
    MAX_INTROSPECTION_DEPTH,
    MAX_MESSAGE_CHARACTERS,
    MAX_ROOT_FIELDS,
    MAX_SELECTIONS,
    MAX_TOKENS,
)
from schema.execution.variables import MAX_VALUES
from serving.middleware.bodies import MAX_BODY_BYTES, BodyLimitMiddleware
from tests.client import Client


def characters(number: int) -> str:
    return "{ viewer { id } }".ljust(number)


def tokens(number: int) -> str:
    return "{ viewer { id } }" + "#\n" * (number - 6)


def root_fields(number: int) -> str:
    spread = number // 2
    return (
        "{ viewer { id } ...Rest " + " ".join(["__typename"] * (number - 1 - spread)) + "}"
        "fragment Rest on Query {" + " __typename" * spread + "}"
    )


def selections(number: int) -> str:
    """Return a query of `number` selections, most of them in fragments that are spread repeatedly."""
    spread, rest = divmod(number - 1, 111)
    return (
        "{ viewer {" + " ...Tens" * spread + " id" * rest + "} }"
        "fragment Tens on User {" + " ...Ten" * 10 + "} fragment Ten on User {" + " id alias" * 5 + "}"
    )


def aliases(number: int) -> str:
    """Return a query of `number` fields, half of them in a fragment that is spread twice."""
    beside = number - 2 * (number // 4)
    within = " ".join(f"b{place}: id" for place in range(number // 4))
    return (
        "{ viewer { ...Two ... { ...Two } " + " ".join(f"a{place}: id" for place in range(beside)) + "} }"
        f"fragment Two on User {{ {within} }}"
    )


def levels(names: list[str], below: int) -> str:
    """Return `levels` levels of fields below the first one. The last is a leaf."""
    path = [names[0], *islice(cycle(names[1:]), below - 1)]
    return "{" + "{".join(path) + "{ __typename" + "}" * (len(path) + 1)


def depth(below: int) -> str:
    return levels(["viewer", "story(first: 1)", "edges", "node", "author"], below)


def introspection_depth(below: int) -> str:
    return levels(['__type(name: "User")', "ofType"], below)


def directives(number: int) -> str:
    return "{ viewer {" + " id @include(if: true)" * number + "} }"


WITHIN = [
    characters(MAX_DOCUMENT_CHARACTERS),
    tokens(MAX_TOKENS),
    root_fields(MAX_ROOT_FIELDS),
    selections(MAX_SELECTIONS),
    aliases(MAX_ALIASES),
    depth(MAX_DEPTH),
    introspection_depth(MAX_INTROSPECTION_DEPTH),
    directives(MAX_DIRECTIVES),
    get_introspection_query(specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True),
]
BEYOND = [
    (characters(MAX_DOCUMENT_CHARACTERS + 1), "GRAPHQL_PARSE_FAILED", "16384"),
    (tokens(MAX_TOKENS + 1), "GRAPHQL_PARSE_FAILED", "1000 tokens"),
    (root_fields(MAX_ROOT_FIELDS + 1), "GRAPHQL_VALIDATION_FAILED", "21 root fields; at most 20"),
    (selections(MAX_SELECTIONS + 1), "GRAPHQL_VALIDATION_FAILED", "2,001 selections"),
    (aliases(MAX_ALIASES + 1), "GRAPHQL_VALIDATION_FAILED", "31 aliases; at most 30"),
    (depth(MAX_DEPTH + 1), "GRAPHQL_VALIDATION_FAILED", "13 levels of fields below the root; at most 12"),
    (introspection_depth(MAX_INTROSPECTION_DEPTH + 1), "GRAPHQL_VALIDATION_FAILED", "15 levels of introspection"),
    (directives(MAX_DIRECTIVES + 1), "GRAPHQL_VALIDATION_FAILED", "51 directives; at most 50"),
]


@pytest.mark.parametrize("query", WITHIN)
async def test_a_query_at_a_limit_is_answered(client: Client, query: str) -> None:
    assert (await client.ask(query)).codes == []


@pytest.mark.parametrize(("query", "code", "words"), BEYOND)
async def test_a_query_beyond_a_limit_is_refused_with_one_error(
    client: Client, query: str, code: str, words: str
) -> None:
    answer = await client.ask(query)
    assert answer.codes == [code]
    assert words in answer.errors[0]["message"]


async def test_a_limit_holds_for_every_operation_of_a_document(client: Client) -> None:
    document = "query One { viewer { id } } query Two " + depth(MAX_DEPTH + 1)
    response = await client.http.post("/graphql", json={"query": document, "operationName": "One"})
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


async def test_directives_in_one_place_are_bounded(client: Client) -> None:
    """Within the bound, another rule reports that they are unknown."""
    for number, told in ((MAX_DIRECTIVES_AT_ONCE, False), (MAX_DIRECTIVES_AT_ONCE + 1, True)):
        for query in ("{ viewer %s { id } }", "query %s { viewer { id } }", "query ($x: Int %s) { viewer { id } }"):
            answer = await client.ask(query % ("@no " * number))
            assert set(answer.codes) == {"GRAPHQL_VALIDATION_FAILED"}
            assert told == ("in one place" in answer.errors[0]["message"])


async def test_reported_errors_of_a_document_are_limited(client: Client) -> None:
    for number in (MAX_ERRORS, MAX_ERRORS + 1, MAX_TOKENS // 2):
        query = "{ viewer {" + "".join(f" no{place}" for place in range(number)) + "} }"
        answer = await client.ask(query)
        assert len(answer.errors) == min(number, MAX_ERRORS + 1)
        assert answer.errors[-1]["message"].startswith("There are more" if number > MAX_ERRORS else "Cannot query")
        assert set(answer.codes) == {"GRAPHQL_VALIDATION_FAILED"}


async def test_error_messages_are_limited_in_length(client: Client) -> None:
    name = "x" * (MAX_DOCUMENT_CHARACTERS // 4)
    response = await client.http.post("/graphql", json={"query": "query A { __typename }", "operationName": name})
    (error,) = response.json()["errors"]
    assert len(error["message"]) == MAX_MESSAGE_CHARACTERS
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    for query, variables in (
        (f"query {name} ($a: Int) {{ viewer {{ id }} }}", {}),
        (f'query (${name}: Int!) {{ user(alias: "x") {{ story(first: ${name}) {{ __typename }} }} }}', {name: "x"}),
    ):
        (error,) = (await client.ask(query, variables=variables)).errors
        assert len(error["message"]) == MAX_MESSAGE_CHARACTERS


NUMBERS = {
    "argument": "{ feed(first: %s) { __typename } }",
    "default": "query ($first: Int = %s) { feed(first: $first) { __typename } }",
    "id": "{ node(id: %s) { id } }",
    "text": "{ user(alias: %s) { id } }",
    "list": "{ nodes(ids: [%s]) { id } }",
    "input": "mutation { updateProfile(input: {image: %s}) { __typename } }",
    "nested": "mutation { updateProfile(input: {image: {a: [%s]}}) { __typename } }",
    "directive": "{ viewer @include(if: %s) { id } }",
}


@pytest.mark.parametrize("query", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("number", ["9" * (MAX_DIGITS + 1), "9" * 15_000, "-" + "9" * 15_000, "9" * 5_000 + ".5e9"])
async def test_a_number_of_any_length_is_refused(client: Client, query: str, number: str) -> None:
    """Python's int() raises ValueError for more than 4,300 digits."""
    answer = await client.ask(query % number)
    assert answer.codes == ["GRAPHQL_VALIDATION_FAILED"]
    assert f"digits in one number; at most {MAX_DIGITS}" in answer.errors[0]["message"]


VARIABLES: dict[str, Callable[[int], object]] = {
    "a list": lambda number: [None] * (number - 1),
    "nested lists": lambda number: [[1]] * ((number - 1) // 2) + [1] * ((number - 1) % 2),
    "an object": lambda number: {f"t{place}": 1 for place in range(number - 1)},
    "objects in lists": lambda number: [{"text": []}] * ((number - 1) // 2) + [1] * ((number - 1) % 2),
}


@pytest.mark.parametrize("values", VARIABLES.values(), ids=VARIABLES)
@pytest.mark.parametrize("number", [MAX_VALUES, MAX_VALUES + 1, 50 * MAX_VALUES])
async def test_variables_hold_a_limited_number_of_values(
    client: Client, values: Callable[[int], object], number: int
) -> None:
    for query in (
        "query ($v: [ID!]!) { nodes(ids: $v) { id } }",
        "mutation ($v: CreatePostInput!) { createPost(input: $v) { __typename } }",
        "{ __typename }",
    ):
        answer = await client.ask(query, variables={"v": values(number)})
        told = [error for error in answer.errors if f"more than {MAX_VALUES:,} values" in error["message"]]
        assert len(told) == (number > MAX_VALUES)
        assert not told or answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(("fields", "refused"), [(71, False), (72, True)])
async def test_comparisons_of_fields_of_one_name_are_limited(client: Client, fields: int, refused: bool) -> None:
    answer = await client.ask("{ viewer {" + " id" * fields + "} }")
    assert answer.codes == ["GRAPHQL_VALIDATION_FAILED"] * refused


FRAGMENTS = {
    "that double each other": "fragment F{0} on User {{ ...F{1} ...F{1} }} ",
    "that double each other, aliased": "fragment F{0} on User {{ a{0}: id ...F{1} ... {{ ...F{1} }} }} ",
    "in fields": "fragment F{0} on User {{ story {{ edges {{ node {{ author {{ ...F{1} ...F{1} }} }} }} }} }} ",
}


@pytest.mark.parametrize("fragment", FRAGMENTS.values(), ids=FRAGMENTS)
async def test_fragments_do_not_multiply_the_time_of_a_document(client: Client, fragment: str) -> None:
    chain = "".join(fragment.format(place, place + 1) for place in range(30))
    query = "{ viewer { ...F0 } } fragment F30 on User { id } " + chain
    assert (await client.ask(query)).codes in ([], ["GRAPHQL_VALIDATION_FAILED"])


@pytest.mark.parametrize(
    "query",
    [
        "{ viewer { ...Unknown } }",
        "{ viewer { ...Loop } } fragment Loop on User { id ...Loop }",
        "{ viewer { ...A } } fragment A on User { ...B } fragment B on User { followers { edges { node { ...A } } } }",
        "{ ...Nowhere } fragment Nowhere on Nothing { id }",
    ],
)
async def test_a_spread_of_an_unknown_fragment_is_refused(client: Client, query: str) -> None:
    assert set((await client.ask(query)).codes) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY_BYTES, 200), (MAX_BODY_BYTES + 1, 413)])
@pytest.mark.parametrize("parts", [1, 7])
async def test_a_body_is_read_up_to_the_limit(size: int, status: int, parts: int) -> None:
    async def measure(request: Request) -> Response:
        return Response(str(len(await request.body())))

    app = BodyLimitMiddleware(Starlette(routes=[Route("/", measure, methods=["POST"])]))

    async def body() -> AsyncIterator[bytes]:
        for place in range(parts):
            yield b"x" * (size * (place + 1) // parts - size * place // parts)

    async with AsyncClient(transport=ASGITransport(app), base_url="http://tests") as http:
        response = await http.post("/", content=body())

    assert response.status_code == status
    assert response.text == str(size) if status == 200 else "too large" in response.text
