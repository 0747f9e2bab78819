"""Creates, deletes and reads posts."""

from collections.abc import AsyncGenerator

from domain.announcements import PostMade
from domain.errors import PostNotFound, RateLimited
from domain.idempotency import check_key, check_same_post, is_key
from domain.pages import PageRequest
from domain.policy import FLOOD
from domain.records import Creation, Event, Page, Post
from domain.text import check_post
from live.arrival import Arrival
from resolvers.context import Context
from tasks import messages


async def create(context: Context, text: str, *, key: str | None = None) -> Post:
    """Store a post, which is in every follower's feed from then on. The fan-out only makes reads cheaper.

    A retry with the same `key` within KEY_LIFE returns the post that the key has created.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        InvalidInput: The text or the key is refused, or the key has created another text.
        PostNotFound: The post of the key has been deleted.
    """
    viewer = context.require_viewer()
    made = await _admit(context, viewer, key)
    text = check_post(text)
    is_flood = await context.services.storage.feed.ledgers.has_backlog(viewer, at_least=FLOOD)
    if key is None:
        storing = context.services.storage.posts.insert_post(viewer, text)
        post = await context.services.live.write_and_publish(storing, lambda post: PostMade(post.id, viewer))
    else:
        post = check_same_post(made or await _make_once(context, viewer, text, check_key(key)), text=text)
    if post.in_flight:  # also for a retry: the process may have died before it sent the message
        context.services.send(messages.start_fan_out(post.id, is_urgent=not (is_flood or made)))
    return post


async def _admit(context: Context, viewer: int, key: str | None) -> Post | None:
    """Count one post. Beyond the limit, return the post that the key has created before.

    Raises:
        RateLimited: A limit is reached, and the key has created no post.
    """
    try:
        await context.allow(context.services.rates.post)
    except RateLimited:
        if key is None or not is_key(key):
            raise
        context.allow_here(context.services.rates.lookup)
        if made := await context.services.storage.keyed_posts.find_by_key(viewer, key):
            return made
        raise
    return None


async def _make_once(context: Context, viewer: int, text: str, key: str) -> Post:
    """Store the post, or return the one that the key has created.

    Raises:
        PostNotFound: The post of the key has been deleted.
    """

    def announced(creation: Creation | None) -> PostMade | None:
        """Return None if another request stored the post. Its process announces the post or is missed."""
        return PostMade(creation.post.id, viewer) if creation and creation.is_new else None

    storing = context.services.storage.keyed_posts.insert_once(viewer, text, key=key)
    if creation := await context.services.live.write_and_publish(storing, announced):
        return creation.post
    raise PostNotFound("The post of this idempotency key has been deleted.")


async def delete(context: Context, post: int) -> None:
    """Delete a post of the viewer.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        PostNotFound: The viewer has no such post.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    if not await context.services.storage.posts.delete_post(post, author=viewer):
        raise PostNotFound
    context.services.send(messages.remove_post_entries(post, viewer))


async def find_by_id(context: Context, post: int) -> Post | None:
    """Return the post if it exists.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.lookup)
    return await context.services.storage.posts.find_by_id(post)


async def story(context: Context, author: int, request: PageRequest) -> Page[Post]:
    """Return a page of the author's posts, the newest first.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    return await context.services.storage.posts.find_story(author, request)


async def feed(context: Context, request: PageRequest) -> Page[Event]:
    """Return a page of the viewer's feed, the newest first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.read)
    if await context.services.storage.readers.note_read(viewer):
        context.services.send(messages.wake_reader(viewer))
    return await context.services.storage.feed.page(viewer, request)


def feed_updates(context: Context, after: int | None = None) -> AsyncGenerator[Arrival, None]:
    """Yield new posts of the viewer's feed. If `after` is given, begin with the feed's posts above that id.

    The iterator raises Unauthenticated after the end of the session, and Interrupted if posts may have been missed.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer, token = context.require_viewer(), context.token
    context.allow_here(context.services.rates.read)
    assert token is not None, "a viewer comes with a token"
    return context.services.live.arrivals(viewer=viewer, token=token, since=context.since, after=after)
