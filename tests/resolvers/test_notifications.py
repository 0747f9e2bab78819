"""Notifications through GraphQL."""

from typing import Any

import pytest

from domain.acts import ActKind
from domain.ids import IDS_OF_HOUR, first_id_of_hour
from domain.records import Post
from schema.global_ids import IdKind, encode
from storage.memory.ids import IdGenerator
from tests.client import Client, Someone, post_id, sign_up
from tests.live.following import follow
from tests.storage.notified import Clock
from tests.world import World

GROUP = "users { alias } count"
LIST = f"""query ($first: Int, $after: String, $kinds: [NotificationKind!]) {{
    notifications(first: $first, after: $after, kinds: $kinds) {{
        unreadCount readMarker pageInfo {{ hasNextPage hasPreviousPage endCursor }}
        edges {{ cursor node {{
            __typename id at isUnread
            ... on MentionNotification {{ post {{ text author {{ alias }} }} }}
            ... on ReplyNotification {{ post {{ text author {{ alias }} }} }}
            ... on QuoteNotification {{ post {{ text author {{ alias }} }} }}
            ... on LikeNotification {{ post {{ text author {{ alias }} }} {GROUP} }}
            ... on RepostNotification {{ post {{ text author {{ alias }} }} {GROUP} }}
            ... on FollowNotification {{ {GROUP} }}
        }} }}
    }}
}}"""
COUNT = "{ unreadNotificationCount }"
MARK = "mutation ($marker: String!) { markNotificationsRead(input: {marker: $marker}) { unreadCount } }"
POST = """mutation ($text: String!, $replyTo: ID, $quote: ID, $key: String) {
    createPost(input: {text: $text, replyTo: $replyTo, quote: $quote, idempotencyKey: $key}) {
        ... on PostCreated { post { id mentions { alias } } }
    }
}"""


async def notifications(client: Client, viewer: Someone, **given: Any) -> Any:
    return (await client(LIST, variables=given, token=viewer.token))["notifications"]


def shown(page: Any) -> list[tuple[str, Any, Any]]:
    """Return each notification as its kind, the text of its post, and the author of a post or the users of a group."""
    found = []
    for edge in page["edges"]:
        node = edge["node"]
        post = node.get("post")
        who = post["author"]["alias"] if "users" not in node else [user["alias"] for user in node["users"]]
        found.append((node["__typename"].removesuffix("Notification"), post and post["text"], who))
    return found


