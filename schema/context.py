"""The context of every field: the context of the use cases, and the loaders of one answer."""

from dataclasses import dataclass, field

import strawberry

from resolvers.context import Context
from schema.loaders import Loaders


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext(Context):
    loaders: Loaders = field(default_factory=Loaders, repr=False)


Info = strawberry.Info[RequestContext, None]
