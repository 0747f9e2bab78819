"""Likes and bookmarks as clients see them: counts, flags and lists."""

from typing import Any

import pytest

from domain.relations import RelationKind
from schema.global_ids import IdKind, encode
from tests.acts import fold_all
from tests.client import Client, Someone, post_id, sign_up
from tests.waiting import bounded
from tests.world import World

VERBS = {
    "like": ("LikeInput", "Liked"),
    "unlike": ("UnlikeInput", "Unliked"),
    "bookmark": ("BookmarkInput", "Bookmarked"),
    "removeBookmark": ("RemoveBookmarkInput", "BookmarkRemoved"),
}
POST = "id likeCount likedByViewer bookmarkedByViewer"
LIKES = """query ($id: ID!, $first: Int, $after: String) { post(id: $id) {
    likeCount
    likes(first: $first, after: $after) {
        totalCount edges { cursor likedAt node { alias } } pageInfo { hasNextPage endCursor }
    }
} }"""
LIST = """query ($first: Int, $after: String) { LIST(first: $first, after: $after) {
    edges { cursor node { text author { alias } } repost { createdAt } } pageInfo { hasNextPage endCursor }
} }"""
BLOCKED = {"__typename": "Blocked", "message": "One of the two accounts has blocked the other."}
NOT_FOUND = {"__typename": "PostNotFound", "message": "There is no such post."}
LISTS = pytest.mark.parametrize(("verb", "listed"), [("like", "likedPosts"), ("bookmark", "bookmarks")])


def document(verb: str) -> str:
    given, done = VERBS[verb]
    return f"""mutation ($input: {given}!) {{ {verb}(input: $input) {{
        __typename ... on {done} {{ post {{ {POST} }} }} ... on Error {{ message }}
    }} }}"""


async def do(client: Client, verb: str, someone: Someone, post: str) -> Any:
    return (await client(document(verb), variables={"input": {"postId": post}}, token=someone.token))[verb]


