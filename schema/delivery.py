"""The progress of a post's fan-out."""

from datetime import datetime
from enum import Enum

import strawberry

from domain import records


@strawberry.enum(description="Whether a fan-out is complete.")
class DeliveryState(Enum):
    IN_FLIGHT = strawberry.enum_value(
        "IN_FLIGHT", description="Feeds are being written. All followers already see the post."
    )
    COMPLETE = strawberry.enum_value("COMPLETE", description="Every feed is written.")


@strawberry.type(description="The progress of a post's fan-out.")
class Delivery:
    state: DeliveryState = strawberry.field(description="Whether it is complete.")
    targets: int = strawberry.field(
        description="How many followers' feeds the fan-out writes to; 0 for a celebrity's post."
    )
    delivered: int = strawberry.field(description="How many of them are written.")
    completed_at: datetime | None = strawberry.field(description="When it was completed. Null while it is in flight.")

    @classmethod
    def of(cls, post: records.Post) -> "Delivery":
        return cls(
            state=DeliveryState.IN_FLIGHT if post.in_flight else DeliveryState.COMPLETE,
            targets=post.targets,
            delivered=post.delivered,
            completed_at=post.completed_at,
        )
