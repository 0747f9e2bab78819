"""MongoDB and Redis: the only room that speaks to them. Hands out domain records, never a raw document."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pymongo.errors import PyMongoError as DatabaseError
from pymongo.monitoring import CommandListener

from storage.accounts import Accounts
from storage.credentials import Credentials
from storage.feed.by_source import FeedBySource
from storage.feed.edges import Edges
from storage.feed.entries import Entries
from storage.feed.ledgers import Ledgers
from storage.feed.one_query import FeedInOneQuery
from storage.feed.pages import Feed
from storage.follows import Follows
from storage.images import Images
from storage.indexes import create_indexes
from storage.keyed_posts import KeyedPosts
from storage.maintenance.audits import Audits
from storage.maintenance.bulk import Bulk
from storage.maintenance.cleaning import Cleaning
from storage.maintenance.counts import Counts
from storage.maintenance.filling import Filling
from storage.memory.ids import IdGenerator
from storage.memory.recent_users import RecentUsers
from storage.mongo import Mongo
from storage.mongodb_errors import Misconfigured, wait_or_give_up
from storage.posts import Posts
from storage.presence import Presence
from storage.readers import Readers
from storage.redis.announcements import Announcements, ChannelLost
from storage.redis.client import Redis
from storage.redis.rate_limits import RateLimiter
from storage.search import Search
from storage.sessions import Sessions
from storage.users import Users


@dataclass(frozen=True, slots=True)
class Storage:
    mongo: Mongo
    redis: Redis
    announcements: Announcements
    accounts: Accounts
    presence: Presence
    users: Users
    search: Search
    readers: Readers
    counts: Counts
    credentials: Credentials
    sessions: Sessions
    windows: RateLimiter
    posts: Posts
    keyed_posts: KeyedPosts
    ledgers: Ledgers
    follows: Follows
    edges: Edges
    entries: Entries
    cleaning: Cleaning
    audits: Audits
    feed: Feed
    bulk: Bulk
    filling: Filling
    images: Images


@asynccontextmanager
async def open_storage(
    url: str,
    *,
    database: str,
    driver: str,
    session_ttl_days: int,
    redis_url: str = "",
    listeners: Sequence[CommandListener] = (),
) -> AsyncIterator[Storage]:
    """The one place that opens and closes the database. Connects when first used."""
    mongo = Mongo(url, database=database, driver=driver, listeners=listeners)
    redis, windows = Redis(redis_url), RateLimiter(redis_url)
    announcements = Announcements(redis_url, database=database)
    try:
        ids = IdGenerator()
        entries = Entries(mongo)
        readers = Readers(mongo)
        sessions = Sessions(mongo, ids, ttl_days=session_ttl_days)
        users = Users(mongo, ids, RecentUsers())
        credentials = Credentials(mongo, sessions)
        yield Storage(
            mongo=mongo,
            redis=redis,
            announcements=announcements,
            accounts=Accounts(mongo, users, credentials),
            presence=Presence(mongo),
            users=users,
            search=Search(mongo),
            readers=readers,
            counts=Counts(mongo),
            credentials=credentials,
            sessions=sessions,
            windows=windows,
            posts=Posts(mongo, ids),
            keyed_posts=KeyedPosts(mongo, ids),
            ledgers=Ledgers(mongo),
            follows=Follows(mongo, ids),
            edges=Edges(mongo),
            entries=entries,
            cleaning=Cleaning(mongo, ids),
            audits=Audits(mongo, readers),
            feed=Feed(mongo, readers, at_once=FeedInOneQuery(mongo), by_source=FeedBySource(mongo, entries)),
            bulk=Bulk(mongo, ids),
            filling=Filling(mongo),
            images=Images(mongo),
        )
    finally:
        await announcements.close()
        await redis.close()
        await windows.close()
        await mongo.close()


__all__ = [
    "ChannelLost",
    "DatabaseError",
    "Misconfigured",
    "Storage",
    "create_indexes",
    "open_storage",
    "wait_or_give_up",
]
