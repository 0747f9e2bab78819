"""Authorisation: each field of the roots, of an account and of a post, for three callers.

Ann owns the account, the post and the session of each document. Bob follows her and is also signed in, but owns none of
them. The third caller is anonymous.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import GraphQLObjectType, build_schema

from domain.ids import MAX_ID
from schema import schema
from schema.global_ids import IdKind, encode
from tests.client import Client, Someone, post_id, sign_up
from tests.uploads import store_media
from tests.world import World

TYPES = ("Query", "Mutation", "Subscription", "User", "Post")
SUBSCRIPTIONS = {  # tested below
    "Subscription.feedUpdates": "id",
    "Subscription.feedChanges": "__typename",
    "Subscription.notificationsChanged": "unreadCount",
}
UPLOADS = {"Mutation.uploadMedia"}  # tests/resolvers/test_media.py
ANYTHING = object()  # a value that is neither an error nor null
SIGN_IN = "UNAUTHENTICATED"


@dataclass(frozen=True, slots=True)
class Row:
    """Execute a document. Return the innermost value of its answer, or its error's code."""

    document: str
    anonymous: Any
    owner: Any
    stranger: Any

    @classmethod
    def alike(cls, document: str, outcome: Any) -> "Row":
        return cls(document, outcome, outcome, outcome)


def account(selection: str) -> str:
    return f'{{ user(alias: "ann") {{ {selection} }} }}'


def post(selection: str) -> str:
    return f'{{ post(id: "POST") {{ {selection} }} }}'


