"""Creates collections and indexes at start, and gives a new database its data version. It is idempotent."""

from datetime import timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.errors import OperationFailure

from domain.acts import ActKind
from domain.idempotency import KEY_LIFE
from domain.watermarks import FILLING, NEVER
from storage.clustered import create_collection, create_feeds
from storage.data_version import DataVersion
from storage.mongo import Mongo
from storage.mongodb_errors import refuse_unfit
from storage.pictures.stores import FOLDERS
from storage.presence import PRESENCE_TTL_S

INDEX_NOT_FOUND = 27

POSTS_STORY = "author_1__id_-1"
POSTS_KINDS = "kinds"
POSTS_IN_FLIGHT = "in_flight"
POSTS_KEYED = "keyed"
POSTS_REPLIES = "replies"
POSTS_QUOTES = "quotes"
POSTS_REPOSTS = "reposts"
POSTS_REPOSTERS = "reposters"
POSTS_UNCOUNTED = "uncounted"
POSTS_REPOST_BUCKETS = "repost_buckets"
POSTS_NOTIFIES = "notifies"
ACTS_KEY = "key"
ACTS_OF_USER = "user"
ACTS_LIKES = "likes"
ACTS_LIKE_BUCKETS = "like_buckets"
ACTS_UNFOLDED = "unfolded"
POSTS_TAGS = "tags"
POSTS_WORDS = "words"
TAG_USES_RISING = "rising"
TAG_USES_BEGINNING = "beginning"
POSTS_PICTURED = "pictured"
MEDIA_OF_POST = "post"
RELATIONS_OF_READER = "reader"
RELATIONS_LIST = "list"
RELATIONS_UNCUT = "uncut"
FOLLOWS_OF_READER = "of_reader"
FOLLOWS_PUSHED = "followee_pushed"
FOLLOWS_FILLING = "filling"
FOLLOWS_DAYS = "days"
USERS_SEARCH = "search"
SESSIONS_OF_USER = "user_1_last_used_at_-1"

TAGS_KEPT_FOR = timedelta(days=30)

