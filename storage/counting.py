"""Reads counts, which are exact at one instant, before and after any fold.

    count  =  the sum that is stored with the post or account
           +  Σ d of its acts that are not folded
           +  the posts that name it in `uncounted`

One command reads all three. Before `tweeter migrate` has made the sums complete (`storage.migrations.to_3`), replies,
reposts, quotes and posts are counted one by one, up to a bound.
"""

from collections import Counter
from collections.abc import Collection as Ids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.acts import ActKind
from domain.records import PostCounts
from domain.threads import StoryKind
from storage.counted import FIELDS, POST, QUOTE, REPLY, REPOST, author_target
from storage.data_version import COUNTS, DataVersion
from storage.feed.joins import join
from storage.mongo import ClientSession, Document, Mongo
from storage.post_documents import KIND_OF
from storage.retries import retry_snapshot

SUMS = {ActKind.LIKE.value: "likes", REPLY: "replies", REPOST: "reposts", QUOTE: "quotes"}  # in `counts` of a post
KINDS = {name: kind for kind, name in SUMS.items()}
POST_COUNT = "post_count"  # of an account
AUTHORED = [KIND_OF[StoryKind.POST], KIND_OF[StoryKind.REPLY]]
MOST_UNMIGRATED = 50_000  # rows of each kind that are counted one by one

Tally = Counter[tuple[str, int]]  # by kind and target


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one collection, in no order."""

    collection: str
    stages: Sequence[Document]


class Counting:
    def __init__(self, mongo: Mongo, *, version: DataVersion) -> None:
        self._mongo = mongo
        self._version = version

    async def sources(self, posts: Ids[int]) -> list[Source]:
        """Return the sources of the counts of the posts, for `to_tally`. They are read in one snapshot."""
        return counts_of_posts(posts) if await self._version.has(COUNTS) else _one_by_one(posts)

    @retry_snapshot
    async def post_counts(self, users: Ids[int]) -> dict[int, int]:
        """Return how many posts and replies each of the accounts has, at one instant."""
        sources = counts_of_users(users) if await self._version.has(COUNTS) else [_posts_of(users)]
        async with self._mongo.snapshot() as snapshot:
            tally = to_tally(await read_sources(self._mongo, sources, session=snapshot))
        return {user: tally[POST, author_target(user)] for user in users}


async def read_sources(mongo: Mongo, sources: Sequence[Source], *, session: ClientSession) -> list[Document]:
    """Return the rows of all sources, read by one command."""
    stages = [join(str(number), each.collection, *each.stages) for number, each in enumerate(sources)]
    found = await mongo.find_row(None, [{"$documents": [{}]}, *stages], session=session)
    return [row for rows in (found or {}).values() for row in rows]


def counts_of_posts(posts: Ids[int]) -> list[Source]:
    """Return the sources of the counts of posts, for `to_tally`."""
    sums: list[Document] = [{"$match": {"_id": {"$in": list(posts)}}}, {"$project": {"counts": 1}}]
    return [*_unfolded(list(posts)), Source("posts", sums)]


def counts_of_users(users: Ids[int]) -> list[Source]:
    """Return the sources of the counts of posts by the accounts, for `to_tally`."""
    sums: list[Document] = [{"$match": {"_id": {"$in": list(users)}}}, {"$project": {POST_COUNT: 1}}]
    return [*_unfolded([author_target(user) for user in users]), Source("users", sums)]


def to_tally(rows: Iterable[Document]) -> Tally:
    """Return the counts in the rows of the sources."""
    tally: Tally = Counter()
    for row in rows:
        if "n" in row:
            tally[row["_id"]["kind"], row["_id"]["target"]] += row["n"]
        for name, number in row.get("counts", {}).items():
            tally[KINDS[name], row["_id"]] += number
        if POST_COUNT in row:
            tally[POST, author_target(row["_id"])] += row[POST_COUNT]
    return tally


def to_counts(tally: Tally, post: int) -> PostCounts:
    return PostCounts(**{name: tally[kind, post] for kind, name in SUMS.items()})


def _unfolded(targets: Sequence[int]) -> list[Source]:
    """Return what was not added to the sums of the targets: all of posts, or all of accounts."""
    acts: list[Document] = [
        {"$match": {"d": {"$in": [1, -1]}, "post": {"$in": targets}}},
        {"$group": {"_id": {"kind": "$kind", "target": "$post"}, "n": {"$sum": "$d"}}},
    ]
    counted: list[Document] = [{"kind": kind, "target": f"${field}"} for kind, field in FIELDS.items()]
    counted.append({"kind": POST, "target": {"$subtract": [0, "$author"]}})
    posts: list[Document] = [
        {"$match": {"uncounted": {"$in": targets}}},
        {"$project": {"counted": counted}},
        {"$unwind": "$counted"},
        {"$match": {"counted.target": {"$in": targets}}},
        {"$group": {"_id": "$counted", "n": {"$sum": 1}}},
    ]
    return [Source("acts", acts), Source("posts", posts)]


def _one_by_one(posts: Ids[int]) -> list[Source]:
    """Return what names the posts, whether it was added to sums or not."""
    return [
        Source("posts", _rows_of({field: {"$in": list(posts)}}, kind, f"${field}")) for kind, field in FIELDS.items()
    ]


def _posts_of(users: Ids[int]) -> Source:
    authored = {"author": {"$in": list(users)}, "kind": {"$in": AUTHORED}}
    return Source("posts", _rows_of(authored, POST, {"$subtract": [0, "$author"]}))


def _rows_of(wanted: Document, kind: str, target: str | Document) -> list[Document]:
    counted = {"_id": {"kind": kind, "target": target}, "n": {"$sum": 1}}
    return [{"$match": wanted}, {"$limit": MOST_UNMIGRATED}, {"$group": counted}]
