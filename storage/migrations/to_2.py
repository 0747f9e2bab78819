"""Version 2: `posts` may hold reposts, which have no text. Programs of version 1 fail on them."""

from collections.abc import Callable

from storage.data_version import REPOSTS
from storage.mongo import Mongo

VERSION = REPOSTS
TITLE = "accounts may repost posts"


async def apply(mongo: Mongo, say: Callable[[str], None]) -> None:
    """Change nothing: what is stored already is valid. `create_indexes` has made the indexes of reposts."""
