"""How far the fan-out of a post has come."""

from datetime import datetime
from enum import Enum

import strawberry

from domain import records


@strawberry.enum
class DeliveryState(Enum):
    IN_FLIGHT = "IN_FLIGHT"
    COMPLETE = "COMPLETE"


@strawberry.type
class Delivery:
    state: DeliveryState
    targets: int = strawberry.field(
        description="How many followers' feeds the fan-out writes to; 0 for a celebrity's post."
    )
    delivered: int
    completed_at: datetime | None

    @classmethod
    def of(cls, post: records.Post) -> "Delivery":
        return cls(
            state=DeliveryState.IN_FLIGHT if post.in_flight else DeliveryState.COMPLETE,
            targets=post.targets,
            delivered=post.delivered,
            completed_at=post.completed_at,
        )
