"""Mute, block, their ends, and the lists of muted and blocked accounts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.announcements import RelationsChanged
from domain.errors import CannotBlockSelf, CannotMuteSelf
from domain.pages import PageRequest
from domain.records import Page, User
from domain.relations import Relation, RelationKind, Standing, check_mute_end
from resolvers.context import Context
from resolvers.follows import find_user, remove_edge

NO_STANDING = Standing()


async def mute(context: Context, other: int, *, until: datetime | None = None) -> User:
    """Mute an account until then, or for good. To mute it again replaces the end. Return the account.

    Raises:
        Unauthenticated: The viewer is not signed in.
        CannotMuteSelf: The account is the viewer's own.
        RateLimited: A limit is reached.
        InvalidInput: The end is not in the future, or too far in it.
        UserNotFound: The account does not exist.
    """
    viewer = context.require_viewer()
    if viewer == other:
        raise CannotMuteSelf
    await context.allow(context.services.rates.follow)
    until = check_mute_end(until, now=datetime.now(UTC))
    user = await find_user(context, other)
    muting = context.services.storage.relations.mute(viewer, other, until=until)
    await context.services.live.write_and_publish(
        muting, lambda has_changed: RelationsChanged((viewer,)) if has_changed else None
    )
    return user


async def unmute(context: Context, other: int) -> User:
    """End a mute. Return the account.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.follow)
    user = await find_user(context, other)
    await context.services.live.write_and_publish(
        context.services.storage.relations.unmute(viewer, other),
        lambda was_muted: RelationsChanged((viewer,)) if was_muted else None,
    )
    return user


async def block(context: Context, other: int) -> User:
    """Block an account, and end the follows between the two. Return the account.

    The block is committed before the edges are deleted; see `resolvers.follows`. If this process dies in between, the
    block hides the edges from all reads, and a sweep deletes them (`tasks/blocks.py`).

    Raises:
        Unauthenticated: The viewer is not signed in.
        CannotBlockSelf: The account is the viewer's own.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
    """
    viewer = context.require_viewer()
    if viewer == other:
        raise CannotBlockSelf
    await context.allow(context.services.rates.follow)
    await find_user(context, other)
    await context.services.live.finish(_block(context, viewer, other))
    return await find_user(context, other)  # with the counts as they are now


async def unblock(context: Context, other: int) -> User:
    """End a block. Return the account.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        UserNotFound: The account does not exist.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.follow)
    await find_user(context, other)
    await context.services.live.finish(_unblock(context, viewer, other))
    return await find_user(context, other)  # with the counts as they are now


async def standings(context: Context, users: list[int]) -> list[Standing]:
    """Return for each user, in order, how the viewer stands to it."""
    if context.viewer is None:
        return [NO_STANDING] * len(users)
    found = await context.services.storage.relations.standings(context.viewer, users)
    return [found.get(user, NO_STANDING) for user in users]


@dataclass(frozen=True, slots=True)
class Related:
    """An account in a list, with the relation that puts it there."""

    relation: Relation
    user: User


async def muted(context: Context, request: PageRequest) -> Page[Related]:
    """Return the accounts that the viewer has muted, the latest first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    return await _list(context, RelationKind.MUTE, request)


async def blocked(context: Context, request: PageRequest) -> Page[Related]:
    """Return the accounts that the viewer has blocked, the latest first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    return await _list(context, RelationKind.BLOCK, request)


async def _list(context: Context, kind: RelationKind, request: PageRequest) -> Page[Related]:
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.read)
    page = await context.services.storage.relations.list_others(viewer, kind, request)
    users = await context.services.storage.users.find_recent({relation.other for relation in page.items})
    related = [Related(relation, users[relation.other]) for relation in page.items if relation.other in users]
    return Page(related, has_next=page.has_next)


async def _block(context: Context, viewer: int, other: int) -> None:
    await context.services.live.write_and_publish(
        context.services.storage.relations.block(viewer, other),
        lambda is_new: RelationsChanged((viewer, other)) if is_new else None,
    )
    await _delete_edges(context, viewer, other)


async def _unblock(context: Context, viewer: int, other: int) -> None:
    """Delete the edges first: a follow whose process died may have left one, which must not show without the block."""
    await _delete_edges(context, viewer, other)
    await context.services.live.write_and_publish(
        context.services.storage.relations.unblock(viewer, other),
        lambda was_blocked: RelationsChanged((viewer, other)) if was_blocked else None,
    )


async def _delete_edges(context: Context, viewer: int, other: int) -> None:
    """Delete the edges between the two accounts, if the viewer still blocks the other one."""
    relations = context.services.storage.relations
    for follower, followee in ((viewer, other), (other, viewer)):
        removing = relations.delete_edge(viewer, other, follower=follower, followee=followee)
        await remove_edge(context, removing, follower=follower, followee=followee)
