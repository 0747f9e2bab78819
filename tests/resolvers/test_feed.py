"""Paging through the feed as a client does."""

from typing import Any

import pytest

from schema.global_ids import IdKind, encode
from tests.client import Client, Someone, post_id, sign_up
from tests.waiting import bounded
from tests.world import World

FEED = """query ($first: Int, $after: String) {
    feed(first: $first, after: $after) {
        edges { cursor node { id text author { alias followedByViewer followsViewer isViewer } delivery { state } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


async def feed(client: Client, reader: Someone, **arguments: Any) -> Any:
    return (await client(FEED, variables=arguments, token=reader.token))["feed"]


async def test_a_post_is_at_once_in_feeds_of_followers_only(client: Client, world: World) -> None:
    ann, bob, eve = await sign_up(world, "ann"), await sign_up(world, "bob"), await sign_up(world, "eve")
    await world.follow(ann.user, bob.user)
    post = await world.post(bob.user, "hello")
    (edge,) = (await feed(client, ann))["edges"]
    assert edge["node"] == {
        "id": post_id(post),
        "text": "hello",
        "author": {"alias": "bob", "followedByViewer": True, "followsViewer": False, "isViewer": False},
        "delivery": None,
    }
    assert (await feed(client, bob))["edges"] == (await feed(client, eve))["edges"] == []


@pytest.mark.parametrize("first", [1, 2, 3, 6, 7, 8, 100])
async def test_pages_of_every_size_lead_to_the_oldest_post(client: Client, world: World, first: int) -> None:
    ann, *authors = [await sign_up(world) for _ in range(3)]
    for author in authors:
        await world.follow(ann.user, author.user)
    posts = [post_id(await world.post(authors[turn % 2].user)) for turn in range(7)]

    read: list[str] = []
    cursor = None
    for _ in bounded(len(posts)):
        page = await feed(client, ann, first=first, after=cursor)
        read += [edge["node"]["id"] for edge in page["edges"]]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (cursor is not None)
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        assert info["hasNextPage"] is (len(read) < 7)
        if not info["hasNextPage"]:
            break
        cursor = info["endCursor"]
    assert read == posts[::-1]


BACKWARDS = """query ($first: Int, $after: String, $last: Int, $before: String) {
    feed(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""


async def between(client: Client, reader: Someone, **arguments: Any) -> Any:
    return (await client(BACKWARDS, variables=arguments, token=reader.token))["feed"]


@pytest.mark.parametrize("last", [1, 2, 3, 6, 7, 8, 100])
async def test_pages_of_every_size_lead_back_to_the_newest_post(client: Client, world: World, last: int) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    await world.follow(ann.user, bob.user)
    posts = [post_id(await world.post(bob.user)) for _ in range(7)]

    read: list[str] = []
    cursor = None
    for _ in bounded(len(posts)):
        page = await between(client, ann, last=last, before=cursor)
        read = [edge["node"]["id"] for edge in page["edges"]] + read
        info = page["pageInfo"]
        assert info["hasNextPage"] is (cursor is not None)
        assert (info["startCursor"], info["endCursor"]) == (page["edges"][0]["cursor"], page["edges"][-1]["cursor"])
        assert info["hasPreviousPage"] is (len(read) < 7)
        if not info["hasPreviousPage"]:
            break
        cursor = info["startCursor"]
    assert read == posts[::-1]


async def test_the_ends_of_a_page_are_those_of_the_feed_and_not_of_the_arguments(client: Client, world: World) -> None:
    """Posts on the other side of a cursor may be deleted, or may be the only ones that are left."""
    ann, bob = await sign_up(world), await sign_up(world)
    await world.follow(ann.user, bob.user)
    old, middle, new = [await world.post(bob.user) for _ in range(3)]
    below, above = encode(IdKind.POST_CURSOR, new.id), encode(IdKind.POST_CURSOR, old.id)

    async def ends(**arguments: Any) -> tuple[bool, bool]:
        info = (await between(client, ann, **arguments))["pageInfo"]
        return info["hasPreviousPage"], info["hasNextPage"]

    assert await ends(first=2, after=below) == (True, False)
    assert await ends(last=2, before=above) == (False, True)
    for size in ("first", "last"):
        assert await ends(after=below, before=above, **{size: 2}) == (True, True)
        (edge,) = (await between(client, ann, after=below, before=above, **{size: 2}))["edges"]
        assert edge["node"]["id"] == post_id(middle)
    for post in (old, new):
        await world.storage.posts.delete_post(post.id, author=bob.user.id)
    assert await ends(first=2, after=below) == await ends(last=2, before=above) == (False, False)
    assert [edge["node"]["id"] for edge in (await between(client, ann, last=2))["edges"]] == [post_id(middle)]


BOTH = "query ($first: Int, $last: Int) { feed(first: $first, last: $last) { edges { cursor } } }"


@pytest.mark.parametrize(
    ("query", "variables", "is_refused"),
    [
        ("{ feed(first: 20, last: 5) { edges { cursor } } }", {}, True),
        ("{ feed(first: 3, last: 5) { edges { cursor } } }", {}, True),
        ("query ($first: Int = 7) { feed(first: $first, last: 5) { edges { cursor } } }", {}, True),
        (BOTH, {"first": 20, "last": 5}, True),
        (BOTH, {"last": 5}, False),
        (BOTH, {"first": None, "last": 5}, False),
        (BOTH, {"first": 5, "last": None}, False),
        (BOTH, {}, False),
        ("{ feed(first: null, last: 5) { edges { cursor } } }", {}, False),
        ("{ feed(first: null, last: null) { edges { cursor } } }", {}, False),
        ("{ feed(last: 5) { edges { cursor } } }", {}, False),
    ],
)
async def test_a_page_is_read_in_one_direction(
    client: Client, world: World, query: str, variables: dict[str, int | None], is_refused: bool
) -> None:
    """The default of `first` is no reason to refuse `last`."""
    answer = await client.ask(query, variables=variables, token=(await sign_up(world)).token)
    assert answer.codes == (["BAD_USER_INPUT"] if is_refused else [])
    if is_refused:
        assert answer.errors[0]["message"] == "Give `first` to read forwards or `last` to read backwards, not both."


@pytest.mark.parametrize("last", [0, -1, 101, 2**31 - 1])
async def test_a_backward_page_size_out_of_bounds_is_bad_input(client: Client, world: World, last: int) -> None:
    answer = await client.ask(BACKWARDS, variables={"last": last}, token=(await sign_up(world)).token)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert f"`last` must be from 1 to 100, not {last}" in answer.errors[0]["message"]


async def test_a_cursor_outlives_its_post(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    await world.follow(ann.user, bob.user)
    first, second, third = [await world.post(bob.user) for _ in range(3)]
    page = await feed(client, ann, first=2)
    await world.storage.posts.delete_post(second.id, author=bob.user.id)
    rest = await feed(client, ann, first=2, after=page["pageInfo"]["endCursor"])
    assert [edge["node"]["id"] for edge in rest["edges"]] == [post_id(first)]
    assert [edge["node"]["id"] for edge in (await feed(client, ann))["edges"]] == [post_id(third), post_id(first)]


async def test_a_feed_needs_a_viewer(client: Client) -> None:
    for token in (None, "nonsense"):
        answer = await client.ask(FEED, token=token)
        assert (answer.data, answer.codes) == (None, ["UNAUTHENTICATED"])


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
async def test_a_page_size_out_of_bounds_is_bad_input(client: Client, world: World, first: int) -> None:
    answer = await client.ask(FEED, variables={"first": first}, token=(await sign_up(world)).token)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert str(first) in answer.errors[0]["message"]


@pytest.mark.parametrize("argument", ["after", "before"])
@pytest.mark.parametrize(
    "cursor", ["", "x", "=", "é", "AAAA", encode(IdKind.FOLLOW_CURSOR, 5), encode(IdKind.POST, 5), "\0", '{"$gt": ""}']
)
async def test_a_cursor_of_another_list_is_bad_input(client: Client, world: World, argument: str, cursor: str) -> None:
    answer = await client.ask(BACKWARDS, variables={argument: cursor}, token=(await sign_up(world)).token)
    assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("number", [0, 1, 2**62 - 1, 2**63 - 1])
async def test_any_position_is_a_valid_cursor(client: Client, world: World, number: int) -> None:
    cursor, reader = encode(IdKind.POST_CURSOR, number), await sign_up(world)
    for arguments in (
        {"after": cursor},
        {"before": cursor},
        {"last": 5, "before": cursor},
        {"last": 5, "after": cursor},
    ):
        assert (await between(client, reader, **arguments))["edges"] == []


async def test_changes_by_an_author_or_a_follower_show_beside_posts_at_once(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    await world.post(bob.user)
    query = "{ feed { edges { node { author { firstName followerCount followeeCount } } } } }"

    async def author() -> Any:
        return (await client(query, token=ann.token))["feed"]["edges"][0]["node"]["author"]

    assert await author() == {"firstName": "Bob", "followerCount": 1, "followeeCount": 0}
    rename = 'mutation { updateProfile(input: {firstName: "Robert"}) { __typename } }'
    await client(rename, token=bob.token)
    assert (await author())["firstName"] == "Robert"
    for mutation, count in (("follow", 1), ("unfollow", 0)):
        query_text = f"mutation ($id: ID!) {{ {mutation}(input: {{userId: $id}}) {{ __typename }} }}"
        await client(query_text, variables={"id": ann.id}, token=bob.token)
        assert (await author())["followeeCount"] == count


async def test_the_viewer_s_new_name_shows_beside_posts_in_every_process(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    await world.post(ann.user)
    story = "{ viewer { story { edges { node { author { firstName } } } } } }"
    for name in ("Anna", "Annabel"):
        await world.storage.users.change_profile(ann.user.id, {"first_name": name})
        (edge,) = (await client(story, token=ann.token))["viewer"]["story"]["edges"]
        assert edge["node"]["author"] == {"firstName": name}