MATRIX = {
    "Query.viewer": Row("{ viewer { alias } }", None, "ann", "bob"),
    "Query.user": Row.alike(account("alias"), "ann"),
    "Query.post": Row.alike(post("text"), "hello"),
    "Query.node": Row.alike('{ node(id: "ANN") { id } }', ANYTHING),
    "Query.nodes": Row.alike('{ nodes(ids: ["ANN", "POST"]) { id } }', ANYTHING),
    "Query.feed": Row("{ feed { edges { node { text } } } }", SIGN_IN, [], [{"node": {"text": "hello"}}]),
    "Query.searchUsers": Row.alike(
        '{ searchUsers(query: "ann") { edges { node { alias } } } }', [{"node": {"alias": "ann"}}]
    ),
    "Query.taggedPosts": Row.alike('{ taggedPosts(tags: ["none"]) { edges { cursor } } }', []),
    "Query.searchPosts": Row.alike(
        '{ searchPosts(query: "hello") { edges { node { text } } } }', [{"node": {"text": "hello"}}]
    ),
    "Query.trends": Row.alike("{ trends { tag } }", []),
    "Query.searchTags": Row.alike('{ searchTags(query: "none") { tag postCount } }', []),
    "Query.suggestedUsers": Row("{ suggestedUsers { alias } }", SIGN_IN, [], []),
    "Query.feedPosition": Row("{ feedPosition }", SIGN_IN, None, None),
    "Query.sessions": Row("{ sessions { isCurrent } }", SIGN_IN, [{"isCurrent": True}], [{"isCurrent": True}]),
    "Query.mutedUsers": Row("{ mutedUsers { edges { node { alias } } } }", SIGN_IN, [], []),
    "Query.blockedUsers": Row("{ blockedUsers { edges { node { alias } } } }", SIGN_IN, [], []),
    "Query.bookmarks": Row("{ bookmarks { edges { node { text } } } }", SIGN_IN, [], []),
    "Query.likedPosts": Row("{ likedPosts { edges { node { text } } } }", SIGN_IN, [], []),
    "Query.notifications": Row(  # Bob follows Ann
        "{ notifications { edges { node { ... on FollowNotification { users { alias } } } } } }",
        SIGN_IN,
        [{"node": {"users": [{"alias": "bob"}]}}],
        [],
    ),
    "Query.unreadNotificationCount": Row("{ unreadNotificationCount }", SIGN_IN, 1, 0),
    "Mutation.markNotificationsRead": Row(
        'mutation { markNotificationsRead(input: {marker: "MARKER"}) { unreadCount } }', SIGN_IN, 0, 0
    ),
    "Mutation.register": Row.alike(
        'mutation { register(input: {alias: "eve", firstName: "E", lastName: "V", password: "tweeter-demo"}) '
        "{ __typename } }",
        "Session",
    ),
    "Mutation.login": Row.alike(
        'mutation { login(input: {alias: "ann", password: "not Ann\'s"}) { __typename } }', "InvalidCredentials"
    ),
    "Mutation.logout": Row("mutation { logout }", False, True, True),
    "Mutation.signOut": Row("mutation { signOut { wasSignedIn } }", False, True, True),
    "Mutation.endSession": Row(
        'mutation { endSession(input: {id: "SESSION"}) { __typename } }', SIGN_IN, "SessionEnded", "SessionNotFound"
    ),
    "Mutation.endOtherSessions": Row("mutation { endOtherSessions }", SIGN_IN, 0, 0),
    "Mutation.signOutElsewhere": Row("mutation { signOutElsewhere { endedSessions } }", SIGN_IN, 0, 0),
    "Mutation.changePassword": Row(
        'mutation { changePassword(input: {currentPassword: "not Ann\'s", newPassword: "tweeter-demo"}) '
        "{ __typename } }",
        SIGN_IN,
        "InvalidCredentials",
        "InvalidCredentials",
    ),
    "Mutation.updateProfile": Row(
        'mutation { updateProfile(input: {firstName: "New"}) { ... on ProfileUpdated { user { alias } } } }',
        SIGN_IN,
        "ann",
        "bob",
    ),
    "Mutation.createPost": Row(
        'mutation { createPost(input: {text: "new"}) { ... on PostCreated { post { author { alias } } } } }',
        SIGN_IN,
        "ann",
        "bob",
    ),
    "Mutation.deletePost": Row(
        'mutation { deletePost(input: {id: "POST"}) { __typename } }', SIGN_IN, "PostDeleted", "PostNotFound"
    ),
    "Mutation.repost": Row(
        'mutation { repost(input: {postId: "POST"}) { ... on Reposted { post { text } } } }', SIGN_IN, "hello", "hello"
    ),
    "Mutation.undoRepost": Row(
        'mutation { undoRepost(input: {postId: "POST"}) { ... on RepostUndone { post { text } } } }',
        SIGN_IN,
        "hello",
        "hello",
    ),
    "Mutation.like": Row(
        'mutation { like(input: {postId: "POST"}) { ... on Liked { post { text } } } }', SIGN_IN, "hello", "hello"
    ),
    "Mutation.unlike": Row(
        'mutation { unlike(input: {postId: "POST"}) { ... on Unliked { post { text } } } }', SIGN_IN, "hello", "hello"
    ),
    "Mutation.bookmark": Row(
        'mutation { bookmark(input: {postId: "POST"}) { ... on Bookmarked { post { text } } } }',
        SIGN_IN,
        "hello",
        "hello",
    ),
    "Mutation.removeBookmark": Row(
        'mutation { removeBookmark(input: {postId: "POST"}) { ... on BookmarkRemoved { post { text } } } }',
        SIGN_IN,
        "hello",
        "hello",
    ),
    "Mutation.follow": Row(
        'mutation { follow(input: {userId: "ANN"}) { __typename } }', SIGN_IN, "CannotFollowSelf", "Followed"
    ),
    "Mutation.unfollow": Row(
        'mutation { unfollow(input: {userId: "ANN"}) { __typename } }', SIGN_IN, "Unfollowed", "Unfollowed"
    ),
    "Mutation.updateFollow": Row(
        'mutation { updateFollow(input: {userId: "ANN", isInFeed: false}) { __typename } }',
        SIGN_IN,
        "NotFollowed",
        "FollowUpdated",
    ),
    "Mutation.describeMedia": Row(
        'mutation { describeMedia(input: {mediaId: "PICTURE", alt: "x"}) { __typename } }',
        SIGN_IN,
        "MediaDescribed",
        "InvalidInput",
    ),
    "Mutation.markFeedRead": Row(
        'mutation { markFeedRead(input: {cursor: "CURSOR"}) { __typename } }', SIGN_IN, "MarkedRead", "MarkedRead"
    ),
    "Mutation.mute": Row(
        'mutation { mute(input: {userId: "ANN"}) { __typename } }', SIGN_IN, "CannotMuteSelf", "UserMuted"
    ),
    "Mutation.unmute": Row(
        'mutation { unmute(input: {userId: "ANN"}) { __typename } }', SIGN_IN, "UserUnmuted", "UserUnmuted"
    ),
    "Mutation.block": Row(
        'mutation { block(input: {userId: "ANN"}) { __typename } }', SIGN_IN, "CannotBlockSelf", "UserBlocked"
    ),
    "Mutation.unblock": Row(
        'mutation { unblock(input: {userId: "ANN"}) { __typename } }', SIGN_IN, "UserUnblocked", "UserUnblocked"
    ),
    "User.id": Row.alike(account("id"), ANYTHING),
    "User.alias": Row.alike(account("alias"), "ann"),
    "User.firstName": Row.alike(account("firstName"), "Ann"),
    "User.lastName": Row.alike(account("lastName"), "Test"),
    "User.bio": Row.alike(account("bio"), ""),
    "User.bioSegments": Row.alike(account("bioSegments { text }"), []),
    "User.imageUrl": Row.alike(account("imageUrl"), ANYTHING),
    "User.imageSrcset": Row.alike(account("imageSrcset"), ANYTHING),
    "User.createdAt": Row.alike(account("createdAt"), ANYTHING),
    "User.followerCount": Row.alike(account("followerCount"), 1),
    "User.followeeCount": Row.alike(account("followeeCount"), 0),
    "User.isCelebrity": Row.alike(account("isCelebrity"), False),
    "User.isViewer": Row(account("isViewer"), False, True, False),
    "User.followedByViewer": Row(account("followedByViewer"), False, False, True),
    "User.followsViewer": Row.alike(account("followsViewer"), False),
    "User.mutedByViewer": Row.alike(account("mutedByViewer"), False),
    "User.mutedUntil": Row.alike(account("mutedUntil"), None),
    "User.blockedByViewer": Row.alike(account("blockedByViewer"), False),
    "User.blocksViewer": Row.alike(account("blocksViewer"), False),
    "User.followOptions": Row(account("followOptions { isInFeed }"), None, None, True),
    "User.postCount": Row.alike(account("postCount"), 1),
    "User.story": Row.alike(account("story { edges { node { text } } }"), [{"node": {"text": "hello"}}]),
    "User.followers": Row.alike(account("followers { edges { node { alias } } }"), [{"node": {"alias": "bob"}}]),
    "User.followees": Row.alike(account("followees { edges { node { alias } } }"), []),
    "User.knownFollowers": Row.alike(account("knownFollowers { edges { cursor } }"), []),
    "Post.id": Row.alike(post("id"), ANYTHING),
    "Post.author": Row.alike(post("author { alias }"), "ann"),
    "Post.text": Row.alike(post("text"), "hello"),
    "Post.mentions": Row.alike(post("mentions { alias }"), []),
    "Post.segments": Row.alike(post("segments { text }"), [{"text": "hello"}]),
    "Post.createdAt": Row.alike(post("createdAt"), ANYTHING),
    "Post.repostedByViewer": Row.alike(post("repostedByViewer"), False),
    "Post.likedByViewer": Row.alike(post("likedByViewer"), False),
    "Post.bookmarkedByViewer": Row.alike(post("bookmarkedByViewer"), False),
    "Post.likeCount": Row.alike(post("likeCount"), 0),
    "Post.repostCount": Row.alike(post("repostCount"), 0),
    "Post.quoteCount": Row.alike(post("quoteCount"), 0),
    "Post.replyCount": Row.alike(post("replyCount"), 0),
    "Post.likes": Row.alike(post("likes { totalCount }"), 0),
    "Post.reposts": Row.alike(post("reposts { totalCount }"), 0),
    "Post.delivery": Row(post("delivery { state }"), None, "IN_FLIGHT", None),
    "Post.isReply": Row.alike(post("isReply"), False),
    "Post.inReplyTo": Row.alike(post("inReplyTo { text }"), None),
    "Post.repliesTo": Row.alike(post("repliesTo { alias }"), None),
    "Post.ancestors": Row.alike(post("ancestors { hiddenBecause }"), []),
    "Post.replies": Row.alike(post("replies { edges { node { text } } }"), []),
    "Post.quote": Row.alike(post("quote { hiddenBecause }"), None),
    "Post.media": Row.alike(post("media { alt }"), []),
    "Post.quotes": Row.alike(post("quotes { edges { node { text } } }"), []),
}