INDEXES = {
    "users": [
        IndexModel("alias_key", unique=True),
        IndexModel([("is_celebrity", ASCENDING), ("follower_count", ASCENDING)]),
        IndexModel("moving", partialFilterExpression={"moving": True}),
        IndexModel([("is_dormant", ASCENDING), ("last_read_at", ASCENDING)]),
        IndexModel("waking", partialFilterExpression={"waking": True}),
        IndexModel("sleeping", partialFilterExpression={"sleeping": True}),
        IndexModel([("search_rank", DESCENDING), ("search_words", ASCENDING)], name=USERS_SEARCH),
        IndexModel("image", sparse=True),
    ],
    "presence": [IndexModel("at", expireAfterSeconds=PRESENCE_TTL_S)],
    "sessions": [
        IndexModel("expires_at", expireAfterSeconds=0),
        IndexModel([("user", ASCENDING), ("last_used_at", DESCENDING)], name=SESSIONS_OF_USER),
    ],
    "posts": [
        IndexModel([("author", ASCENDING), ("_id", DESCENDING)], name=POSTS_STORY),
        # A story by kind: a sparse one is not read through all that it leaves out.
        IndexModel([("author", ASCENDING), ("kind", ASCENDING), ("_id", DESCENDING)], name=POSTS_KINDS),
        IndexModel(
            [("in_flight", ASCENDING), ("author", ASCENDING), ("_id", DESCENDING)],
            name=POSTS_IN_FLIGHT,
            partialFilterExpression={"in_flight": True},
        ),
        IndexModel(
            [("author", ASCENDING), ("key", ASCENDING)],
            name=POSTS_KEYED,
            unique=True,
            partialFilterExpression={"key": {"$exists": True}},
        ),
        IndexModel(
            [("reply_to", ASCENDING), ("_id", ASCENDING)],
            name=POSTS_REPLIES,
            partialFilterExpression={"reply_to": {"$exists": True}},
        ),
        IndexModel(
            [("quote", ASCENDING), ("_id", ASCENDING)],
            name=POSTS_QUOTES,
            partialFilterExpression={"quote": {"$exists": True}},
        ),
        IndexModel(
            [("author", ASCENDING), ("_id", ASCENDING)],  # read backwards
            name=POSTS_PICTURED,
            partialFilterExpression={"media": {"$exists": True}},
        ),
        # Two orders: what was reposted before, within a range of ids; and by whom, among many accounts.
        IndexModel(
            [("repost_of", ASCENDING), ("_id", ASCENDING), ("author", ASCENDING)],
            name=POSTS_REPOSTS,
            partialFilterExpression={"repost_of": {"$exists": True}},
        ),
        IndexModel(
            [("repost_of", ASCENDING), ("author", ASCENDING)],
            name=POSTS_REPOSTERS,
            unique=True,
            partialFilterExpression={"repost_of": {"$exists": True}},
        ),
        IndexModel(
            [("tags", ASCENDING), ("_id", DESCENDING)],
            name=POSTS_TAGS,
            partialFilterExpression={"tags": {"$exists": True}},
        ),
        IndexModel(
            [("words", ASCENDING), ("_id", DESCENDING)],
            name=POSTS_WORDS,
            partialFilterExpression={"words": {"$exists": True}},
        ),
        # This one, and those of likes and follows, end with the acting account: a notification is read from keys alone.
        IndexModel(
            [("original_author", ASCENDING), ("bucket", DESCENDING), ("_id", DESCENDING), ("author", ASCENDING)],
            name=POSTS_REPOST_BUCKETS,
            partialFilterExpression={"bucket": {"$exists": True}},
        ),
        IndexModel(
            [("notifies", ASCENDING), ("_id", DESCENDING)],
            name=POSTS_NOTIFIES,
            partialFilterExpression={"notifies": {"$exists": True}},
        ),
        IndexModel("uncounted", name=POSTS_UNCOUNTED, partialFilterExpression={"uncounted": {"$exists": True}}),
    ],
    # The filters leave each query of `storage.acts` and `storage.counting` one index that it can use.
    "acts": [
        IndexModel(
            [("post", ASCENDING), ("user", ASCENDING), ("kind", ASCENDING)],
            name=ACTS_KEY,
            unique=True,
            partialFilterExpression={"user": {"$exists": True}},
        ),
        # These two are unique so that a cursor names one act: two processes may draw the same id.
        IndexModel(
            [("user", ASCENDING), ("kind", ASCENDING), ("at", DESCENDING)],
            name=ACTS_OF_USER,
            unique=True,
            partialFilterExpression={"at": {"$exists": True}},
        ),
        IndexModel(
            [("post", ASCENDING), ("at", DESCENDING)],
            name=ACTS_LIKES,
            unique=True,
            partialFilterExpression={"kind": ActKind.LIKE.value, "at": {"$exists": True}},
        ),
        IndexModel(
            [("author", ASCENDING), ("bucket", DESCENDING), ("at", DESCENDING), ("user", ASCENDING)],
            name=ACTS_LIKE_BUCKETS,
            partialFilterExpression={"bucket": {"$exists": True}},
        ),
        IndexModel(
            [("d", ASCENDING), ("post", ASCENDING), ("kind", ASCENDING)],
            name=ACTS_UNFOLDED,
            partialFilterExpression={"d": {"$exists": True}},
        ),
    ],
    "media": [
        IndexModel("post", name=MEDIA_OF_POST, partialFilterExpression={"post": {"$exists": True}}),
    ],
    "relations": [
        IndexModel(
            [("reader", ASCENDING), ("other", ASCENDING), ("kind", ASCENDING)], name=RELATIONS_OF_READER, unique=True
        ),
        IndexModel([("reader", ASCENDING), ("kind", ASCENDING), ("_id", DESCENDING)], name=RELATIONS_LIST),
        IndexModel("cut_at", name=RELATIONS_UNCUT, sparse=True),
        IndexModel("until", expireAfterSeconds=0),  # a mute without an end has no such field
    ],
    "tag_uses": [
        IndexModel([("rise", DESCENDING), ("_id", ASCENDING)], name=TAG_USES_RISING),
        IndexModel([("rank", DESCENDING), ("_id", ASCENDING)], name=TAG_USES_BEGINNING),
        IndexModel("seen_at", expireAfterSeconds=int(TAGS_KEPT_FOR.total_seconds())),
    ],
    "meta": [],
    "removals": [IndexModel("due_at")],
    "spent_keys": [IndexModel("at", expireAfterSeconds=int(KEY_LIFE.total_seconds()))],
    "follows": [
        IndexModel([("follower", ASCENDING), ("followee", ASCENDING)], unique=True),
        # All fields that a page of a feed needs of its reader's edges.
        IndexModel(
            [
                ("follower", ASCENDING),
                ("push_from", ASCENDING),
                ("followee", ASCENDING),
                ("hides_reposts", ASCENDING),
                ("out_of_feed", ASCENDING),
            ],
            name=FOLLOWS_OF_READER,
        ),
        IndexModel(
            [("followee", ASCENDING), ("follower", ASCENDING), ("push_from", ASCENDING)],
            name=FOLLOWS_PUSHED,
            partialFilterExpression={"push_from": {"$lt": NEVER}},
        ),
        IndexModel([("follower", ASCENDING), ("_id", DESCENDING)]),
        IndexModel([("followee", ASCENDING), ("_id", DESCENDING)]),
        IndexModel(
            [("push_from", ASCENDING), ("follower", ASCENDING)],
            name=FOLLOWS_FILLING,
            partialFilterExpression={"push_from": {"$gte": FILLING, "$lt": NEVER}},
        ),
        IndexModel(
            [("followee", ASCENDING), ("day", DESCENDING), ("_id", DESCENDING), ("follower", ASCENDING)],
            name=FOLLOWS_DAYS,
            partialFilterExpression={"day": {"$exists": True}},
        ),
    ],
}

