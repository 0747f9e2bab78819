"""The search for people works for each typed prefix, and pages its results."""

from typing import Any

import pytest

from schema.global_ids import IdKind, encode
from storage.maintenance.counts import CountDrift
from tests.client import Client, sign_up
from tests.world import World

SEARCH = """query ($query: String!, $first: Int, $after: String) {
    searchUsers(query: $query, first: $first, after: $after) {
        edges { cursor node { id alias followerCount isViewer followedByViewer } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


async def search(client: Client, query: str, **variables: Any) -> Any:
    return (await client(SEARCH, variables={"query": query, **variables}))["searchUsers"]


def aliases(found: Any) -> list[str]:
    return [edge["node"]["alias"] for edge in found["edges"]]


async def test_an_anonymous_caller_finds_people_while_typing(client: Client, world: World) -> None:
    for alias in ("ada", "adam", "bea"):
        await world.make_user(alias)
    for query in ("a", "AD", "@ad", "ad"):
        assert aliases(await search(client, query)) == ["adam", "ada"], "among equals, the newest first"
    assert aliases(await search(client, "ada t")) == ["adam", "ada"]
    assert aliases(await search(client, "adam")) == ["adam"]
    assert aliases(await search(client, "adamant")) == []


@pytest.mark.parametrize("query", ["", "  ", "@", "…"])
async def test_a_blank_query_finds_no_accounts(client: Client, world: World, query: str) -> None:
    await world.make_user("ada")
    nothing = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    assert await search(client, query) == {"edges": [], "pageInfo": nothing}


async def test_results_are_paged_with_the_most_followed_first(client: Client, world: World) -> None:
    users = await world.make_users(7)
    await world.services.maintenance.counts.add_drift(
        {user.id: CountDrift(place // 2, 0) for place, user in enumerate(users)}
    )
    wanted = [user.alias for user in users[::-1]]

    found, after = [], None
    for place in range(4):
        page = await search(client, "user", first=2, after=after)
        after = page["pageInfo"]["endCursor"]
        assert page["pageInfo"] == {
            "hasNextPage": place < 3,
            "hasPreviousPage": place > 0,
            "startCursor": page["edges"][0]["cursor"],
            "endCursor": page["edges"][-1]["cursor"],
        }
        found += aliases(page)
    assert found == wanted
    assert (await search(client, "user", first=2, after=after))["edges"] == []


async def test_an_account_followed_between_pages_is_not_listed_twice(client: Client, world: World) -> None:
    users = await world.make_users(4)
    page = await search(client, "user", first=2)
    await world.follow(users[0], users[3])
    assert aliases(await search(client, "user", first=9, after=page["pageInfo"]["endCursor"])) == ["user2", "user1"]


async def test_results_show_whether_the_viewer_follows(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await world.make_user("bob")
    await world.follow(ann.user, bob)
    found = await client(SEARCH, variables={"query": "test"}, token=ann.token)
    assert [list(edge["node"].values())[1:] for edge in found["searchUsers"]["edges"]] == [
        ["bob", 1, False, True],
        ["ann", 0, True, False],
    ]


@pytest.mark.parametrize(
    "after",
    ["", "x", encode(IdKind.USER, 5), encode(IdKind.FOLLOW_CURSOR, 5), f"{encode(IdKind.SEARCH_CURSOR, 5, 5)}="],
)
async def test_a_cursor_of_another_list_is_bad_input(client: Client, after: str) -> None:
    answer = await client.ask(SEARCH, variables={"query": "a", "after": after})
    assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("after", [(0, 0), (2**63 - 1, 2**63 - 1)])
async def test_the_first_and_last_possible_cursors_are_valid(
    client: Client, world: World, after: tuple[int, int]
) -> None:
    await world.make_user("ada")
    found = await search(client, "a", after=encode(IdKind.SEARCH_CURSOR, *after))
    assert len(found["edges"]) == (after > (0, 0))


@pytest.mark.parametrize(
    "variables", [{"first": 0}, {"first": 101}, {"query": "x" * 201}, {"query": "a b c d e f g h i"}]
)
async def test_a_search_has_bounds(client: Client, variables: dict[str, Any]) -> None:
    answer = await client.ask(SEARCH, variables={"query": "a", **variables})
    assert answer.codes == ["BAD_USER_INPUT"]


async def test_a_new_account_or_name_is_found_at_once(client: Client) -> None:
    session = await client("""mutation { register(input: {
        alias: "Zoe_1", firstName: "Zoë", lastName: "Żak", password: "correct horse"
    }) { ... on Session { token } } }""")
    assert aliases(await search(client, "zo zak")) == ["Zoe_1"]
    rename = 'mutation { updateProfile(input: {lastName: "Łoś"}) { __typename } }'
    await client(rename, token=session["register"]["token"])
    assert aliases(await search(client, "zo zak")) == []
    assert aliases(await search(client, "zo los")) == ["Zoe_1"]
