"""What can be done. Expected failures are members of each result union."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import strawberry

from domain.opaque import Kind, decode_as
from resolvers import accounts, follows, posts, profiles, sessions
from resolvers.accounts import SignedIn
from schema.context import Info, RequestContext
from schema.errors import (
    AliasTaken,
    CannotFollowSelf,
    InvalidCredentials,
    InvalidInput,
    PostNotFound,
    SessionNotFound,
    UserNotFound,
)
from schema.graph import Post, User
from schema.inputs import (
    ChangePasswordInput,
    CreatePostInput,
    DeletePostInput,
    EndSessionInput,
    FollowInput,
    LoginInput,
    RegisterInput,
    UnfollowInput,
    UpdateProfileInput,
)


@strawberry.type
class Session:
    token: str = strawberry.field(description="Goes into the header: Authorization: Bearer TOKEN.")
    expires_at: datetime
    user: User

    @classmethod
    def of(cls, signed_in: SignedIn, context: RequestContext) -> "Session":
        user = User.of(signed_in.user, replace(context, viewer=signed_in.user.id))
        return cls(token=signed_in.token, expires_at=signed_in.session.expires_at, user=user)


@strawberry.type
class PasswordChanged:
    ended_sessions: int


@strawberry.type
class SessionEnded:
    id: strawberry.ID = strawberry.field(deprecation_reason="Use endedSessionId.")
    ended_session_id: strawberry.ID


@strawberry.type
class ProfileUpdated:
    user: User


@strawberry.type
class PostCreated:
    post: Post


@strawberry.type
class PostDeleted:
    id: strawberry.ID = strawberry.field(
        deprecation_reason="Clients that normalise take it for the id of this object: use deletedPostId."
    )
    deleted_post_id: strawberry.ID


@strawberry.type
class Followed:
    user: User


@strawberry.type
class Unfollowed:
    user: User


RegisterResult = Annotated[Session | AliasTaken | InvalidInput, strawberry.union("RegisterResult")]
LoginResult = Annotated[Session | InvalidCredentials, strawberry.union("LoginResult")]
ChangePasswordResult = Annotated[
    PasswordChanged | InvalidCredentials | InvalidInput, strawberry.union("ChangePasswordResult")
]
EndSessionResult = Annotated[SessionEnded | SessionNotFound, strawberry.union("EndSessionResult")]
UpdateProfileResult = Annotated[ProfileUpdated | InvalidInput, strawberry.union("UpdateProfileResult")]
CreatePostResult = Annotated[PostCreated | InvalidInput | PostNotFound, strawberry.union("CreatePostResult")]
DeletePostResult = Annotated[PostDeleted | PostNotFound, strawberry.union("DeletePostResult")]
FollowResult = Annotated[Followed | UserNotFound | CannotFollowSelf, strawberry.union("FollowResult")]
UnfollowResult = Annotated[Unfollowed | UserNotFound, strawberry.union("UnfollowResult")]


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def register(self, info: Info, input: RegisterInput) -> RegisterResult:
        return Session.of(await accounts.register(info.context, input.registration()), info.context)

    @strawberry.mutation
    async def login(self, info: Info, input: LoginInput) -> LoginResult:
        signed_in = await accounts.login(info.context, alias=input.alias, password=input.password)
        return Session.of(signed_in, info.context)

    @strawberry.mutation(description="Ends the session whose token the request carries.")
    async def logout(self, info: Info) -> bool:
        return await sessions.end_current(info.context)

    @strawberry.mutation(description="Ends one of the viewer's sessions, by its id.")
    async def end_session(self, info: Info, input: EndSessionInput) -> EndSessionResult:
        await sessions.end(info.context, decode_as(Kind.SESSION, input.id))
        return SessionEnded(id=input.id, ended_session_id=input.id)

    @strawberry.mutation(description="Ends the viewer's sessions but the one that asks for it; how many there were.")
    async def end_other_sessions(self, info: Info) -> int:
        return await sessions.end_others(info.context)

    @strawberry.mutation(description="Ends the viewer's other sessions too.")
    async def change_password(self, info: Info, input: ChangePasswordInput) -> ChangePasswordResult:
        ended = await accounts.change_password(info.context, current=input.current_password, new=input.new_password)
        return PasswordChanged(ended_sessions=ended)

    @strawberry.mutation
    async def update_profile(self, info: Info, input: UpdateProfileInput) -> UpdateProfileResult:
        user = await profiles.update(info.context, input.change())
        return ProfileUpdated(user=User.of(user, info.context))

    @strawberry.mutation
    async def create_post(self, info: Info, input: CreatePostInput) -> CreatePostResult:
        post = await posts.create(info.context, input.text, key=input.idempotency_key)
        return PostCreated(post=await Post.load(post, info, "post"))

    @strawberry.mutation
    async def delete_post(self, info: Info, input: DeletePostInput) -> DeletePostResult:
        await posts.delete(info.context, decode_as(Kind.POST, input.id))
        return PostDeleted(id=input.id, deleted_post_id=input.id)

    @strawberry.mutation(description="Following an account that is followed already changes nothing and succeeds.")
    async def follow(self, info: Info, input: FollowInput) -> FollowResult:
        user = await follows.follow(info.context, decode_as(Kind.USER, input.user_id))
        info.context.followed_by_viewer.clear_all()  # one request may follow and unfollow in turn
        return Followed(user=User.of(user, info.context))

    @strawberry.mutation(description="Unfollowing an account that is not followed changes nothing and succeeds.")
    async def unfollow(self, info: Info, input: UnfollowInput) -> UnfollowResult:
        user = await follows.unfollow(info.context, decode_as(Kind.USER, input.user_id))
        info.context.followed_by_viewer.clear_all()
        return Unfollowed(user=User.of(user, info.context))
