"""Forces feeds to be read by several commands."""

from typing import Any

from domain.visibility import REPEAT_AFTER, ids_apart
from storage import Storage
from storage.feed.one_query import FeedInOneQuery
from storage.feed.pages import Feed


class _Unanswered(FeedInOneQuery):
    """Make each reader exceed the bounds of one command."""

    async def read(self, *_: Any, **__: Any) -> None:
        return None


def feed_by_source(storage: Storage, *, repeat_after: int = ids_apart(REPEAT_AFTER)) -> Feed:
    return Feed(
        storage.mongo,
        storage.readers,
        repeat_after=repeat_after,
        in_one_query=_Unanswered(storage.mongo, repeat_after=repeat_after),
    )