async def texts(client: Client, listed: str, someone: Someone, *, page_size: int = 100) -> list[str]:
    """Read the whole list page by page. Return the texts of its posts."""
    found: list[str] = []
    after = None
    for _ in bounded():
        asked = {"first": page_size, "after": after}
        page = (await client(LIST.replace("LIST", listed, 1), variables=asked, token=someone.token))[listed]
        found += [edge["node"]["text"] for edge in page["edges"]]
        assert all(edge["repost"] is None for edge in page["edges"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        assert len(page["edges"]) == page_size, "a page that is not the last one is full"
    return found


async def relate(world: World, reader: Someone, other: Someone, kind: RelationKind) -> None:
    relation = {"_id": world.storage.users.draw_id(), "reader": reader.user.id, "other": other.user.id}
    await world.storage.mongo.collection("relations").insert_one({**relation, "kind": kind.value})


async def test_a_like_is_counted_and_listed(client: Client, world: World) -> None:
    ann, bob, eve = [await sign_up(world, alias) for alias in ("ann", "bob", "eve")]
    post = post_id(await world.post(ann.user))
    for someone, likes in ((bob, 1), (ann, 2), (eve, 3), (eve, 3)):
        liked = await do(client, "like", someone, post)
        assert liked == {
            "__typename": "Liked",
            "post": {"id": post, "likeCount": likes, "likedByViewer": True, "bookmarkedByViewer": False},
        }
    found = (await client(LIKES, variables={"id": post}))["post"]
    assert found["likeCount"] == found["likes"]["totalCount"] == 3
    assert [edge["node"]["alias"] for edge in found["likes"]["edges"]] == ["eve", "ann", "bob"]
    unliked = (await do(client, "unlike", ann, post))["post"]
    assert (unliked["likeCount"], unliked["likedByViewer"]) == (2, False)


async def test_the_list_of_likes_is_paged(client: Client, world: World) -> None:
    people = [await sign_up(world, f"user{number}") for number in range(5)]
    post = post_id(await world.post(people[0].user))
    for someone in people:
        await do(client, "like", someone, post)
    first = (await client(LIKES, variables={"id": post, "first": 3}))["post"]["likes"]
    after = first["pageInfo"]["endCursor"]
    second = (await client(LIKES, variables={"id": post, "first": 3, "after": after}))["post"]["likes"]
    pages = [[edge["node"]["alias"] for edge in page["edges"]] for page in (first, second)]
    assert pages == [["user4", "user3", "user2"], ["user1", "user0"]]
    assert [page["pageInfo"]["hasNextPage"] for page in (first, second)] == [True, False]
    wrong = await client.ask(LIKES, variables={"id": post, "after": encode(IdKind.REPOST_CURSOR, 5)})
    assert wrong.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("kind", RelationKind)
async def test_hidden_accounts_are_counted_and_not_listed(client: Client, world: World, kind: RelationKind) -> None:
    ann, bob, eve = [await sign_up(world, alias) for alias in ("ann", "bob", "eve")]
    post = post_id(await world.post(ann.user))
    for someone in (bob, eve):
        await do(client, "like", someone, post)
    await relate(world, ann, eve, kind)
    found = (await client(LIKES, variables={"id": post}, token=ann.token))["post"]
    assert found["likeCount"] == found["likes"]["totalCount"] == 2
    assert [edge["node"]["alias"] for edge in found["likes"]["edges"]] == ["bob"]


async def test_a_bookmark_is_private(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post = post_id(await world.post(ann.user, "hello"))
    bookmarked = await do(client, "bookmark", bob, post)
    assert bookmarked["post"] == {"id": post, "likeCount": 0, "likedByViewer": False, "bookmarkedByViewer": True}
    for someone in (ann, None):
        token = someone.token if someone else None
        answer = await client(f"query ($id: ID!) {{ post(id: $id) {{ {POST} }} }}", variables={"id": post}, token=token)
        assert answer["post"]["bookmarkedByViewer"] is False
    assert await texts(client, "bookmarks", ann) == []
    assert await texts(client, "bookmarks", bob) == ["hello"]
    assert (await do(client, "removeBookmark", bob, post))["post"]["bookmarkedByViewer"] is False
    assert await texts(client, "bookmarks", bob) == []


@LISTS
@pytest.mark.parametrize("page_size", [1, 2, 3])
async def test_a_list_leaves_out_what_is_gone_or_barred_and_never_ends_early(
    client: Client, world: World, verb: str, listed: str, page_size: int
) -> None:
    ann, bob, eve, cat = [await sign_up(world, alias) for alias in ("ann", "bob", "eve", "cat")]
    authors = {"seen": ann, "gone": ann, "blocks": bob, "muted": eve, "blocked": cat}
    made = [(text, await world.post(authors[text].user, f"{text} {number}")) for number in range(3) for text in authors]
    for _, post in made:
        await do(client, verb, ann, post_id(post))
    await relate(world, ann, bob, RelationKind.BLOCKED_BY)
    await relate(world, ann, cat, RelationKind.BLOCK)
    await relate(world, ann, eve, RelationKind.MUTE)
    for text, post in made:
        if text == "gone":
            await world.storage.posts.delete_post(post.id, author=ann.user.id)
    expected = [f"{text} {number}" for number in (2, 1, 0) for text in ("muted", "seen")]
    assert await texts(client, listed, ann, page_size=page_size) == expected


@pytest.mark.parametrize("kind", [RelationKind.BLOCK, RelationKind.BLOCKED_BY])
@pytest.mark.parametrize(("verb", "back"), [("like", "unlike"), ("bookmark", "removeBookmark")])
async def test_neither_of_two_accounts_likes_across_a_block(
    client: Client, world: World, kind: RelationKind, verb: str, back: str
) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post, before = await world.post(ann.user), await world.post(ann.user)
    await do(client, verb, bob, post_id(before))
    await relate(world, bob, ann, kind)
    assert await do(client, verb, bob, post_id(post)) == BLOCKED
    assert await do(client, back, bob, post_id(before)) == {"__typename": VERBS[back][1], "post": None}


@pytest.mark.parametrize("verb", VERBS)
async def test_a_post_that_does_not_exist_is_not_found(client: Client, world: World, verb: str) -> None:
    ann = await sign_up(world, "ann")
    assert await do(client, verb, ann, encode(IdKind.POST, 12345)) == NOT_FOUND
    assert await world.storage.mongo.collection("acts").count_documents({}) == 0


@pytest.mark.parametrize(("verb", "back"), [("like", "unlike"), ("bookmark", "removeBookmark")])
async def test_an_act_on_a_post_that_is_gone_can_be_taken_back_once(
    client: Client, world: World, verb: str, back: str
) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post = await world.post(ann.user)
    await do(client, verb, bob, post_id(post))
    await world.storage.posts.delete_post(post.id, author=ann.user.id)
    assert await do(client, back, bob, post_id(post)) == {"__typename": VERBS[back][1], "post": None}
    assert await do(client, back, bob, post_id(post)) == NOT_FOUND


async def test_a_repost_is_no_post_to_like(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = await world.post(ann.user)
    made = await world.storage.reposts.repost(ann.user.id, post)
    assert made is not None
    assert await do(client, "like", ann, encode(IdKind.POST, made.id)) == NOT_FOUND


async def test_one_request_may_like_and_unlike_in_turn(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = post_id(await world.post(ann.user))
    turns = " ".join(
        f'n{number}: {verb}(input: {{postId: "{post}"}}) {{ ... on {VERBS[verb][1]} {{ post {{ likeCount }} }} }}'
        for number, verb in enumerate(["like", "unlike", "like"])
    )
    answer = await client(f"mutation {{ {turns} }}", token=ann.token)
    assert [turn["post"]["likeCount"] for turn in answer.values()] == [1, 0, 1]


async def test_counts_of_posts_and_accounts(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post = await world.post(ann.user)
    both = await world.post(bob.user, reply_to=post, quote=post)
    await world.post(bob.user, quote=post)
    await world.post(bob.user, reply_to=both)
    await world.storage.reposts.repost(bob.user.id, post)
    counts = "query ($id: ID!) { post(id: $id) { replyCount quoteCount repostCount reposts { totalCount } } }"
    accounts = '{ ann: user(alias: "ann") { postCount } bob: user(alias: "bob") { postCount } }'
    for _ in range(2):
        answer = await client(counts, variables={"id": post_id(post)})
        assert answer["post"] == {"replyCount": 1, "quoteCount": 2, "repostCount": 1, "reposts": {"totalCount": 1}}
        assert await client(accounts) == {"ann": {"postCount": 1}, "bob": {"postCount": 3}}
        await fold_all(world)
    await world.storage.posts.delete_post(both.id, author=bob.user.id)
    await world.storage.reposts.undo(bob.user.id, post.id)
    for _ in range(2):
        answer = await client(counts, variables={"id": post_id(post)})
        assert answer["post"] == {"replyCount": 0, "quoteCount": 1, "repostCount": 0, "reposts": {"totalCount": 0}}
        assert await client(accounts) == {"ann": {"postCount": 1}, "bob": {"postCount": 2}}
        await fold_all(world)
