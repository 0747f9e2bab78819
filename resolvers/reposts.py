"""Reposts posts, takes reposts back, and lists who has reposted a post."""

from functools import partial

from domain.announcements import RepostMade, RepostUndone
from domain.errors import PostNotFound
from domain.pages import PageRequest
from domain.policy import FLOOD
from domain.records import Actor, Page, Post, Reposting
from resolvers.acts import fold_sometimes
from resolvers.context import Context
from resolvers.visibility import NO_SUCH_POST, hidden_among, require, see_taken_back
from tasks import messages


async def repost(context: Context, post: int) -> Post:
    """Pass a post on to the viewer's followers. Return the post. A repost that is there already stays as it is.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached. Posts and reposts count together.
        PostNotFound: The post does not exist.
        Blocked: The viewer has blocked the author, or the author the viewer.
        NeedsMigration: Processes that cannot read reposts may be running.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.post)
    storage, live = context.services.storage, context.services.live
    (found,) = await require(context, [await storage.posts.find_by_id(post)], missing=NO_SUCH_POST)
    is_flood = await storage.feed.ledgers.has_backlog(viewer, at_least=FLOOD)

    def announced(made: Reposting | None) -> RepostMade | None:
        return RepostMade(made.id, viewer) if made and made.is_new else None

    made = await live.write_and_publish(
        storage.reposts.repost(viewer, found), announced, notifies=lambda _: {found.author} - {viewer}
    )
    if made is None:
        raise PostNotFound(NO_SUCH_POST)
    if made.is_new:
        context.services.send(messages.start_fan_out(made.id, is_urgent=not is_flood))
        fold_sometimes(context)
    return found


async def undo(context: Context, post: int) -> Post | None:
    """Take the viewer's repost of a post back. Return the post, if it exists and the viewer may see it.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        PostNotFound: The post does not exist, and the viewer has no repost of it.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    storage, live = context.services.storage, context.services.live
    undone = await live.write_and_publish(
        storage.reposts.undo(viewer, post), lambda repost: RepostUndone(repost, viewer) if repost else None
    )
    if undone:
        context.services.send(messages.remove_post_entries(undone, viewer))
    found = await storage.posts.find_by_id(post)
    if undone and found:
        live.notify({found.author} - {viewer})
    return await see_taken_back(context, found, was_there=undone is not None)


async def reposters(context: Context, post: int, request: PageRequest) -> Page[Actor]:
    """Return who has reposted the post, the latest first, without accounts that are hidden from the viewer.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    find_hidden = partial(hidden_among, context)
    return await context.services.storage.reposts.reposters(post, request, find_hidden=find_hidden)
