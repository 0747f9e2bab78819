"""Replies, quotes and what stands around a post, for a viewer who may have muted or blocked authors."""

import random
from typing import Any

import pytest

from domain.records import Post
from domain.relations import RelationKind
from resolvers.visibility import MOST_READ
from schema.global_ids import IdKind, encode
from storage.post_documents import new_post
from tests.client import Client, Someone, post_id, sign_up, user_id
from tests.conversations import block, insert_repost, relate
from tests.waiting import bounded
from tests.world import World

CREATE = """mutation ($text: String!, $replyTo: ID, $quote: ID, $key: String) {
    createPost(input: {text: $text, replyTo: $replyTo, quote: $quote, idempotencyKey: $key}) {
        __typename
        ... on Error { message }
        ... on InvalidInput { fields { field code } }
        ... on PostCreated { post {
            id text isReply inReplyTo { id author { alias } } repliesTo { alias } quote { post { id } hiddenBecause }
        } }
    }
}"""
AROUND = """query ($id: ID!) { post(id: $id) {
    isReply inReplyTo { text author { alias } } repliesTo { alias }
    ancestors { post { text author { alias } } hiddenBecause }
    quote { post { text author { alias } } hiddenBecause }
} }"""
REPLIES = """query ($id: ID!, $first: Int, $after: String, $order: ReplyOrder!) { post(id: $id) {
    list: replies(first: $first, after: $after, order: $order) { ...Page } } }"""
QUOTES = """query ($id: ID!, $first: Int, $after: String) { post(id: $id) {
    list: quotes(first: $first, after: $after) { ...Page } } }"""
STORY = """query ($id: ID!, $first: Int, $after: String, $shows: [StoryKind!]!) { node(id: $id) { ... on User {
    list: story(first: $first, after: $after, shows: $shows) { ...Page } } } }"""
PAGE = """fragment Page on PostConnection {
    edges { cursor node { id author { alias } } repost { user { alias } } }
    pageInfo { hasNextPage endCursor }
}"""


async def create(client: Client, author: Someone, text: str = "hello", **named: Any) -> Any:
    return (await client(CREATE, variables={"text": text, **named}, token=author.token))["createPost"]


async def around(client: Client, post: Post, viewer: Someone | None = None) -> Any:
    return (await client(AROUND, variables={"id": post_id(post)}, token=viewer.token if viewer else None))["post"]


async def whole(client: Client, query: str, id: str, viewer: Someone, page_size: int, **arguments: Any) -> list[str]:
    """Return the ids of the posts of a list, read page by page as a client does."""
    read: list[str] = []
    after: str | None = None
    for _ in bounded():
        variables = {"id": id, "first": page_size, "after": after, **arguments}
        answer = await client(query + PAGE, variables=variables, token=viewer.token)
        (root,) = answer.values()
        page = root["list"]
        read += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return read
        assert len(page["edges"]) == page_size
        after = page["pageInfo"]["endCursor"]
    raise AssertionError


# -- creating -------------------------------------------------------------------------------------------------------


