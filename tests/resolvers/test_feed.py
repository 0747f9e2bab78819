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


@pytest.mark.parametrize(
    "after", ["", "x", "=", "é", "AAAA", encode(IdKind.FOLLOW_CURSOR, 5), encode(IdKind.POST, 5), "\0", '{"$gt": ""}']
)
async def test_a_cursor_of_another_list_is_bad_input(client: Client, world: World, after: str) -> None:
    answer = await client.ask(FEED, variables={"after": after}, token=(await sign_up(world)).token)
    assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("number", [0, 1, 2**62 - 1, 2**63 - 1])
async def test_any_position_is_a_valid_cursor(client: Client, world: World, number: int) -> None:
    page = await feed(client, await sign_up(world), after=encode(IdKind.POST_CURSOR, number))
    assert page["edges"] == []


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
