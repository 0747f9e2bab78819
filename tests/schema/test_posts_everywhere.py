"""A post is the same wherever the schema has one: each place loads what is shown with it."""

import asyncio
from dataclasses import fields
from typing import Any, cast

import pytest
from graphql import GraphQLObjectType, get_named_type

from compat.strawberry.schema import graphql_schema
from domain.acts import ActKind
from resolvers import posts
from schema import schema
from schema.context import RequestContext
from tests.client import Client, Someone, post_id, sign_up, user_id
from tests.conftest import empty
from tests.live.process import Process, process
from tests.uploads import store_media
from tests.waiting import wait_until
from tests.world import World

FIELDS = """fragment Whole on Post {
    id text author { alias } repliesTo { alias } inReplyTo { id author { alias } }
    quote { hiddenBecause post { id author { alias } repostedByViewer quote { post { id } } } }
    repostedByViewer likedByViewer bookmarkedByViewer likeCount repostCount quoteCount replyCount
    media { id url alt placeholder }
}"""
NODE = "query ($id: ID!) { node(id: $id) { ...Whole } }"

# The places of the schema that hold a post, each with a document that reads one there.
PLACES = {
    "Query.post": "query ($post: ID!) { post(id: $post) { ...Whole } }",
    "Query.nodes": "query ($post: ID!) { nodes(ids: [$post]) { ...Whole } }",
    "PostEdge.node in a feed": "query { feed(first: 1) { edges { node { ...Whole } } } }",
    "PostEdge.node in a story": "query ($author: ID!) { node(id: $author) { ... on User { story(first: 1) { edges { "
    "node { ...Whole } } } } } }",
    "PostEdge.node in replies": "query ($root: ID!) { post(id: $root) { replies(first: 1) { edges { node { ...Whole } "
    "} } } }",
    "PostEdge.node in quotes": "query ($root: ID!) { post(id: $root) { quotes(first: 1) { edges { node { ...Whole } "
    "} } } }",
    **{
        f"{kind}Notification.post": f"query {{ notifications(first: 1, kinds: [{kind.upper()}]) {{ edges {{ node {{ "
        f"... on {kind}Notification {{ post {{ ...Whole }} }} }} }} }} }}"
        for kind in ("Mention", "Reply", "Quote", "Like", "Repost")
    },
    "Post.inReplyTo": "query ($child: ID!) { post(id: $child) { inReplyTo { ...Whole } } }",
    "Quote.post": "query ($child: ID!) { post(id: $child) { quote { post { ...Whole } } } }",
    "Ancestor.post": "query ($child: ID!) { post(id: $child) { ancestors { post { ...Whole } } } }",
    "PostCreated.post": 'mutation ($post: ID!) { createPost(input: {text: "new", replyTo: $post, quote: $post}) { '
    "... on PostCreated { post { ...Whole } } } }",
    "Reposted.post": "mutation ($post: ID!) { repost(input: {postId: $post}) { ... on Reposted { post { ...Whole } } "
    "} }",
    "PostEdge.node in bookmarks": "query { bookmarks(first: 1) { edges { node { ...Whole } } } }",
    "PostEdge.node in liked posts": "query { likedPosts(first: 1) { edges { node { ...Whole } } } }",
    "Liked.post": "mutation ($post: ID!) { like(input: {postId: $post}) { ... on Liked { post { ...Whole } } } }",
    "Unliked.post": "mutation ($post: ID!) { unlike(input: {postId: $post}) { ... on Unliked { post { ...Whole } } } }",
    "Bookmarked.post": "mutation ($post: ID!) { bookmark(input: {postId: $post}) { ... on Bookmarked { post { "
    "...Whole } } } }",
    "BookmarkRemoved.post": "mutation ($post: ID!) { removeBookmark(input: {postId: $post}) { ... on BookmarkRemoved { "
    "post { ...Whole } } } }",
    "RepostUndone.post": "mutation ($post: ID!) { undoRepost(input: {postId: $post}) { ... on RepostUndone { post { "
    "...Whole } } } }",
}
ARRIVALS = {
    "Subscription.feedUpdates": "subscription { feedUpdates { ...Whole } }",
    "PostArrived.edge": "subscription { feedChanges { ... on PostArrived { edge { node { ...Whole } } } } }",
}


def first_whole(answer: Any) -> dict[str, Any]:
    """Return the outermost selection of the fragment in the answer."""
    if isinstance(answer, list):
        return first_whole(answer[0])
    return dict(answer) if "text" in answer else first_whole(next(iter(answer.values())))


