"""The typed context of every field: the use cases' context, and what batches its reads."""

from dataclasses import dataclass, field
from functools import partial

import strawberry
from strawberry.dataloader import DataLoader

from resolvers import users
from resolvers.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext(Context):
    """Loaders only where a field of a list item is optional and costs a read."""

    timeout_s: float = 10.0
    may_introspect: bool = True
    followed_by_viewer: DataLoader[int, bool] = field(init=False, repr=False)
    follows_viewer: DataLoader[int, bool] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "followed_by_viewer", DataLoader(partial(users.followed_by_viewer, self)))
        object.__setattr__(self, "follows_viewer", DataLoader(partial(users.follows_viewer, self)))

    def read_anew(self) -> None:
        """What was read for one answer may not be true for the next."""
        self.followed_by_viewer.clear_all()
        self.follows_viewer.clear_all()


Info = strawberry.Info[RequestContext, None]
