"""What an account decides about another: options of a follow, mutes and blocks."""

from typing import Annotated

import strawberry

from domain.errors import CannotBlockSelf, CannotMuteSelf, InvalidInput, NotFollowed, UserNotFound
from resolvers import follows, relations
from schema.context import Info
from schema.errors import result
from schema.global_ids import IdKind, decode_as
from schema.graph import User
from schema.inputs import BlockInput, MuteInput, UnblockInput, UnmuteInput, UpdateFollowInput


@strawberry.type(description="The follow has the requested options.")
class FollowUpdated:
    user: User = strawberry.field(description="The account as it is now.")


@strawberry.type(description="The viewer has muted the account.")
class UserMuted:
    user: User = strawberry.field(description="The account as it is now.")


@strawberry.type(description="The viewer has not muted the account.")
class UserUnmuted:
    user: User = strawberry.field(description="The account as it is now.")


@strawberry.type(description="The viewer has blocked the account, and neither follows the other.")
class UserBlocked:
    user: User = strawberry.field(description="The account as it is now.")


@strawberry.type(description="The viewer has not blocked the account.")
class UserUnblocked:
    user: User = strawberry.field(description="The account as it is now.")


UpdateFollowResult = result(
    "UpdateFollowResult",
    FollowUpdated,
    UserNotFound,
    NotFollowed,
    description="The account, or why its follow has no options.",
)
MuteResult = result(
    "MuteResult",
    UserMuted,
    UserNotFound,
    CannotMuteSelf,
    InvalidInput,
    description="The account, or why it cannot be muted.",
)
UnmuteResult = result(
    "UnmuteResult", UserUnmuted, UserNotFound, description="The account, or why its mute cannot be taken back."
)
BlockResult = result(
    "BlockResult", UserBlocked, UserNotFound, CannotBlockSelf, description="The account, or why it cannot be blocked."
)
UnblockResult = result(
    "UnblockResult", UserUnblocked, UserNotFound, description="The account, or why its block cannot be taken back."
)


@strawberry.type
class RelationMutations:
    """The part of `schema.mutation.Mutation` that changes relations."""

    @strawberry.mutation(
        graphql_type=UpdateFollowResult,
        description="Changes what the feed has of an account that the viewer follows.",
    )
    async def update_follow(
        self, info: Info, input: Annotated[UpdateFollowInput, strawberry.argument(description="What to change.")]
    ) -> FollowUpdated:
        user = await follows.update(
            info.context,
            decode_as(IdKind.USER, input.user_id),
            shows_reposts=input.shows_reposts,
            is_in_feed=input.is_in_feed,
        )
        info.context.loaders.clear()
        return FollowUpdated(user=User.of(user, info.context))

    @strawberry.mutation(
        graphql_type=MuteResult,
        description="Nothing of the account comes to the viewer unasked. Its profile and its posts stay reachable. "
        "Muting an account that is muted already replaces the end.",
    )
    async def mute(
        self, info: Info, input: Annotated[MuteInput, strawberry.argument(description="Whom to mute, and how long.")]
    ) -> UserMuted:
        user = await relations.mute(info.context, decode_as(IdKind.USER, input.user_id), until=input.until)
        info.context.loaders.clear()
        return UserMuted(user=User.of(user, info.context))

    @strawberry.mutation(
        graphql_type=UnmuteResult,
        description="Unmuting an account that is not muted changes nothing and succeeds.",
    )
    async def unmute(
        self, info: Info, input: Annotated[UnmuteInput, strawberry.argument(description="Whom to mute no longer.")]
    ) -> UserUnmuted:
        user = await relations.unmute(info.context, decode_as(IdKind.USER, input.user_id))
        info.context.loaders.clear()
        return UserUnmuted(user=User.of(user, info.context))

    @strawberry.mutation(
        graphql_type=BlockResult,
        description="Neither account sees the posts of the other, and the follows between them end. Blocking an "
        "account that is blocked already changes nothing and succeeds.",
    )
    async def block(
        self, info: Info, input: Annotated[BlockInput, strawberry.argument(description="Whom to block.")]
    ) -> UserBlocked:
        user = await relations.block(info.context, decode_as(IdKind.USER, input.user_id))
        info.context.loaders.clear()
        return UserBlocked(user=User.of(user, info.context))

    @strawberry.mutation(
        graphql_type=UnblockResult,
        description="The follows that the block has ended stay ended. Unblocking an account that is not blocked "
        "changes nothing and succeeds.",
    )
    async def unblock(
        self, info: Info, input: Annotated[UnblockInput, strawberry.argument(description="Whom to block no longer.")]
    ) -> UserUnblocked:
        user = await relations.unblock(info.context, decode_as(IdKind.USER, input.user_id))
        info.context.loaders.clear()
        return UserUnblocked(user=User.of(user, info.context))