# The indexes that GridFS makes at the first upload, made in advance.
for folder in FOLDERS:
    INDEXES[f"{folder}.files"] = [IndexModel([("filename", ASCENDING), ("uploadDate", ASCENDING)])]
    INDEXES[f"{folder}.chunks"] = [IndexModel([("files_id", ASCENDING), ("n", ASCENDING)], unique=True)]

# Indexes of older versions. Each is a prefix of a newer index.
OBSOLETE = {"sessions": ["user_1"], "follows": ["follower_1_push_from_1"]}


async def create_indexes(mongo: Mongo) -> None:
    """Create the missing collections and indexes, and drop the obsolete indexes.

    Raises:
        OperationFailure: An index of the same name has other keys.
        Unfit: The server is of a kind that is not supported, or a newer program has stored data there.
    """
    refuse_unfit(await mongo.hello())
    await DataVersion(mongo).begin()
    await create_feeds(mongo)
    for name in ("credentials", *INDEXES):  # a snapshot read of a missing collection would fail
        await create_collection(mongo, name)
    for name, indexes in INDEXES.items():
        if indexes:
            await mongo.collection(name).create_indexes(indexes)
    for name, obsolete in OBSOLETE.items():
        for index in obsolete:
            await _drop_index(mongo, name, index)


async def missing_indexes(mongo: Mongo) -> list[str]:
    """Return the missing indexes as collection.name, with the keys as name for those without one."""
    missing = []
    for name, indexes in INDEXES.items():
        there = await mongo.collection(name).index_information()
        missing += [f"{name}.{index.document['name']}" for index in indexes if index.document["name"] not in there]
    return missing


async def _drop_index(mongo: Mongo, collection: str, index: str) -> None:
    try:
        await mongo.collection(collection).drop_index(index)
    except OperationFailure as error:
        if error.code != INDEX_NOT_FOUND:
            raise
