"""The mutations. Expected failures are members of each result union."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from domain.errors import (
    AliasTaken,
    Blocked,
    CannotFollowSelf,
    InvalidCredentials,
    InvalidInput,
    PostNotFound,
    SessionNotFound,
    UserNotFound,
)
from resolvers import accounts, follows, media, posts, profiles, reposts, sessions
from resolvers.accounts import SignedIn
from schema.acts import ActMutations
from schema.context import Info, RequestContext
from schema.errors import result
from schema.global_ids import IdKind, decode_as
from schema.graph import Post, User
from schema.inputs import (
    ChangePasswordInput,
    CreatePostInput,
    DeletePostInput,
    EndSessionInput,
    FollowInput,
    LoginInput,
    RegisterInput,
    RepostInput,
    UndoRepostInput,
    UnfollowInput,
    UpdateProfileInput,
)
from schema.media import DescribeMediaInput, Media, MediaDescribed, MediaUploaded, UploadMediaInput
from schema.notifications import NotificationMutations
from schema.positions import PositionMutations
from schema.relations import RelationMutations


@strawberry.type(description="A session that has just been opened.")
class Session:
    token: str = strawberry.field(description="Goes into the header: Authorization: Bearer TOKEN.")
    expires_at: datetime = strawberry.field(description="When it ends if it is not used before.")
    user: User = strawberry.field(description="The account that the session belongs to.")

    @classmethod
    def of(cls, signed_in: SignedIn, context: RequestContext) -> "Session":
        user = User.of(signed_in.user, replace(context, viewer=signed_in.user.id))
        return cls(token=signed_in.token, expires_at=signed_in.session.expires_at, user=user)


@strawberry.type(description="The password was changed.")
class PasswordChanged:
    ended_sessions: int = strawberry.field(description="How many other sessions were ended.")


@strawberry.type(description="The session was ended. Its token gives no access any more.")
class SessionEnded:
    id: strawberry.ID = strawberry.field(
        description="The same as endedSessionId.", deprecation_reason="Use endedSessionId."
    )
    ended_session_id: strawberry.ID = strawberry.field(description="The id of the session that was ended.")


@strawberry.type(description="The request's token gives no access any more.")
class SignedOut:
    was_signed_in: bool = strawberry.field(description="Whether the token had a session that was ended now.")


@strawberry.type(description="No session of the viewer is left, except that of this request.")
class SignedOutElsewhere:
    ended_sessions: int = strawberry.field(description="How many other sessions were ended.")


@strawberry.type(description="The account was changed.")
class ProfileUpdated:
    user: User = strawberry.field(description="The account as it is now.")


@strawberry.type(description="The post is stored, and every follower sees it.")
class PostCreated:
    post: Post = strawberry.field(description="The new post.")


@strawberry.type(description="The post was deleted.")
class PostDeleted:
    id: strawberry.ID = strawberry.field(
        description="The same as deletedPostId.",
        deprecation_reason="Normalising clients take it for the id of this object: use deletedPostId.",
    )
    deleted_post_id: strawberry.ID = strawberry.field(description="The id of the post that was deleted.")


@strawberry.type(description="The viewer has reposted the post, and every follower sees it.")
class Reposted:
    post: Post = strawberry.field(description="The post that was passed on.")


@strawberry.type(description="The viewer has no repost of the post.")
class RepostUndone:
    post: Post | None = strawberry.field(description="The post; null if it is gone or not for the viewer.")


@strawberry.type(description="The viewer follows the account.")
class Followed:
    user: User = strawberry.field(description="The account as it is now.")


@strawberry.type(description="The viewer does not follow the account.")
class Unfollowed:
    user: User = strawberry.field(description="The account as it is now.")


RegisterResult = result(
    "RegisterResult",
    Session,
    AliasTaken,
    InvalidInput,
    description="A session of the new account, or the reason why there is none.",
)
LoginResult = result(
    "LoginResult", Session, InvalidCredentials, description="A session, or the reason why there is none."
)
ChangePasswordResult = result(
    "ChangePasswordResult",
    PasswordChanged,
    InvalidCredentials,
    InvalidInput,
    description="Whether the password was changed.",
)
EndSessionResult = result(
    "EndSessionResult", SessionEnded, SessionNotFound, description="Whether the session was ended."
)
UpdateProfileResult = result(
    "UpdateProfileResult", ProfileUpdated, InvalidInput, description="The account, or what is wrong with the input."
)
CreatePostResult = result(
    "CreatePostResult",
    PostCreated,
    InvalidInput,
    PostNotFound,
    Blocked,
    description="The post, or the reason why there is none.",
)
UploadMediaResult = result(
    "UploadMediaResult", MediaUploaded, InvalidInput, description="The picture, or what is wrong with it."
)
DescribeMediaResult = result(
    "DescribeMediaResult", MediaDescribed, InvalidInput, description="The picture, or what is wrong with the input."
)
DeletePostResult = result("DeletePostResult", PostDeleted, PostNotFound, description="Whether the post was deleted.")
RepostResult = result(
    "RepostResult", Reposted, PostNotFound, Blocked, description="The post, or why it cannot be reposted."
)
UndoRepostResult = result(
    "UndoRepostResult", RepostUndone, PostNotFound, description="Whether the repost was taken back."
)
FollowResult = result(
    "FollowResult",
    Followed,
    UserNotFound,
    CannotFollowSelf,
    Blocked,
    description="The account, or the reason why it cannot be followed.",
)
UnfollowResult = result(
    "UnfollowResult", Unfollowed, UserNotFound, description="The account, or the reason why it cannot be unfollowed."
)


@strawberry.type(
    description="The mutations. Failures that a client shows its user are members of each result. Any other failure is "
    "an error with a code, as for queries. Mutations need a signed-in viewer and are UNAUTHENTICATED without one, "
    "except register, login, signOut and logout."
)
class Mutation(ActMutations, RelationMutations, NotificationMutations, PositionMutations):
    @strawberry.mutation(graphql_type=RegisterResult, description="Opens an account and signs it in. Needs no viewer.")
    async def register(
        self, info: Info, input: Annotated[RegisterInput, strawberry.argument(description="Whom to register.")]
    ) -> Session:
        return Session.of(await accounts.register(info.context, input.registration()), info.context)

    @strawberry.mutation(graphql_type=LoginResult, description="Opens a session. Needs no viewer.")
    async def login(
        self, info: Info, input: Annotated[LoginInput, strawberry.argument(description="Who signs in.")]
    ) -> Session:
        signed_in = await accounts.login(info.context, alias=input.alias, password=input.password)
        return Session.of(signed_in, info.context)

    @strawberry.mutation(description="Ends the session whose token the request carries. Needs no viewer.")
    async def sign_out(self, info: Info) -> SignedOut:
        return SignedOut(was_signed_in=await sessions.end_current(info.context))

    @strawberry.mutation(
        description="As signOut. Returns `wasSignedIn`.",
        deprecation_reason="A bare value can get no further fields: use signOut.",
    )
    async def logout(self, info: Info) -> bool:
        return await sessions.end_current(info.context)

    @strawberry.mutation(graphql_type=EndSessionResult, description="Ends one of the viewer's sessions, by its id.")
    async def end_session(
        self, info: Info, input: Annotated[EndSessionInput, strawberry.argument(description="Which session.")]
    ) -> SessionEnded:
        await sessions.end_by_id(info.context, decode_as(IdKind.SESSION, input.id))
        return SessionEnded(id=input.id, ended_session_id=input.id)

    @strawberry.mutation(description="Ends the viewer's sessions except that of this request.")
    async def sign_out_elsewhere(self, info: Info) -> SignedOutElsewhere:
        return SignedOutElsewhere(ended_sessions=await sessions.end_others(info.context))

    @strawberry.mutation(
        description="As signOutElsewhere. Returns `endedSessions`.",
        deprecation_reason="A bare value can get no further fields: use signOutElsewhere.",
    )
    async def end_other_sessions(self, info: Info) -> int:
        return await sessions.end_others(info.context)

    @strawberry.mutation(
        graphql_type=ChangePasswordResult, description="Changes the viewer's password and ends all other sessions."
    )
    async def change_password(
        self,
        info: Info,
        input: Annotated[ChangePasswordInput, strawberry.argument(description="The current password and the new one.")],
    ) -> PasswordChanged:
        ended = await accounts.change_password(info.context, current=input.current_password, new=input.new_password)
        return PasswordChanged(ended_sessions=ended)

    @strawberry.mutation(graphql_type=UpdateProfileResult, description="Changes the viewer's names, bio and picture.")
    async def update_profile(
        self, info: Info, input: Annotated[UpdateProfileInput, strawberry.argument(description="What to change.")]
    ) -> ProfileUpdated:
        user = await profiles.update_profile(info.context, input.change())
        return ProfileUpdated(user=User.of(user, info.context))

    @strawberry.mutation(graphql_type=CreatePostResult, description="Posts a text in the viewer's name.")
    async def create_post(
        self, info: Info, input: Annotated[CreatePostInput, strawberry.argument(description="What to post.")]
    ) -> PostCreated:
        reply_to, quote = (None if id is None else decode_as(IdKind.POST, id) for id in (input.reply_to, input.quote))
        pictures = [decode_as(IdKind.MEDIA, id) for id in input.media or ()]
        post = await posts.create(
            info.context, input.text, key=input.idempotency_key, reply_to=reply_to, quote=quote, media=pictures
        )
        return PostCreated(post=await Post.load(post, info, "post"))

    @strawberry.mutation(
        graphql_type=UploadMediaResult,
        description="Stores a picture that one of the viewer's posts can take within a day.",
    )
    async def upload_media(
        self, info: Info, input: Annotated[UploadMediaInput, strawberry.argument(description="Which picture.")]
    ) -> MediaUploaded:
        return MediaUploaded(media=Media.of(await media.upload(info.context, input.file.content, input.alt)))

    @strawberry.mutation(
        graphql_type=DescribeMediaResult,
        description="Changes the description of one of the viewer's pictures before a post takes it.",
    )
    async def describe_media(
        self,
        info: Info,
        input: Annotated[DescribeMediaInput, strawberry.argument(description="Which picture, and its description.")],
    ) -> MediaDescribed:
        number = decode_as(IdKind.MEDIA, input.media_id)
        return MediaDescribed(media=Media.of(await media.describe(info.context, number, input.alt)))

    @strawberry.mutation(
        graphql_type=DeletePostResult, description="Deletes one of the viewer's posts. This cannot be undone."
    )
    async def delete_post(
        self, info: Info, input: Annotated[DeletePostInput, strawberry.argument(description="Which post.")]
    ) -> PostDeleted:
        await posts.delete(info.context, decode_as(IdKind.POST, input.id))
        info.context.loaders.clear()  # what stands beside other posts may have been read before
        return PostDeleted(id=input.id, deleted_post_id=input.id)

    @strawberry.mutation(
        graphql_type=RepostResult,
        description="Reposting a post that the viewer has reposted already changes nothing and succeeds. Before the "
        "operator has migrated the stored data, the error is NEEDS_MIGRATION.",
    )
    async def repost(
        self, info: Info, input: Annotated[RepostInput, strawberry.argument(description="Which post.")]
    ) -> Reposted:
        post = await reposts.repost(info.context, decode_as(IdKind.POST, input.post_id))
        info.context.loaders.clear()  # one request may repost and undo in turn
        return Reposted(post=await Post.load(post, info, "post"))

    @strawberry.mutation(
        graphql_type=UndoRepostResult,
        description="Undoing a repost that does not exist changes nothing and succeeds, if the post exists.",
    )
    async def undo_repost(
        self, info: Info, input: Annotated[UndoRepostInput, strawberry.argument(description="Which repost.")]
    ) -> RepostUndone:
        post = await reposts.undo(info.context, decode_as(IdKind.POST, input.post_id))
        info.context.loaders.clear()
        return RepostUndone(post=await Post.load(post, info, "post") if post else None)

    @strawberry.mutation(
        graphql_type=FollowResult,
        description="Following an account that is followed already changes nothing and succeeds.",
    )
    async def follow(
        self, info: Info, input: Annotated[FollowInput, strawberry.argument(description="Whom to follow.")]
    ) -> Followed:
        user = await follows.follow(info.context, decode_as(IdKind.USER, input.user_id))
        info.context.loaders.clear()  # one request may follow and unfollow alternately
        return Followed(user=User.of(user, info.context))

    @strawberry.mutation(
        graphql_type=UnfollowResult,
        description="Unfollowing an account that is not followed changes nothing and succeeds.",
    )
    async def unfollow(
        self, info: Info, input: Annotated[UnfollowInput, strawberry.argument(description="Whom to unfollow.")]
    ) -> Unfollowed:
        user = await follows.unfollow(info.context, decode_as(IdKind.USER, input.user_id))
        info.context.loaders.clear()
        return Unfollowed(user=User.of(user, info.context))
