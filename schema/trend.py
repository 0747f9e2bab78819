"""Tags and how they are used."""

import strawberry

from domain import trends


@strawberry.type(description="A tag and how it is used, as a task estimates it every few minutes.")
class Trend:
    tag: str = strawberry.field(description="The tag as a post has written it, without the #.")
    post_count: int = strawberry.field(description="How many posts had it in the last day, roughly.")

    @classmethod
    def of(cls, trend: trends.Trend) -> "Trend":
        return cls(tag=trend.tag, post_count=trend.post_count)