async def create(client: Client, author: Someone, text: str, **given: Any) -> Any:
    return (await client(POST, variables={"text": text, **given}, token=author.token))["createPost"]["post"]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything happens within one hour."""
    clock = Clock()
    monkeypatch.setattr(IdGenerator, "draw", lambda _: clock.draw())


@pytest.fixture
async def ann(world: World) -> Someone:
    return await sign_up(world, "ann")


@pytest.fixture
async def bob(world: World, ann: Someone) -> Someone:
    return await sign_up(world, "bob")


@pytest.fixture
async def eve(world: World, bob: Someone) -> Someone:
    return await sign_up(world, "eve")


@pytest.fixture
async def post(world: World, ann: Someone) -> Post:
    return await world.post(ann.user, "by ann")


async def test_each_kind_of_notification(client: Client, world: World, ann: Someone, bob: Someone, post: Post) -> None:
    await follow(client, bob, ann.id)
    await create(client, bob, "hello @Ann and @nobody")
    await create(client, bob, "an answer to @ann", replyTo=post_id(post))
    await create(client, bob, "a quote", quote=post_id(post))
    await world.storage.acts.add(ActKind.LIKE, bob.user.id, post)
    await world.storage.reposts.repost(bob.user.id, post)
    page = await notifications(client, ann)
    assert shown(page) == [
        ("Follow", None, ["bob"]),
        ("Repost", "by ann", ["bob"]),
        ("Like", "by ann", ["bob"]),
        ("Quote", "a quote", "bob"),
        ("Reply", "an answer to @ann", "bob"),
        ("Mention", "hello @Ann and @nobody", "bob"),
    ]
    assert page["unreadCount"] == 6
    assert [edge["node"]["isUnread"] for edge in page["edges"]] == [True] * 6
    assert await client(COUNT, token=ann.token) == {"unreadNotificationCount": 6}
    assert shown(await notifications(client, bob)) == []
    assert shown(await notifications(client, ann, kinds=["LIKE", "MENTION"])) == [shown(page)[2], shown(page)[5]]
    assert shown(await notifications(client, ann, kinds=[])) == []


async def test_ones_own_acts_never_notify(client: Client, world: World, ann: Someone, post: Post) -> None:
    await create(client, ann, "@ann says", replyTo=post_id(post), quote=post_id(post))
    await world.storage.acts.add(ActKind.LIKE, ann.user.id, post)
    await world.storage.reposts.repost(ann.user.id, post)
    page = await notifications(client, ann)
    assert (page["edges"], page["unreadCount"]) == ([], 0)
    assert page["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False, "endCursor": None}


async def test_a_retry_with_a_key_notifies_once(client: Client, ann: Someone, bob: Someone) -> None:
    for _ in range(2):
        await create(client, bob, "hello @ann", key="key-1")
    assert shown(await notifications(client, ann)) == [("Mention", "hello @ann", "bob")]


async def test_mentions_are_the_accounts_that_exist(client: Client, ann: Someone, bob: Someone, eve: Someone) -> None:
    made = await create(client, bob, "@EVE, @nobody: ask @ann, @bob or @eve")
    assert [user["alias"] for user in made["mentions"]] == ["eve", "ann", "bob"]
    assert (await create(client, bob, "nothing"))["mentions"] == []


async def test_what_was_marked_is_read_on_each_device(
    client: Client, world: World, ann: Someone, bob: Someone, eve: Someone, post: Post
) -> None:
    await create(client, bob, "hello @ann")
    await world.storage.acts.add(ActKind.LIKE, bob.user.id, post)
    before = await notifications(client, ann)
    marked = await client(MARK, variables={"marker": before["readMarker"]}, token=ann.token)
    assert marked == {"markNotificationsRead": {"unreadCount": 0}}
    page = await notifications(client, ann)
    assert [edge["node"]["isUnread"] for edge in page["edges"]] == [False, False]

    await world.storage.acts.add(ActKind.LIKE, eve.user.id, post)
    grown = await notifications(client, ann)
    assert [edge["node"]["id"] for edge in grown["edges"]] == [edge["node"]["id"] for edge in page["edges"]]
    assert [edge["cursor"] for edge in grown["edges"]] == [edge["cursor"] for edge in page["edges"]]
    assert [edge["node"]["isUnread"] for edge in grown["edges"]] == [True, False]
    assert grown["edges"][0]["node"]["count"] == 2
    assert await client(COUNT, token=ann.token) == {"unreadNotificationCount": 1}

    await client(MARK, variables={"marker": grown["readMarker"]}, token=ann.token)
    back = await client(MARK, variables={"marker": before["readMarker"]}, token=ann.token)
    assert back == {"markNotificationsRead": {"unreadCount": 0}}, "a marker never goes back"


async def test_an_unread_count_ends_at_99(client: Client, world: World, ann: Someone, bob: Someone) -> None:
    for number in range(101):
        await world.post(bob.user, f"hello {number}", mentioned=[ann.user])
        if number == 98:
            assert await client(COUNT, token=ann.token) == {"unreadNotificationCount": 99}
    assert await client(COUNT, token=ann.token) == {"unreadNotificationCount": 99}
    page = await notifications(client, ann, first=100)
    assert (len(page["edges"]), page["unreadCount"], page["pageInfo"]["hasNextPage"]) == (100, 99, True)


async def test_nobody_hidden_is_in_it(
    client: Client, world: World, ann: Someone, bob: Someone, eve: Someone, post: Post
) -> None:
    for each in (bob, eve):
        await world.storage.acts.add(ActKind.LIKE, each.user.id, post)
        await follow(client, each, ann.id)
    await create(client, eve, "hello @ann")
    everything = [
        ("Follow", None, ["eve", "bob"]),
        ("Like", "by ann", ["eve", "bob"]),
        ("Mention", "hello @ann", "eve"),
    ]
    assert shown(await notifications(client, ann)) == everything
    await world.storage.relations.mute(ann.user.id, eve.user.id, until=None)
    page = await notifications(client, ann)
    assert shown(page) == [("Follow", None, ["bob"]), ("Like", "by ann", ["bob"])]
    assert [edge["node"]["count"] for edge in page["edges"]] == [1, 1]
    assert page["unreadCount"] == 2
    await world.storage.relations.block(bob.user.id, ann.user.id)
    assert shown(await notifications(client, ann)) == [], "a group without a visible account is not shown"
    assert await client(COUNT, token=ann.token) == {"unreadNotificationCount": 0}
    await world.storage.relations.unmute(ann.user.id, eve.user.id)
    await world.storage.relations.unblock(bob.user.id, ann.user.id)
    assert shown(await notifications(client, ann)) == everything


async def test_a_deleted_post_takes_its_notifications_along(
    client: Client, world: World, ann: Someone, bob: Someone, post: Post
) -> None:
    await world.storage.acts.add(ActKind.LIKE, bob.user.id, post)
    answer = await create(client, bob, "an answer", replyTo=post_id(post))
    delete = "mutation ($id: ID!) { deletePost(input: {id: $id}) { __typename } }"
    await client(delete, variables={"id": answer["id"]}, token=bob.token)
    assert shown(await notifications(client, ann)) == [("Like", "by ann", ["bob"])]
    await client(delete, variables={"id": post_id(post)}, token=ann.token)
    page = await notifications(client, ann)
    assert (shown(page), page["unreadCount"]) == ([], 0)


async def test_a_group_names_eight_and_counts_all(client: Client, world: World, ann: Someone, post: Post) -> None:
    crowd = await world.make_users(12)
    for user in crowd:
        await world.storage.acts.add(ActKind.LIKE, user.id, post)
    page = await notifications(client, ann)
    (node,) = [edge["node"] for edge in page["edges"]]
    assert (node["count"], [user["alias"] for user in node["users"]]) == (12, [user.alias for user in crowd[:3:-1]])


async def test_pages_go_on_behind_a_cursor(
    client: Client, world: World, ann: Someone, bob: Someone, post: Post
) -> None:
    await create(client, bob, "hello @ann")
    await world.storage.acts.add(ActKind.LIKE, bob.user.id, post)
    whole = await notifications(client, ann)
    first = await notifications(client, ann, first=1)
    assert first["pageInfo"]["hasNextPage"]
    second = await notifications(client, ann, first=1, after=first["pageInfo"]["endCursor"])
    assert first["edges"] + second["edges"] == whole["edges"]
    assert second["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": True,
        "endCursor": whole["edges"][-1]["cursor"],
    }
    assert (second["unreadCount"], second["readMarker"]) == (whole["unreadCount"], whole["readMarker"])


@pytest.mark.parametrize(
    "given",
    [
        {"first": 0},
        {"first": 101},
        {"after": "x"},
        {"after": encode(IdKind.POST_CURSOR, 5)},
        {"after": encode(IdKind.READ_MARKER, 5)},
    ],
)
async def test_bad_pages_are_refused(client: Client, ann: Someone, given: dict[str, Any]) -> None:
    assert (await client.ask(LIST, variables=given, token=ann.token)).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("place", [0, 1, first_id_of_hour(2**63 - 1) - 1, 2**63 - 1, 24 * IDS_OF_HOUR - 1])
@pytest.mark.parametrize("rank", [0, 4, 2**63 - 1])
async def test_any_position_is_a_page(client: Client, ann: Someone, place: int, rank: int) -> None:
    after = encode(IdKind.NOTIFICATION_CURSOR, place, rank, 2**63 - 1)
    assert (await notifications(client, ann, after=after))["edges"] == []


@pytest.mark.parametrize("marker", ["", "x", encode(IdKind.POST, 5), encode(IdKind.NOTIFICATION_CURSOR, 1, 2, 3)])
async def test_a_bad_marker_is_refused(client: Client, ann: Someone, marker: str) -> None:
    assert (await client.ask(MARK, variables={"marker": marker}, token=ann.token)).codes == ["BAD_USER_INPUT"]
