"""Follow, unfollow, and lists of followers and followees."""

from domain.announcements import FollowChanged
from domain.errors import CannotFollowSelf, UserNotFound
from domain.pages import PageRequest
from domain.records import Follow, Page, User
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
    """
    viewer = context.require_viewer()
    if viewer == followee:
        raise CannotFollowSelf
    await context.allow(context.services.rates.follow)
    user = await _find(context, followee)
    push_from = NEVER if user.is_celebrity else fresh_token()
    storing = context.services.storage.follows.insert_edge(follower=viewer, followee=followee, push_from=push_from)
    known = context.services.live.known_posts(followee)  # before the edge is inserted
    made = await context.services.live.write_and_publish(
        storing, lambda edge: FollowChanged(viewer, followee, edge, known) if edge else None
    )
    if not made:
        return user
    if not user.is_celebrity:
        context.services.send(messages.fill_feed(viewer))
    return await _count(context, user, by=1)


async def unfollow(context: Context, followee: int) -> User:
    """Unfollow an account. Return the followee.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.follow)
    user = await _find(context, followee)
    removing = context.services.storage.follows.delete_edge(follower=viewer, followee=followee)
    if not await context.services.live.write_and_publish(
        removing, lambda found: FollowChanged(viewer, followee, 0) if found else None
    ):
        return user
    context.services.send(messages.remove_author_entries(viewer, followee))
    return await _count(context, user, by=-1)


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


async def _find(context: Context, user: int) -> User:
    found = await context.services.storage.users.find_by_id(user)
    if found is None:
        raise UserNotFound
    return found


async def _count(context: Context, followee: User, *, by: int) -> User:
    """Update the counts. Send a review task if the followee has crossed the celebrity threshold."""
    counted = await context.services.storage.users.count_follow(
        follower=context.require_viewer(), followee=followee.id, by=by
    )
    if counted is None:
        return followee
    wanted = context.services.policy.should_be_celebrity(
        followers=counted.follower_count, is_celebrity=counted.is_celebrity
    )
    if wanted != counted.is_celebrity:
        context.services.send(messages.review_celebrity(counted.id))
    return counted
