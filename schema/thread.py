"""What stands around a post: posts that are shown or are gaps with a reason, and the arguments of their lists."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from compat.strawberry.schema import describe_enum_value
from domain.records import MAX_PATH
from domain.threads import ReplyOrder, ReplyRequest, StoryKind, reply_request
from domain.visibility import PostHidden
from schema.global_ids import IdKind, decode_as
from schema.page_info import DEFAULT_PAGE

if TYPE_CHECKING:
    from schema.graph import Post

strawberry.enum(PostHidden, description="Why a post is not shown beside another one.")
strawberry.enum(ReplyOrder, description="The order of replies.")
strawberry.enum(StoryKind, description="What a story shows.")
for value, description in {
    PostHidden.GONE: "It has been deleted.",
    PostHidden.BLOCKED: "One of its author and the viewer has blocked the other.",
    PostHidden.MUTED: "The viewer has muted its author. Asked for by its id, it is shown.",
    ReplyOrder.OLDEST: "The first reply comes first.",
    ReplyOrder.NEWEST: "The latest reply comes first.",
    StoryKind.POST: "Posts that answer nothing, also those that quote.",
    StoryKind.REPLY: "Replies.",
    StoryKind.REPOST: "Reposts.",
    StoryKind.MEDIA: "Posts and replies with pictures.",
}.items():
    describe_enum_value(type(value), value, description)

AnyPost = Annotated["Post", strawberry.lazy("schema.graph")]
ANCESTORS = f"From the post that this one answers up to the first of the thread, nearest first, at most {MAX_PATH}."
Order = Annotated[ReplyOrder, strawberry.argument(description="Which reply comes first.")]
Shows = Annotated[
    list[StoryKind],
    strawberry.argument(description="The kinds that are shown, together in one list. An empty list shows nothing."),
]


@strawberry.type(description="A post that another one quotes.")
class Quote:
    post: AnyPost | None = strawberry.field(description="The quoted post; null if `hiddenBecause` says why.")
    hidden_because: PostHidden | None = strawberry.field(description="Why there is no post.")


@strawberry.type(description="A place of a thread above a post. A post that is not shown leaves a gap.")
class Ancestor:
    post: AnyPost | None = strawberry.field(description="The post in this place; null if `hiddenBecause` says why.")
    hidden_because: PostHidden | None = strawberry.field(description="Why there is no post.")


def requested_replies(first: int | None, after: str | None, order: ReplyOrder) -> ReplyRequest:
    """Return the request for a page of replies.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    number = None if after is None else decode_as(IdKind.POST_CURSOR, after)
    return reply_request(DEFAULT_PAGE if first is None else first, order, number)
