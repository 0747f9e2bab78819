"""MongoDB and Redis: the only room that speaks to them. Hands out domain records, never a raw document."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pymongo.errors import PyMongoError as DatabaseError
from pymongo.monitoring import CommandListener

from domain.ids import IdGenerator
from storage.accounts import Accounts
from storage.announcements import Announcements, ChannelLost
from storage.audits import Audits
from storage.bulk import Bulk
from storage.cleaning import Cleaning
from storage.counts import Counts
from storage.credentials import Credentials
from storage.edges import Edges
from storage.entries import Entries
from storage.faults import Misconfigured, wait_or_give_up
from storage.feed import Feed
from storage.feed_at_once import FeedAtOnce
from storage.feed_by_source import FeedBySource
from storage.filling import Filling
from storage.follows import Follows
from storage.images import Images
from storage.indexes import create_indexes
from storage.keyed_posts import KeyedPosts
from storage.ledgers import Ledgers
from storage.mongo import Mongo
from storage.posts import Posts
from storage.presence import Presence
from storage.readers import Readers
from storage.recent_users import RecentUsers
from storage.redis import Redis
from storage.search import Search
from storage.sessions import Sessions
from storage.users import Users
from storage.windows import Windows


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
    windows: Windows
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
    redis, windows = Redis(redis_url), Windows(redis_url)
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
            feed=Feed(mongo, readers, at_once=FeedAtOnce(mongo), by_source=FeedBySource(mongo, entries)),
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
