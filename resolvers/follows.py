"""Follow, unfollow, options of follows, and lists of followers and followees."""

from collections.abc import Coroutine
from typing import Any

from domain.announcements import FollowChanged, RelationsChanged
from domain.errors import Blocked, CannotFollowSelf, NotFollowed, UserNotFound
from domain.pages import MAX_COUNTED, PageRequest
from domain.records import Follow, Page, User
from domain.visibility import FollowOptions
from domain.watermarks import NEVER, fresh_token
from resolvers.context import Context
from tasks import messages


async def follow(context: Context, followee: int) -> User:
    """Follow an account. Return the followee.

    Raises:
        Unauthenticated: The viewer is not signed in.
        CannotFollowSelf: The account is the viewer's own.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
        Blocked: One of the two accounts has blocked the other.
    """
    viewer = context.require_viewer()
    if viewer == followee:
        raise CannotFollowSelf
    await context.allow(context.services.rates.follow)
    user = await find_user(context, followee)
    if await context.services.storage.relations.is_barred(viewer, followee):
        raise Blocked
    push_from = NEVER if user.is_celebrity else fresh_token()
    known = context.services.live.known_posts(followee)  # before the edge is inserted
    made = await context.services.live.write_and_publish(
        _insert_edge(context, viewer, followee, push_from),
        lambda edge: FollowChanged(viewer, followee, edge, known) if edge else None,
        notifies=lambda edge: (followee,) if edge else (),
    )
    if not made:
        return user
    if not user.is_celebrity:
        context.services.send(messages.fill_feed(viewer))
    return await _count(context, viewer, followee, by=1) or user


async def unfollow(context: Context, followee: int) -> User:
    """Unfollow an account. Return the followee.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.follow)
    user = await find_user(context, followee)
    removing = context.services.storage.follows.delete_edge(follower=viewer, followee=followee)
    return await remove_edge(context, removing, follower=viewer, followee=followee) or user


async def update(
    context: Context, followee: int, *, shows_reposts: bool | None = None, is_in_feed: bool | None = None
) -> User:
    """Change the options of a follow. None leaves an option as it is. Return the followee.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
        NotFollowed: The viewer does not follow the account.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.follow)
    user = await find_user(context, followee)
    setting = context.services.storage.follows.set_options(
        follower=viewer, followee=followee, shows_reposts=shows_reposts, is_in_feed=is_in_feed
    )
    done = await context.services.live.write_and_publish(
        setting, lambda options: RelationsChanged((viewer,)) if options and options[0] != options[1] else None
    )
    if done is None:
        raise NotFollowed
    return user


async def options(context: Context, users: list[int]) -> list[FollowOptions | None]:
    """Return for each user, in order, the options of the viewer's follow. None for a user that is not followed."""
    if context.viewer is None:
        return [None] * len(users)
    found = await context.services.storage.follows.options_among(context.viewer, users)
    return [found.get(user) for user in users]


async def followers(context: Context, user: int, request: PageRequest) -> Page[Follow]:
    """Return a page of the edges to the account, the latest first.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    return await context.services.storage.follows.followers(user, request)


async def followees(context: Context, user: int, request: PageRequest) -> Page[Follow]:
    """Return a page of the edges from the account, the latest first.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    return await context.services.storage.follows.followees(user, request)


async def count_followers(context: Context, user: int, *, stored: int) -> int:
    """Return how many accounts follow the user. `stored` is the user's stored count, for more than MAX_COUNTED."""
    return _or_stored(await context.services.storage.follows.count_followers(user), stored)


async def count_followees(context: Context, user: int, *, stored: int) -> int:
    """Return how many accounts the user follows. `stored` is as for `count_followers`."""
    return _or_stored(await context.services.storage.follows.count_followees(user), stored)


def _or_stored(counted: int, stored: int) -> int:
    return counted if counted < MAX_COUNTED else max(counted, stored)


async def find_user(context: Context, user: int) -> User:
    """Return the account.

    Raises:
        UserNotFound: The account does not exist.
    """
    found = await context.services.storage.users.find_by_id(user)
    if found is None:
        raise UserNotFound
    return found


async def remove_edge(
    context: Context, removing: Coroutine[Any, Any, bool], *, follower: int, followee: int
) -> User | None:
    """Delete an edge by `removing`, which returns whether there was one, and do what follows from it.

    Return the followee with the new counts. None if there was no edge.
    """
    if not await context.services.live.write_and_publish(
        removing,
        lambda found: FollowChanged(follower, followee, 0) if found else None,
        notifies=lambda found: (followee,) if found else (),
    ):
        return None
    context.services.send(messages.remove_author_entries(follower, followee))
    return await _count(context, follower, followee, by=-1)


async def _insert_edge(context: Context, viewer: int, followee: int, push_from: int) -> int | None:
    """Insert the edge and return its id. None if there is one already.

    A block is committed before its edges are deleted, so this looks for a block again after the insert: either it finds
    the block, or the block finds the edge.

    Raises:
        Blocked: One of the two accounts has blocked the other. The edge is taken back.
    """
    storage = context.services.storage
    edge = await storage.follows.insert_edge(follower=viewer, followee=followee, push_from=push_from)
    if not await storage.relations.is_barred(viewer, followee):
        return edge
    if edge and not await storage.follows.take_back(edge):
        await _count(context, viewer, followee, by=1)  # the process that deleted the edge has subtracted it
    raise Blocked


async def _count(context: Context, follower: int, followee: int, *, by: int) -> User | None:
    """Update the counts and return the followee. Send a review task if it has crossed the celebrity threshold."""
    counted = await context.services.storage.users.count_follow(follower=follower, followee=followee, by=by)
    if counted is None:
        return None
    wanted = context.services.policy.should_be_celebrity(
        followers=counted.follower_count, is_celebrity=counted.is_celebrity
    )
    if wanted != counted.is_celebrity:
        context.services.send(messages.review_celebrity(counted.id))
    return counted