def test_every_field_has_a_row() -> None:
    kinds = build_schema(schema.as_str()).type_map
    fields = {f"{name}.{field}" for name in TYPES if name in kinds for field in fields_of(kinds[name])}
    assert {*MATRIX, *SUBSCRIPTIONS, *UPLOADS} == fields


def fields_of(kind: object) -> list[str]:
    assert isinstance(kind, GraphQLObjectType)
    return list(kind.fields)


@dataclass(frozen=True, slots=True)
class Scene:
    ann: Someone
    bob: Someone
    ids: Mapping[str, str]

    def document(self, written: str) -> str:
        for name, id in self.ids.items():
            written = written.replace(f'"{name}"', f'"{id}"')
        return written


@pytest.fixture
async def scene(world: World) -> Scene:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    session = await world.storage.sessions.find_by_token(ann.token)
    assert session is not None
    post = await world.post(ann.user, "hello")
    ids = {
        "ANN": ann.id,
        "POST": post_id(post),
        "PICTURE": encode(IdKind.MEDIA, (await store_media(world.storage, ann.user.id)).id),
        "SESSION": encode(IdKind.SESSION, session.id),
        "CURSOR": encode(IdKind.POST_CURSOR, post.id),
        "MARKER": encode(IdKind.READ_MARKER, MAX_ID),
    }
    return Scene(ann, bob, ids)


