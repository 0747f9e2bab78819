"""Creates, deletes and reads posts."""

from collections.abc import AsyncGenerator, Sequence, Set
from functools import partial

from domain.announcements import PostMade, PostRemoved
from domain.errors import Blocked, PostNotFound, RateLimited
from domain.idempotency import check_key, check_same_post, is_key
from domain.media import check_media
from domain.notifications import notified_by
from domain.pages import FeedRequest, PageRequest
from domain.policy import FLOOD
from domain.records import Creation, Event, Page, Post
from domain.text import check_post
from domain.threads import AUTHORED, StoryKind
from domain.visibility import why_not_in_story
from live.arrival import Arrival
from live.removal import Removal
from resolvers import users
from resolvers.acts import fold_sometimes
from resolvers.context import Context
from resolvers.visibility import fill, require, see, viewpoint
from storage.data_version import COUNTS, REPOSTS
from tasks import messages

MOST_TOLD = 1_000  # reposters whose followers are told of a deletion

GONE = "The post that you answer or quote does not exist any more."


async def create(
    context: Context,
    text: str,
    *,
    key: str | None = None,
    reply_to: int | None = None,
    quote: int | None = None,
    media: Sequence[int] = (),
) -> Post:
    """Store a post, which is in every follower's feed from then on. The fan-out only makes reads cheaper.

    A retry with the same `key` within KEY_LIFE returns the post that the key has created, also if the post that it
    answers or quotes is gone by then.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        InvalidInput: The text, the key or a picture is refused, or the key has created another post.
        PostNotFound: The answered or quoted post does not exist, or the post of the key has been deleted.
        Blocked: The author of the answered or quoted post has blocked the viewer, or the other way round.
    """
    viewer = context.require_viewer()
    made = await _admit(context, viewer, key)
    text = check_post(text, may_be_blank=quote is not None or bool(check_media(media)))
    is_flood = await context.services.storage.feed.ledgers.has_backlog(viewer, at_least=FLOOD)
    (accounts,) = await users.mentioned(context, [text])
    mentioned = [account.id for account in accounts]
    if key is None:
        answered, quoted = await _named(context, reply_to, quote)
        storing = context.services.storage.posts.insert_post(
            viewer, text, reply_to=answered, quote=quoted, media=media, mentioned=mentioned
        )
        post = await context.services.live.write_and_publish(
            storing,
            lambda post: PostMade(post.id, viewer),
            notifies=lambda _: notified_by(viewer, reply_to=answered, quote=quoted, mentioned=mentioned),
        )
    else:
        named = {"reply_to": reply_to, "quote": quote}
        made_once = made or await _make_once(context, text, check_key(key), **named, media=media, mentioned=mentioned)
        post = check_same_post(made_once, text=text, **named, media=media)
    if post.in_flight:  # also for a retry: the process may have died before it sent the message
        context.services.send(messages.start_fan_out(post.id, is_urgent=not (is_flood or made)))
        fold_sometimes(context)
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


async def _make_once(
    context: Context,
    text: str,
    key: str,
    *,
    reply_to: int | None,
    quote: int | None,
    media: Sequence[int],
    mentioned: Sequence[int],
) -> Post:
    """Store the post, or return the one that the key has created.

    Raises:
        InvalidInput: The viewer has no such picture, or a post has it.
        PostNotFound: The post of the key has been deleted, or a named post does not exist.
        Blocked: One of the viewer and the author of a named post has blocked the other.
    """
    viewer = context.require_viewer()

    def announced(creation: Creation | None) -> PostMade | None:
        """Return None if another request stored the post. Its process announces the post or is missed."""
        return PostMade(creation.post.id, viewer) if creation and creation.is_new else None

    keyed_posts = context.services.storage.keyed_posts
    try:
        answered, quoted = await _named(context, reply_to, quote)
    except (PostNotFound, Blocked):
        if made := await keyed_posts.find_by_key(viewer, key):
            return made  # the named post was there when the first request came
        raise
    storing = keyed_posts.insert_once(
        viewer, text, key=key, reply_to=answered, quote=quoted, media=media, mentioned=mentioned
    )
    notified = notified_by(viewer, reply_to=answered, quote=quoted, mentioned=mentioned)
    if creation := await context.services.live.write_and_publish(storing, announced, notifies=lambda _: notified):
        return creation.post
    raise PostNotFound("The post of this idempotency key has been deleted.")


