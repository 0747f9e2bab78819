"""Posting, deleting and reading posts."""

from collections.abc import AsyncGenerator

from domain.announcements import PostMade
from domain.errors import PostNotFound
from domain.pages import PageRequest
from domain.policy import FLOOD
from domain.records import Page, Post
from domain.text import check_post
from resolvers.arrival import Arrival
from resolvers.context import Context
from tasks import messages


async def create(context: Context, text: str) -> Post:
    """Stored, the post is in every follower's feed; the fan-out only makes reading it cheap.

    Errors: Unauthenticated, RateLimited, InvalidInput.
    """
    viewer = context.require_viewer()
    await context.allow(context.rates.post)
    text = check_post(text)
    is_flood = await context.storage.ledgers.has_backlog(viewer, of=FLOOD)
    storing = context.storage.posts.insert(viewer, text)
    post = await context.live.tell(storing, lambda post: PostMade(post.id, viewer))
    context.send(messages.start_fan_out(post.id, is_urgent=not is_flood))
    return post


async def delete(context: Context, post: int) -> None:
    """Errors: Unauthenticated, RateLimited; PostNotFound for anything but a post of one's own."""
    viewer = context.require_viewer()
    context.allow_here(context.rates.change)
    if not await context.storage.posts.delete(post, author=viewer):
        raise PostNotFound
    context.send(messages.remove_post(post, viewer))


async def find(context: Context, post: int) -> Post | None:
    """Errors: RateLimited."""
    context.allow_here(context.rates.lookup)
    return await context.storage.posts.find(post)


async def story(context: Context, author: int, request: PageRequest) -> Page[Post]:
    """Errors: RateLimited."""
    context.allow_here(context.rates.read)
    return await context.storage.posts.story(author, request)


async def feed(context: Context, request: PageRequest) -> Page[Post]:
    """Errors: Unauthenticated, RateLimited."""
    viewer = context.require_viewer()
    context.allow_here(context.rates.read)
    if await context.storage.readers.note_read(viewer):
        context.send(messages.wake(viewer))
    return await context.storage.feed.page(viewer, request)


def feed_updates(context: Context, after: int | None = None) -> AsyncGenerator[Arrival, None]:
    """New posts; with the id of a post, first those of the feed that are above it.

    Errors: Unauthenticated at once, and once the session has ended; RateLimited at once; Interrupted.
    """
    viewer, token = context.require_viewer(), context.token
    context.allow_here(context.rates.read)
    assert token is not None, "a viewer comes with a token"
    return context.live.arrivals(viewer=viewer, token=token, since=context.since, after=after)
