"""Likes and bookmarks, and lists of them."""

from functools import partial

from domain.acts import ActKind
from domain.pages import PageRequest
from domain.records import Actor, KeptPost, Page, Post
from domain.visibility import why_barred
from resolvers.context import Context
from resolvers.visibility import NO_SUCH_POST, fill, hidden_among, require, see_taken_back
from tasks import messages


async def add(context: Context, kind: ActKind, post: int) -> Post:
    """Like or bookmark a post. Return the post. Doing so again changes nothing.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached. Likes and bookmarks count together.
        PostNotFound: The post does not exist.
        Blocked: The viewer has blocked the author, or the author the viewer.
        NeedsMigration: Processes that leave the likes of deleted posts behind may be running.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.act)
    storage = context.services.storage
    (found,) = await require(context, [await storage.posts.find_by_id(post)], missing=NO_SUCH_POST)
    if await storage.acts.add(kind, viewer, found) and kind is ActKind.LIKE:
        context.services.live.notify({found.author} - {viewer})
        fold_sometimes(context)
    return found


async def take_back(context: Context, kind: ActKind, post: int) -> Post | None:
    """Take a like or bookmark of the viewer back. Return the post, if it exists and the viewer may see it.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        PostNotFound: The post does not exist, and the viewer has not liked or bookmarked it.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    storage = context.services.storage
    was_there = await storage.acts.take_back(kind, viewer, post)
    found = await storage.posts.find_by_id(post)
    if was_there and kind is ActKind.LIKE:
        context.services.live.notify({found.author} - {viewer} if found else ())
        fold_sometimes(context)
    return await see_taken_back(context, found, was_there=was_there)


async def likers(context: Context, post: int, request: PageRequest) -> Page[Actor]:
    """Return who likes the post, the latest first, without accounts that are hidden from the viewer.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    return await context.services.storage.acts.likers(post, request, find_hidden=partial(hidden_among, context))


async def kept_posts(context: Context, kind: ActKind, request: PageRequest) -> Page[KeptPost]:
    """Return the posts that the viewer likes or has bookmarked and may see, the latest act first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.read)
    acts = context.services.storage.acts

    async def read(first: int, before: int | None) -> Page[KeptPost]:
        return await acts.kept_posts(kind, viewer, request.continued(first, before))

    return await fill(context, request.first, None, read, why_barred)


async def post_counts(context: Context, users: list[int]) -> list[int]:
    """Return for each account, in order, how many posts and replies it has."""
    counts = await context.services.storage.counting.post_counts(set(users))
    return [counts[user] for user in users]


def fold_sometimes(context: Context) -> None:
    """Note a write that counts are made of. Every so often, have the workers fold what was written."""
    if context.services.unfolded.count():
        context.services.send(messages.fold_acts())