def test_each_place_that_holds_a_post_is_tried() -> None:
    named = {place.split(" ")[0] for place in PLACES} | set(ARRIVALS)
    types = graphql_schema(schema).type_map.values()
    holding = {
        f"{type_.name}.{name}"
        for type_ in types
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if get_named_type(field.type).name == "Post"
    }
    assert holding <= named


@pytest.mark.parametrize("document", PLACES.values(), ids=PLACES)
async def test_a_post_is_the_same_in_each_place(client: Client, world: World, document: str) -> None:
    ann, bob, cat = [await sign_up(world, alias) for alias in ("ann", "bob", "cat")]
    for followee in (bob, cat):
        await world.follow(ann.user, followee.user)
    root = await world.post(cat.user, "root")
    media = [(await store_media(world.storage, bob.user.id)).id]
    post = await world.storage.posts.insert_post(bob.user.id, "post", reply_to=root, quote=root, media=media)
    child = await world.post(cat.user, "child", reply_to=post, quote=post)
    own = await world.post(ann.user, "own", reply_to=root, quote=root)
    await world.storage.acts.add(ActKind.LIKE, bob.user.id, own)
    await world.storage.reposts.repost(bob.user.id, own)
    others = [
        await world.post(bob.user, "about ann", reply_to=answered, quote=quoted, mentioned=[ann.user])
        for answered, quoted in ((root, root), (own, root), (root, own))
    ]
    for each in (root, post, child, own, *others):
        await world.storage.reposts.repost(ann.user.id, each)
        for kind in ActKind:
            await world.storage.acts.add(kind, ann.user.id, each)
    given = {
        "post": post_id(post),
        "root": post_id(root),
        "child": post_id(child),
        "author": user_id(bob.user),
    }
    found = first_whole(await read(client, document, given, ann))
    assert found == (await read(client, NODE, {"id": found["id"]}, ann))["node"]
    assert found["author"]
    assert found["repliesTo"]
    assert found["inReplyTo"]["author"]
    assert found["quote"]["post"]
    is_old = document != PLACES["PostCreated.post"]
    assert found["repostedByViewer"] is (is_old and document != PLACES["RepostUndone.post"])
    assert found["likedByViewer"] is (is_old and document != PLACES["Unliked.post"])
    assert found["bookmarkedByViewer"] is (is_old and document != PLACES["BookmarkRemoved.post"])
    others_acts = found["text"] == "own"
    assert found["likeCount"] == found["likedByViewer"] + others_acts
    assert found["repostCount"] == found["repostedByViewer"] + others_acts
    assert len(found["media"]) == (found["text"] == "post")


@pytest.mark.parametrize("document", ARRIVALS.values(), ids=ARRIVALS)
async def test_a_post_that_arrives_is_the_same(mongodb_url: str, redis_url: str, document: str) -> None:
    async with process(mongodb_url, redis_url) as running:
        await empty(running.storage)
        world = World(running.storage)
        ann, bob = [await sign_up(world, alias) for alias in ("ann", "bob")]
        await world.follow(ann.user, bob.user)
        root = await world.post(ann.user, "root")
        results = await schema.stream(document + FIELDS, context_value=asking(running, ann))
        arriving = asyncio.ensure_future(anext(aiter(results)))

        async def is_open() -> bool:
            return running.live.subscriptions == 1

        await wait_until(is_open)
        media = [(await store_media(running.storage, bob.user.id)).id]
        await posts.create(running.context(bob), "post", reply_to=root.id, quote=root.id, media=media)
        async with asyncio.timeout(30):
            found = first_whole((await arriving).data)
        await cast(Any, results).aclose()
        again = await schema.execute(NODE + FIELDS, {"id": found["id"]}, context_value=asking(running, ann))
    assert again.data
    assert found == again.data["node"]
    assert found["author"]
    assert found["repliesTo"]
    assert found["inReplyTo"]["author"]
    assert found["quote"]["post"]
    assert len(found["media"]) == 1
    assert found["repostedByViewer"] is False
    assert found["likeCount"] == 0


def asking(running: Process, viewer: Someone) -> RequestContext:
    context = running.context(viewer)
    return RequestContext(**{each.name: getattr(context, each.name) for each in fields(context)})


async def read(client: Client, document: str, given: dict[str, str], viewer: Someone) -> Any:
    wanted = {name: value for name, value in given.items() if f"${name}:" in document}
    return await client(document + FIELDS, variables=wanted, token=viewer.token)
