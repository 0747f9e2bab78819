"""Access to MongoDB and Redis. Only this room imports their drivers. It returns domain records, never raw documents."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from pymongo.errors import PyMongoError as DatabaseError
from pymongo.monitoring import CommandListener

from domain.visibility import REPEAT_AFTER, ids_apart
from storage.accounts import Accounts
from storage.acts import Acts
from storage.block_cuts import BlockCuts
from storage.counting import Counting
from storage.credentials import Credentials
from storage.data_version import DataVersion
from storage.feed.pages import Feed
from storage.follows import Follows
from storage.images import Images
from storage.indexes import create_indexes
from storage.keyed_posts import KeyedPosts
from storage.media import MediaStore
from storage.memory.ids import IdGenerator
from storage.memory.recent_users import RecentUsers
from storage.mongo import Mongo
from storage.mongodb_errors import Misconfigured, wait_or_give_up
from storage.notifications import Notifications
from storage.pictures.stores import open_folders
from storage.post_search import PostSearch
from storage.posts import Posts
from storage.presence import Presence
from storage.readers import Readers
from storage.redis.announcements import Announcements, ChannelLost
from storage.redis.client import Redis
from storage.redis.rate_limits import RateLimiter
from storage.relations import Relations
from storage.removals import Removals
from storage.reposts import Reposts
from storage.search import Search
from storage.session_claims import SessionClaim
from storage.sessions import Sessions
from storage.sharing import SharedPosts, Sitemap
from storage.stories import Stories
from storage.suggestions import Suggestions
from storage.surroundings import Surroundings
from storage.tags import Tags
from storage.threads import Threads
from storage.trends import Trends
from storage.users import Users
from storage.viewpoints import Viewpoints


class Storage:
    """The stores of one database and its Redis server. To add a store, add one line here.

    Workers and commands use `storage.maintenance.Maintenance`, too.
    """

    def __init__(
        self, mongo: Mongo, *, redis_url: str, session_ttl_days: int, repeat_after: timedelta, media_store: str = ""
    ) -> None:
        self.mongo = mongo
        self.ids = ids = IdGenerator()
        self.redis = Redis(redis_url)
        self.rate_limits = RateLimiter(redis_url)
        self.announcements = Announcements(redis_url, database=mongo.database.name)
        self._recent_users = RecentUsers()
        self.users = Users(mongo, ids, self._recent_users)
        self.sessions = Sessions(mongo, ids, ttl_days=session_ttl_days)
        self.credentials = Credentials(mongo, self.sessions)
        self.accounts = Accounts(mongo, self.users, self.credentials)
        self.readers = Readers(mongo)
        self.search = Search(mongo)
        images, media = open_folders(mongo, media_store)
        self.images = Images(images)
        self.media = MediaStore(mongo, ids, media)
        self.posts = Posts(mongo, ids, self.media)
        self.keyed_posts = KeyedPosts(mongo, ids, self.media)
        self.stories = Stories(mongo, self.posts)
        self.threads = Threads(mongo)
        self.tags = Tags(mongo)
        self.post_search = PostSearch(mongo)
        self.trends = Trends(mongo)
        self.suggestions = Suggestions(mongo)
        self.shared_posts = SharedPosts(mongo)
        self.sitemap = Sitemap(mongo)
        self.removals = Removals(mongo)
        self.data_version = DataVersion(mongo)
        self.reposts = Reposts(mongo, ids, version=self.data_version, removals=self.removals)
        self.acts = Acts(mongo, ids, self.posts, version=self.data_version)
        self.counting = Counting(mongo, version=self.data_version)
        self.surroundings = Surroundings(mongo, self.counting)
        self.follows = Follows(mongo, ids, self.readers)
        self.viewpoints = Viewpoints(mongo)
        self.notifications = Notifications(mongo, self.viewpoints)
        self.relations = Relations(mongo, ids, self.readers, self.follows, self.viewpoints)
        self.block_cuts = BlockCuts(mongo)
        self.repeat_after = ids_apart(repeat_after)
        self.feed = Feed(mongo, self.readers, repeat_after=self.repeat_after)
        self.presence = Presence(mongo)

    @property
    def cache_sizes(self) -> dict[str, int]:
        """The number of entries of each cache."""
        return {"users": self._recent_users.size, "sessions": self.sessions.remembered}

    async def close(self) -> None:
        await self.announcements.close()
        await self.redis.close()
        await self.rate_limits.close()
        await self.mongo.close()


@asynccontextmanager
async def open_storage(
    url: str,
    *,
    database: str,
    driver: str,
    session_ttl_days: int,
    redis_url: str = "",
    repeat_after: timedelta = REPEAT_AFTER,
    media_store: str = "",
    listeners: Sequence[CommandListener] = (),
) -> AsyncIterator[Storage]:
    """Open the stores, and close them after the block. Connections are made at the first use.

    `media_store` is the address of a bucket for pictures. If it is empty, they are in MongoDB.
    """
    mongo = Mongo(url, database=database, driver=driver, listeners=listeners)
    storage = Storage(
        mongo,
        redis_url=redis_url,
        session_ttl_days=session_ttl_days,
        repeat_after=repeat_after,
        media_store=media_store,
    )
    try:
        yield storage
    finally:
        await storage.close()


__all__ = [
    "ChannelLost",
    "DatabaseError",
    "Misconfigured",
    "SessionClaim",
    "Storage",
    "create_indexes",
    "open_storage",
    "wait_or_give_up",
]
