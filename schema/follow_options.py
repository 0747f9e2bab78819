"""What a viewer has chosen about an account that it follows."""

import strawberry

from domain import visibility


@strawberry.type(description="What the viewer has chosen about an account that they follow. It ends with the follow.")
class FollowOptions:
    shows_reposts: bool = strawberry.field(description="Whether the feed has the account's reposts.")
    is_in_feed: bool = strawberry.field(description="Whether the feed has the account at all.")

    @classmethod
    def of(cls, options: visibility.FollowOptions) -> "FollowOptions":
        return cls(shows_reposts=options.shows_reposts, is_in_feed=options.is_in_feed)
