"""Tag pages and searches over GraphQL: what they show, how they go on, and what is refused."""

from typing import Any

import pytest

from tests.client import Client, sign_up
from tests.conversations import block
from tests.world import World

PAGE = """
    edges { cursor node { text author { alias } segments { kind text tag } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }"""
TAGGED = f"""query ($tags: [String!]!, $first: Int, $after: String) {{
    list: taggedPosts(tags: $tags, first: $first, after: $after) {{ {PAGE} }} }}"""
SEARCH = f"""query ($query: String!, $first: Int, $after: String) {{
    list: searchPosts(query: $query, first: $first, after: $after) {{ {PAGE} }} }}"""


def texts(page: Any) -> list[str]:
    return [edge["node"]["text"] for edge in page["edges"]]


@pytest.mark.parametrize(("query", "asked"), [(TAGGED, {"tags": ["#GO"]}), (SEARCH, {"query": "Hello go"})])
async def test_posts_are_found_as_soon_as_they_are_made_and_until_they_are_hidden(
    client: Client, world: World, query: str, asked: dict[str, Any]
) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    for number in range(3):
        create = "mutation ($text: String!) { createPost(input: {text: $text}) { __typename } }"
        await client(create, variables={"text": f"hello {number} #Go"}, token=ann.token)
    await world.post(bob.user, "not found")

    first = (await client(query, variables={**asked, "first": 2}))["list"]
    assert texts(first) == ["hello 2 #Go", "hello 1 #Go"]
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "endCursor": first["edges"][-1]["cursor"],
    }
    assert first["edges"][0]["node"]["segments"] == [
        {"kind": "TEXT", "text": "hello 2 ", "tag": None},
        {"kind": "TAG", "text": "#Go", "tag": "Go"},
    ]
    rest = (await client(query, variables={**asked, "after": first["pageInfo"]["endCursor"]}))["list"]
    assert texts(rest) == ["hello 0 #Go"]
    assert not rest["pageInfo"]["hasNextPage"]

    await block(world.storage, ann.user, bob.user)
    assert (await client(query, variables=asked, token=bob.token))["list"]["edges"] == []
    assert len((await client(query, variables=asked, token=ann.token))["list"]["edges"]) == 3


@pytest.mark.parametrize(
    ("query", "asked", "message"),
    [
        (TAGGED, {"tags": ["a"] * 11}, "at most 10 tags"),
        (TAGGED, {"tags": ["a", "b" * 102]}, "at most 100 characters"),
        (TAGGED, {"tags": ["a"], "first": 0}, "from 1 to 100"),
        (TAGGED, {"tags": ["a"], "after": "x"}, "not an id or a cursor"),
        (SEARCH, {"query": "a" * 201}, "at most 200 characters"),
        (SEARCH, {"query": " ".join("abcdefghijklmnopqrstu")}, "at most 20 words"),
        (SEARCH, {"query": "a", "first": 101}, "from 1 to 100"),
    ],
)
async def test_what_is_too_much_is_refused(client: Client, query: str, asked: dict[str, Any], message: str) -> None:
    answer = await client.ask(query, variables=asked)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert message in answer.errors[0]["message"]


@pytest.mark.parametrize("odd", ["\0", "#", " ", "\u200b", "$where", "a\0b"])
async def test_odd_characters_find_nothing(client: Client, world: World, odd: str) -> None:
    await world.post(await world.make_user(), "hello")
    assert (await client(TAGGED, variables={"tags": [odd]}))["list"]["edges"] == []
    assert (await client(SEARCH, variables={"query": odd}))["list"]["edges"] == []
