"""How far the viewer has read their feed."""

from typing import Annotated

import strawberry

from resolvers import positions
from schema.context import Info
from schema.global_ids import IdKind, decode_as, encode
from schema.inputs import MarkReadInput


@strawberry.type(description="The viewer has read up to a place of a list.")
class MarkedRead:
    cursor: str = strawberry.field(description="The place as it is now. It may be a newer one of another device.")


@strawberry.type
class PositionMutations:
    @strawberry.mutation(description="Notes how far the viewer has read their feed. An older place changes nothing.")
    async def mark_feed_read(
        self,
        info: Info,
        input: Annotated[MarkReadInput, strawberry.argument(description="The newest place that was shown.")],
    ) -> MarkedRead:
        event = await positions.mark_feed_read(info.context, decode_as(IdKind.POST_CURSOR, input.cursor))
        return MarkedRead(cursor=encode(IdKind.POST_CURSOR, event))
