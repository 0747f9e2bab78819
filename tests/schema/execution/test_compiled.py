"""Compiled selections answer like graphql-core, over generated documents and mostly odd data."""

import os
from dataclasses import replace
from importlib.metadata import version
from random import Random
from typing import Any

import orjson
import pytest
import strawberry
from graphql import DocumentNode, ExecutionResult, MiddlewareManager, parse, validate
from hypothesis import given, settings
from hypothesis import strategies as st
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from benchmarks.pages import PAGE
from schema.execution.compiled import MAX_FIELDS, MAX_NESTED, CompiledExecutor
from schema.execution.documents import memory_of
from tests.client import Client, sign_up
from tests.schema.execution.oddities import Branch, Data, Documents, Leaf, Plain, Query, make_schema
from tests.world import World

EXAMPLES = int(os.environ.get("COMPILED_EXAMPLES", "500"))
PLAIN = Plain(text="text", leaf=None)
STOCK, COMPILED = make_schema(compiled=False), make_schema(compiled=True)


async def answer(schema: strawberry.Schema, text: str, seed: int) -> tuple[bytes, list[Any]]:
    result = await schema.execute(text, variable_values={"no": False}, root_value=Data(seed).query())
    errors = [(error.formatted, type(error.original_error), str(error.original_error)) for error in result.errors or []]
    return orjson.dumps(result.data), errors


@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 2**32))
async def test_compiled_selections_answer_like_graphql_core(seed: int) -> None:
    text = Documents(Random(seed)).document()
    assert validate(STOCK._schema, parse(text)) == []
    assert await answer(COMPILED, text, seed) == await answer(STOCK, text, seed)


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, -(2**31), -(2**31) - 1, True, 1.0, "7", None])
async def test_integers_are_answered_as_by_graphql_core(number: Any) -> None:
    missing: Any = None
    others = ("name", "id", "ratio", "flag", "colour", "when", "maybe", "numbers", "maybe_numbers")
    leaf = Leaf(number=number, **dict.fromkeys(others, missing))
    root = Query(branch=None, branches=[], plain=Plain(text="text", leaf=leaf))
    results = [await schema.execute("{ plain { leaf { number } } }", root_value=root) for schema in (STOCK, COMPILED)]
    stock, compiled = [(repr(each.data), [error.formatted for error in each.errors or []]) for each in results]
    assert compiled == stock


def test_the_comparison_was_made_with_the_installed_versions() -> None:
    """Before an upgrade, run COMPILED_EXAMPLES=30000 .venv/bin/pytest tests/schema/execution/test_compiled.py"""
    assert {name: version(name) for name in ("graphql-core", "strawberry-graphql")} == {
        "graphql-core": "3.3.2",
        "strawberry-graphql": "0.341.2",
    }


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the types of the objects that graphql-core completes, in order."""
    completed: list[str] = []
    original = StrawberryGraphQLCoreExecutionContext.complete_object_value

    def watch(self: Any, return_type: Any, *args: Any) -> Any:
        completed.append(return_type.name)
        return original(self, return_type, *args)

    monkeypatch.setattr(StrawberryGraphQLCoreExecutionContext, "complete_object_value", watch)
    return completed


async def test_a_page_of_a_feed_is_compiled(client: Client, world: World, stock: list[str]) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    for _ in range(20):
        await world.post(bob.user)
    assert len((await client(PAGE, token=ann.token))["feed"]["edges"]) == 20
    assert stock == []


async def test_pages_of_the_web_client_are_compiled(client: Client, world: World, stock: list[str]) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    await world.post(bob.user, "@ann, look: https://example.org")
    query = """query ($first: Int) { feed(first: $first) { __typename edges { node { ...Card } } } }
        fragment Card on Post { id segments { kind text alias url } delivery { state } author { ...Who } }
        fragment Who on User { id alias isViewer imageUrl imageSrcset }"""
    page = (await client(query, variables={"first": 5}, token=ann.token))["feed"]
    assert [part["kind"] for part in page["edges"][0]["node"]["segments"]] == ["MENTION", "TEXT", "LINK"]
    assert stock == []


async def test_a_field_that_is_not_plain_leaves_the_rest_compiled(
    client: Client, world: World, stock: list[str]
) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    await world.post(bob.user)
    query = "{ feed { edges { node { author { alias followedByViewer } } } pageInfo { hasNextPage } } }"
    page = (await client(query, token=ann.token))["feed"]
    assert page["edges"][0]["node"]["author"] == {"alias": "bob", "followedByViewer": True}
    assert stock == ["PostConnection", "PostEdge", "Post", "User"], "but not PageInfo"


def compiled_in(document: DocumentNode, root: Query) -> list[tuple[str, bool]]:
    """Execute the document. Return for each selection that was met its type, and whether it is compiled."""
    executor = CompiledExecutor.build(
        COMPILED._schema, document, root, is_awaitable=lambda value: False, middleware=MiddlewareManager()
    )
    answer = executor.execute_operation()
    assert isinstance(answer, ExecutionResult)
    assert answer.errors is None
    found = memory_of(document)["compiled"].objects
    return [(type_.name, complete is not None) for (type_, *_), complete in found.items()]


async def test_compiled_selections_are_freed_with_their_document() -> None:
    assert compiled_in(parse("{ plain { text } }"), Data(0).query()) == [("Plain", True)]


@pytest.mark.parametrize(("fields", "is_compiled"), [(MAX_FIELDS - 1, True), (MAX_FIELDS, False)])
async def test_no_more_than_a_number_of_fields_is_compiled(fields: int, is_compiled: bool) -> None:
    text = " ".join(f"a{place}: text" for place in range(fields))
    assert compiled_in(parse(f"{{ plain {{ {text} }} }}"), Query(branch=None, branches=[], plain=PLAIN)) == [
        ("Plain", is_compiled)
    ]


async def test_selections_nested_too_deep_are_left_to_graphql_core() -> None:
    missing: Any = None
    least = dict.fromkeys(("leaf", "leaves", "maybe_leaves", "child", "either", "named", "guarded"), missing)
    branch = Branch(name="Bran", flag=True, plain=PLAIN, grid=[[PLAIN]], **least)
    text = "{ grid { text } }"
    for _ in range(MAX_NESTED):
        branch, text = replace(branch, child=branch), f"{{ child {text} }}"
    document = parse(f"{{ branch {text} }}{' ' * MAX_FIELDS}")  # long enough to have room
    compiled = compiled_in(document, Query(branch=branch, branches=[], plain=PLAIN))
    assert compiled == [*[("Branch", False)] * 3, ("Branch", True)], "each child is a block, and each list"


async def test_a_compiled_document_answers_with_other_variables(client: Client, world: World) -> None:
    """A document is cached between requests with its compiled selections."""
    ann = await sign_up(world, "ann")
    query = "query ($no: Boolean!) { viewer { alias skipped: alias @skip(if: $no) included: alias @include(if: $no) } }"
    for no, other in ((True, "included"), (False, "skipped"), (True, "included")):
        answer = await client(query, variables={"no": no}, token=ann.token)
        assert answer == {"viewer": {"alias": "ann", other: "ann"}}