async def _named(context: Context, *numbers: int | None) -> list[Post | None]:
    """Return the posts that a new one answers and quotes. Each must be one that the viewer may see.

    Raises:
        PostNotFound: A post does not exist.
        Blocked: One of the viewer and a post's author has blocked the other.
    """
    named = {number for number in numbers if number is not None}
    found = {post.id: post for post in await context.services.storage.posts.find_by_ids(named)} if named else {}
    await require(context, [found.get(number) for number in named], missing=GONE)
    return [None if number is None else found[number] for number in numbers]


async def delete(context: Context, post: int) -> None:
    """Delete a post of the viewer.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        PostNotFound: The viewer has no such post.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    storage = context.services.storage

    notified = await storage.posts.find_notified(post)

    async def delete_post() -> PostRemoved | None:
        if not await storage.posts.delete_post(post, author=viewer):
            return None
        # Only now: no request inserts a further repost that stays.
        return PostRemoved(post, viewer, await storage.reposts.latest_reposters(post, most=MOST_TOLD))

    if not await context.services.live.write_and_publish(
        delete_post(), lambda removed: removed, notifies=lambda removed: {viewer, *notified} if removed else ()
    ):
        raise PostNotFound
    context.services.send(messages.remove_post_entries(post, viewer))
    if await context.services.storage.data_version.has(REPOSTS):  # workers of the version before know no such task
        context.services.send(messages.remove_reposts(post))
    if await context.services.storage.data_version.has(COUNTS):
        context.services.send(messages.remove_acts(post))


async def find_by_id(context: Context, post: int) -> Post | None:
    """Return the post if it exists and the viewer may see it.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.lookup)
    (seen,) = await see(context, [await context.services.storage.posts.find_by_id(post)])
    return seen.post


async def story(context: Context, author: int, request: PageRequest, shows: Set[StoryKind] = AUTHORED) -> Page[Event]:
    """Return a page of what the author has posted, the newest first. It is empty if the viewer may not see the author.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    stories = context.services.storage.stories
    if (await viewpoint(context, {author})).is_barred(author):
        return Page([], has_next=False)
    if StoryKind.REPOST not in shows:
        return await stories.page(author, request, shows)

    async def read(first: int, before: int | None) -> Page[Event]:
        return await stories.page(author, request.continued(first, before), shows)

    return await fill(context, request.first, None, read, partial(why_not_in_story, author=author))


async def feed(context: Context, request: FeedRequest) -> Page[Event]:
    """Return a page of the viewer's feed, the newest first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.read)
    if await context.services.storage.readers.note_read(viewer):
        context.services.send(messages.wake_reader(viewer))
    return await context.services.storage.feed.page_between(viewer, request, claim=context.claim)


def feed_updates(context: Context, after: int | None = None) -> AsyncGenerator[Arrival, None]:
    """Yield new posts of the viewer's feed. If `after` is given, begin with the feed's posts above that id.

    The iterator raises Unauthenticated after the end of the session, and Interrupted if posts may have been missed.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer, token = context.require_session()
    context.allow_here(context.services.rates.read)
    return context.services.live.arrivals(viewer=viewer, token=token, since=context.since, after=after)


def feed_changes(context: Context, after: int | None = None) -> AsyncGenerator[Arrival | Removal, None]:
    """Yield as `feed_updates` does, with reposts and what was removed.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer, token = context.require_session()
    context.allow_here(context.services.rates.read)
    return context.services.live.changes(viewer=viewer, token=token, since=context.since, after=after)