async def test_a_post_answers_and_quotes(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    asked, quoted = await world.post(ann.user, "why?"), await world.post(bob.user, "so")
    made = (await create(client, bob, replyTo=post_id(asked), quote=post_id(quoted)))["post"]
    assert made["isReply"] is True
    assert made["inReplyTo"] == {"id": post_id(asked), "author": {"alias": "ann"}}
    assert made["repliesTo"] == {"alias": "ann"}
    assert made["quote"] == {"post": {"id": post_id(quoted)}, "hiddenBecause": None}


async def test_a_plain_post_stands_alone(client: Client, world: World) -> None:
    made = (await create(client, await sign_up(world)))["post"]
    nothing = {"isReply": False, "inReplyTo": None, "repliesTo": None, "quote": None}
    assert {name: made[name] for name in nothing} == nothing


async def test_ones_own_posts_may_be_answered_and_quoted(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = post_id(await world.post(ann.user))
    made = (await create(client, ann, replyTo=post, quote=post))["post"]
    assert (made["inReplyTo"]["id"], made["quote"]["post"]["id"]) == (post, post)


@pytest.mark.parametrize("text", ["", " \n"])
async def test_a_text_may_be_blank_only_with_a_quote(client: Client, world: World, text: str) -> None:
    ann = await sign_up(world)
    post = post_id(await world.post(ann.user))
    assert (await create(client, ann, text, quote=post))["post"]["text"] == text
    refused = await create(client, ann, text, replyTo=post)
    assert refused["fields"] == [{"field": "text", "code": "REQUIRED"}]


@pytest.mark.parametrize("text", ["x" * 281, "a\0b", "e" + "\u0301" * 10_000, "\u0301" * 300])
async def test_a_quote_does_not_lift_the_other_limits_of_a_text(client: Client, world: World, text: str) -> None:
    ann = await sign_up(world)
    post = post_id(await world.post(ann.user))
    assert (await create(client, ann, text, quote=post))["__typename"] == "InvalidInput"


@pytest.mark.parametrize("named", ["replyTo", "quote"])
async def test_what_does_not_exist_is_not_found(client: Client, world: World, named: str) -> None:
    ann = await sign_up(world)
    post, other = await world.post(ann.user), await world.post(ann.user)
    repost = await insert_repost(world.storage, ann.user, other)
    await world.storage.posts.delete_post(post.id, author=ann.user.id)
    for id in (post_id(post), encode(IdKind.POST, repost), encode(IdKind.POST, 5)):
        refused = await create(client, ann, **{named: id})
        assert refused["__typename"] == "PostNotFound"
        assert "answer or quote" in refused["message"]
    assert await world.storage.mongo.collection("posts").count_documents({"text": "hello"}) == 1


@pytest.mark.parametrize("named", ["replyTo", "quote"])
async def test_the_id_of_something_else_is_bad_input(client: Client, world: World, named: str) -> None:
    ann = await sign_up(world)
    for id in (ann.id, encode(IdKind.POST_CURSOR, 5), "", "nonsense"):
        answer = await client.ask(CREATE, variables={"text": "hello", named: id}, token=ann.token)
        assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("named", ["replyTo", "quote"])
async def test_a_block_refuses_both_sides_and_a_mute_neither(client: Client, world: World, named: str) -> None:
    ann, bob, cat = [await sign_up(world) for _ in range(3)]
    of_ann, of_bob = post_id(await world.post(ann.user)), post_id(await world.post(bob.user))
    await block(world.storage, ann.user, bob.user)
    await relate(world.storage, cat.user, ann.user, RelationKind.MUTE)
    refused = {"__typename": "Blocked", "message": "One of the two accounts has blocked the other."}
    assert await create(client, ann, **{named: of_bob}) == refused
    assert await create(client, bob, **{named: of_ann}) == refused
    assert (await create(client, cat, **{named: of_ann}))["__typename"] == "PostCreated"
    assert (await create(client, cat, **{named: of_bob}))["__typename"] == "PostCreated"


async def test_one_of_two_named_posts_is_enough_to_refuse(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    own, barred = post_id(await world.post(ann.user)), post_id(await world.post(bob.user))
    await block(world.storage, bob.user, ann.user)
    assert (await create(client, ann, replyTo=own, quote=barred))["__typename"] == "Blocked"
    assert (await create(client, ann, replyTo=barred, quote=own))["__typename"] == "Blocked"
    gone = encode(IdKind.POST, 5)
    assert (await create(client, ann, replyTo=own, quote=gone))["__typename"] == "PostNotFound"
    assert (await create(client, ann, replyTo=gone, quote=own))["__typename"] == "PostNotFound"


async def test_a_used_key_with_other_input_is_refused(client: Client, world: World) -> None:
    ann = await sign_up(world)
    one, other = post_id(await world.post(ann.user)), post_id(await world.post(ann.user))
    first: dict[str, Any] = {"replyTo": one, "quote": other}
    made = await create(client, ann, key="key", **first)
    assert await create(client, ann, key="key", **first) == made
    for changed in ({"replyTo": other}, {"quote": one}, {"replyTo": None}, {"quote": None}):
        refused = await create(client, ann, key="key", **{**first, **changed})
        assert refused["fields"] == [{"field": "idempotencyKey", "code": "TAKEN"}]
    assert await world.storage.mongo.collection("posts").count_documents({}) == 3


async def test_a_used_key_with_other_input_is_refused_whatever_the_input_names(client: Client, world: World) -> None:
    """The answer is about the key, since a post of that key exists."""
    ann, bob = await sign_up(world), await sign_up(world)
    own, barred = post_id(await world.post(ann.user)), post_id(await world.post(bob.user))
    await block(world.storage, bob.user, ann.user)
    await create(client, ann, key="key")
    for post in (own, barred, encode(IdKind.POST, 5)):
        for named in ("replyTo", "quote"):
            refused = await create(client, ann, key="key", **{named: post})
            assert refused["fields"] == [{"field": "idempotencyKey", "code": "TAKEN"}]
    assert await world.storage.mongo.collection("posts").count_documents({}) == 3


async def test_a_retry_returns_the_reply_although_its_parent_is_out_of_sight(client: Client, world: World) -> None:
    """The first answer may have been lost. A retry must not seem to have failed."""
    ann, bob = await sign_up(world), await sign_up(world)
    parent, quoted = await world.post(bob.user), await world.post(bob.user)
    named = {"replyTo": post_id(parent), "quote": post_id(quoted)}
    made = await create(client, ann, key="key", **named)
    await world.storage.posts.delete_post(parent.id, author=bob.user.id)
    again = await create(client, ann, key="key", **named)
    assert again["post"]["id"] == made["post"]["id"]
    await block(world.storage, bob.user, ann.user)
    again = await create(client, ann, key="key", **named)
    assert again["post"]["id"] == made["post"]["id"]
    assert again["post"]["quote"] == {"post": None, "hiddenBecause": "BLOCKED"}
    assert (await create(client, ann, "other", key="key", **named))["__typename"] == "InvalidInput"
    assert (await create(client, ann, key="new", **named))["__typename"] in ("PostNotFound", "Blocked")


# -- around a post --------------------------------------------------------------------------------------------------


async def test_a_thread_is_read_upwards(client: Client, world: World) -> None:
    ann, bob = await world.make_user("ann"), await world.make_user("bob")
    first = await world.post(ann, "first")
    second = await world.post(bob, "second", reply_to=first)
    third = await world.post(ann, "third", reply_to=second, quote=first)
    assert await around(client, third) == {
        "isReply": True,
        "inReplyTo": {"text": "second", "author": {"alias": "bob"}},
        "repliesTo": {"alias": "bob"},
        "ancestors": [
            {"post": {"text": "second", "author": {"alias": "bob"}}, "hiddenBecause": None},
            {"post": {"text": "first", "author": {"alias": "ann"}}, "hiddenBecause": None},
        ],
        "quote": {"post": {"text": "first", "author": {"alias": "ann"}}, "hiddenBecause": None},
    }
    assert await around(client, first) == {
        "isReply": False,
        "inReplyTo": None,
        "repliesTo": None,
        "ancestors": [],
        "quote": None,
    }


async def test_a_deleted_parent_is_a_gap_with_what_is_beyond_it(client: Client, world: World) -> None:
    ann, bob = await world.make_user("ann"), await world.make_user("bob")
    first = await world.post(ann, "first")
    second = await world.post(bob, "second", reply_to=first)
    third = await world.post(ann, "third", reply_to=second, quote=second)
    await world.storage.posts.delete_post(second.id, author=bob.id)
    assert await around(client, third) == {
        "isReply": True,
        "inReplyTo": None,
        "repliesTo": {"alias": "bob"},
        "ancestors": [
            {"post": None, "hiddenBecause": "GONE"},
            {"post": {"text": "first", "author": {"alias": "ann"}}, "hiddenBecause": None},
        ],
        "quote": {"post": None, "hiddenBecause": "GONE"},
    }


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (RelationKind.MUTE, "MUTED"),
        (RelationKind.BLOCK, "BLOCKED"),
        (RelationKind.BLOCKED_BY, "BLOCKED"),
    ],
)
async def test_a_hidden_author_is_a_gap_with_its_reason(
    client: Client, world: World, kind: RelationKind, reason: str
) -> None:
    viewer, ann, bob = await sign_up(world), await world.make_user("ann"), await world.make_user("bob")
    first = await world.post(ann, "first")
    second = await world.post(bob, "second", reply_to=first)
    third = await world.post(ann, "third", reply_to=second, quote=second)
    await relate(world.storage, viewer.user, bob, kind)
    assert await around(client, third, viewer) == {
        "isReply": True,
        "inReplyTo": None,
        "repliesTo": {"alias": "bob"},
        "ancestors": [
            {"post": None, "hiddenBecause": reason},
            {"post": {"text": "first", "author": {"alias": "ann"}}, "hiddenBecause": None},
        ],
        "quote": {"post": None, "hiddenBecause": reason},
    }
    assert (await around(client, third))["inReplyTo"] is not None, "others see it"


# -- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 100])
async def test_lists_are_paged_without_hidden_accounts(client: Client, world: World, page_size: int) -> None:
    dice = random.Random(page_size)
    viewer, ann, *others = [await sign_up(world) for _ in range(6)]
    for other, kind in zip(others, RelationKind, strict=False):
        await relate(world.storage, viewer.user, other.user, kind)
    shown = {ann.user.id, viewer.user.id, others[3].user.id}
    post = await world.post(ann.user)
    around_it = [
        await world.post(dice.choice([viewer, ann, *others]).user, reply_to=post, quote=post) for _ in range(40)
    ]
    expected = [post_id(one) for one in around_it if one.author in shown]
    id = post_id(post)
    assert await whole(client, REPLIES, id, viewer, page_size, order="OLDEST") == expected
    assert await whole(client, REPLIES, id, viewer, page_size, order="NEWEST") == expected[::-1]
    assert await whole(client, QUOTES, id, viewer, page_size) == expected[::-1]


@pytest.mark.parametrize("order", ["OLDEST", "NEWEST"])
async def test_a_page_ends_short_where_too_much_is_hidden_and_says_where(
    client: Client, world: World, order: str
) -> None:
    """The pages together are the whole list."""
    viewer, ann, bob = [await sign_up(world) for _ in range(3)]
    await relate(world.storage, viewer.user, bob.user, RelationKind.MUTE)
    post = await world.post(ann.user)
    first = await world.post(ann.user, reply_to=post)
    many = MOST_READ + 1_500
    hidden = [new_post(world.storage.ids.draw(), author=bob.user.id, text="", reply_to=post) for _ in range(many)]
    await world.storage.mongo.collection("posts").insert_many(hidden)
    last = await world.post(ann.user, reply_to=post)

    read: list[str] = []
    sizes: list[int] = []
    after: str | None = None
    for _ in bounded():
        variables = {"id": post_id(post), "first": 5, "after": after, "order": order}
        page = (await client(REPLIES + PAGE, variables=variables, token=viewer.token))["post"]["list"]
        read += [edge["node"]["id"] for edge in page["edges"]]
        sizes.append(len(page["edges"]))
        if not page["pageInfo"]["hasNextPage"]:
            break
        before, after = after, page["pageInfo"]["endCursor"]
        assert after is not None
        assert after != before
        assert len(sizes) < 5, "each page goes on where the one before has stopped"
    assert read == [post_id(one) for one in ((first, last) if order == "OLDEST" else (last, first))]
    assert sizes == [1, 1]


@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
async def test_a_story_shows_reposts_if_asked(client: Client, world: World, page_size: int) -> None:
    viewer, ann, muted, blocked = [await sign_up(world) for _ in range(4)]
    await relate(world.storage, viewer.user, muted.user, RelationKind.MUTE)
    await block(world.storage, blocked.user, viewer.user)
    shown: list[str] = []
    for author in (ann, muted, blocked, ann, muted, muted, viewer):
        post = await world.post(author.user)
        await insert_repost(world.storage, ann.user, post)
        if author not in (muted, blocked):
            shown.append(post_id(post))
    assert await whole(client, STORY, ann.id, viewer, page_size, shows=["REPOST"]) == shown[::-1]


@pytest.mark.parametrize("page_size", [1, 2, 100])
async def test_reposts_of_what_is_gone_leave_no_hole_in_a_story(client: Client, world: World, page_size: int) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    shown: list[str] = []
    for is_gone in (False, True, True, False, True, True, True):
        post = await world.post(bob.user)
        await insert_repost(world.storage, ann.user, post)
        if is_gone:
            await world.storage.posts.delete_post(post.id, author=bob.user.id)
        else:
            shown.append(post_id(post))
    assert await whole(client, STORY, ann.id, bob, page_size, shows=["REPOST"]) == shown[::-1]


async def test_the_edge_of_a_repost_in_a_story_says_why_it_stands_there(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post = await world.post(bob.user)
    repost = await insert_repost(world.storage, ann.user, post)
    page = (await client(STORY + PAGE, variables={"id": ann.id, "shows": ["REPOST", "POST"]}))["node"]["list"]
    assert page["edges"] == [
        {
            "cursor": encode(IdKind.POST_CURSOR, repost),
            "node": {"id": post_id(post), "author": {"alias": "bob"}},
            "repost": {"user": {"alias": "ann"}},
        }
    ]


async def test_a_story_shows_posts_and_replies_unless_asked_otherwise(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    asked = await world.post(bob.user)
    posts = [await world.post(ann.user), await world.post(ann.user, reply_to=asked)]
    await insert_repost(world.storage, ann.user, asked)
    plain = "query ($id: ID!) { node(id: $id) { ... on User { list: story { ...Page } } } }" + PAGE
    edges = (await client(plain, variables={"id": ann.id}))["node"]["list"]["edges"]
    assert [edge["node"]["id"] for edge in edges] == [post_id(post) for post in posts[::-1]]
    for shows, count in ([], 0), (["MEDIA"], 0), (["POST", "POST"], 1), (["REPLY", "REPOST", "MEDIA"], 2):
        assert len(await whole(client, STORY, ann.id, bob, 100, shows=shows)) == count


async def test_a_muted_account_has_its_story_and_a_blocked_one_has_none(client: Client, world: World) -> None:
    """Also what it has reposted of itself."""
    viewer, ann = await sign_up(world), await sign_up(world)
    post = await world.post(ann.user)
    await insert_repost(world.storage, ann.user, post)
    await relate(world.storage, viewer.user, ann.user, RelationKind.MUTE)
    both = ["POST", "REPOST"]
    assert await whole(client, STORY, user_id(ann.user), viewer, 5, shows=both) == [post_id(post)] * 2
    await relate(world.storage, viewer.user, ann.user, RelationKind.BLOCK)
    assert await whole(client, STORY, user_id(ann.user), viewer, 5, shows=both) == []
    assert await whole(client, STORY, user_id(ann.user), viewer, 5, shows=["POST"]) == []
