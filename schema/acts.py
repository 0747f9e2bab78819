"""What an account does with a post: likes and bookmarks."""

from typing import Annotated

import strawberry

from domain.acts import ActKind
from domain.errors import Blocked, PostNotFound
from resolvers import acts
from schema.context import Info
from schema.errors import result
from schema.global_ids import IdKind, decode_as
from schema.graph import Post
from schema.inputs import BookmarkInput, LikeInput, RemoveBookmarkInput, UnlikeInput

BEFORE_MIGRATION = "Before the operator has migrated the stored data, the error is NEEDS_MIGRATION."


@strawberry.type(description="The viewer likes the post.")
class Liked:
    post: Post = strawberry.field(description="The post as it is now.")


@strawberry.type(description="The viewer does not like the post.")
class Unliked:
    post: Post | None = strawberry.field(description="The post; null if it is gone or not for the viewer.")


@strawberry.type(description="The viewer has bookmarked the post.")
class Bookmarked:
    post: Post = strawberry.field(description="The post as it is now.")


@strawberry.type(description="The viewer has no bookmark of the post.")
class BookmarkRemoved:
    post: Post | None = strawberry.field(description="The post; null if it is gone or not for the viewer.")


LikeResult = result("LikeResult", Liked, PostNotFound, Blocked, description="The post, or why it cannot be liked.")
UnlikeResult = result("UnlikeResult", Unliked, PostNotFound, description="Whether the like was taken back.")
BookmarkResult = result(
    "BookmarkResult", Bookmarked, PostNotFound, Blocked, description="The post, or why it cannot be bookmarked."
)
RemoveBookmarkResult = result(
    "RemoveBookmarkResult", BookmarkRemoved, PostNotFound, description="Whether the bookmark was removed."
)


@strawberry.type
class ActMutations:
    """The part of `schema.mutation.Mutation` that likes and bookmarks."""

    @strawberry.mutation(
        graphql_type=LikeResult,
        description=f"Liking a post that the viewer likes already changes nothing and succeeds. {BEFORE_MIGRATION}",
    )
    async def like(
        self, info: Info, input: Annotated[LikeInput, strawberry.argument(description="Which post.")]
    ) -> Liked:
        return Liked(post=await _add(info, ActKind.LIKE, input.post_id))

    @strawberry.mutation(
        graphql_type=UnlikeResult,
        description="Unliking a post that the viewer does not like changes nothing and succeeds, if the post exists.",
    )
    async def unlike(
        self, info: Info, input: Annotated[UnlikeInput, strawberry.argument(description="Which post.")]
    ) -> Unliked:
        return Unliked(post=await _take_back(info, ActKind.LIKE, input.post_id))

    @strawberry.mutation(
        graphql_type=BookmarkResult,
        description="Keeps the post in a list that no other account sees. Bookmarking it again changes nothing and "
        f"succeeds. {BEFORE_MIGRATION}",
    )
    async def bookmark(
        self, info: Info, input: Annotated[BookmarkInput, strawberry.argument(description="Which post.")]
    ) -> Bookmarked:
        return Bookmarked(post=await _add(info, ActKind.BOOKMARK, input.post_id))

    @strawberry.mutation(
        graphql_type=RemoveBookmarkResult,
        description="Removing a bookmark that does not exist changes nothing and succeeds, if the post exists.",
    )
    async def remove_bookmark(
        self, info: Info, input: Annotated[RemoveBookmarkInput, strawberry.argument(description="Which bookmark.")]
    ) -> BookmarkRemoved:
        return BookmarkRemoved(post=await _take_back(info, ActKind.BOOKMARK, input.post_id))


async def _add(info: Info, kind: ActKind, post: strawberry.ID) -> Post:
    added = await acts.add(info.context, kind, decode_as(IdKind.POST, post))
    info.context.loaders.clear()  # one request may like and unlike in turn
    return await Post.load(added, info, "post")


async def _take_back(info: Info, kind: ActKind, post: strawberry.ID) -> Post | None:
    found = await acts.take_back(info.context, kind, decode_as(IdKind.POST, post))
    info.context.loaders.clear()
    return await Post.load(found, info, "post") if found else None
