"""The changes of a feed that a subscription delivers."""

from typing import Annotated

import strawberry

from schema.graph import PostEdge


@strawberry.type(description="A post or a repost that a read of the feed would now show because of it.")
class PostArrived:
    edge: PostEdge = strawberry.field(description="The new edge of the feed.")


@strawberry.type(description="A post was deleted. All its edges in the feed are gone.")
class FeedPostDeleted:
    deleted_post_id: strawberry.ID = strawberry.field(description="The id of the post that was deleted.")


@strawberry.type(
    description="A repost was taken back: its edge goes; if the post has another place in the feed, a read shows it."
)
class FeedRepostUndone:
    cursor: str = strawberry.field(description="The cursor of the edge.")


@strawberry.type(description="The feed may have changed in ways that were not announced. A read shows them.")
class FeedStale:
    reason: str | None = strawberry.field(description="The reason, for developers.")


FeedChange = Annotated[
    PostArrived | FeedPostDeleted | FeedRepostUndone | FeedStale,
    strawberry.union("FeedChange", description="A change of the viewer's feed."),
]