@pytest.mark.parametrize("who", ["anonymous", "owner", "stranger"])
@pytest.mark.parametrize("field", MATRIX)
async def test_each_caller_gets_the_listed_outcome(client: Client, scene: Scene, field: str, who: str) -> None:
    row = MATRIX[field]
    token = {"anonymous": None, "owner": scene.ann.token, "stranger": scene.bob.token}[who]
    answer = await client.ask(scene.document(row.document), token=token)
    expected = getattr(row, who)
    if expected is ANYTHING:
        assert (answer.codes, innermost(answer.data) is not None) == ([], True)
    else:
        assert (answer.codes[0] if answer.codes else innermost(answer.data)) == expected


@pytest.mark.parametrize(("name", "selection"), SUBSCRIPTIONS.items())
async def test_a_subscription_needs_a_session(client: Client, name: str, selection: str) -> None:
    sent = {"query": f"subscription {{ {name.partition('.')[2]} {{ {selection} }} }}"}
    answer = await client.http.post("/graphql", json=sent, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    (event, *_) = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    assert [error["extensions"]["code"] for error in event["errors"]] == [SIGN_IN]


def innermost(data: Any) -> Any:
    while isinstance(data, dict) and len(data) == 1:  # ends: each value is inside the one before
        (data,) = data.values()
    return data


async def test_an_account_cannot_change_another(client: Client, world: World, scene: Scene) -> None:
    """The documents are those by which an account changes its own data."""
    before = await client(account("id firstName lastName followeeCount story { edges { node { id } } }"))
    for field, row in MATRIX.items():
        if field.startswith("Mutation."):
            token, _ = await world.storage.sessions.create(scene.bob.user.id)
            await client.ask(scene.document(row.document), token=token)
            await client.ask(scene.document(row.document))
    assert await client(account("id firstName lastName followeeCount story { edges { node { id } } }")) == before
    assert await client("{ viewer { alias } }", token=scene.ann.token) == {"viewer": {"alias": "ann"}}
