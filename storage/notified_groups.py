"""Reads the groups of notifications: likes and reposts by post and hour, and follows by day.

An index holds the acts of a group together, the newest first, and the groups in the order of the list. Most accounts
have few acts to a group, so one range of keys is a page. Beyond that, the server skips from group to group and examines
one key of each (DISTINCT_SCAN). It does so only if the `$match` holds nothing but fields of the index. Hidden accounts
are taken out afterwards, because there may be any number of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from domain.notifications import (
    PERIODS,
    GroupKey,
    NotificationKind,
    Position,
    first_group_at,
    groups_below,
    position_of_group,
)
from storage.buckets import key_of, to_bucket
from storage.feed.joins import join
from storage.indexes import ACTS_LIKE_BUCKETS, FOLLOWS_DAYS, POSTS_REPOST_BUCKETS
from storage.mongo import ClientSession, Document, Mongo

KEYS_FOR_A_GROUP = 3  # in the first range
FIRST_SPAN = 8  # hours or days that are skipped through at once
WIDER = 8  # times, with each further span
LAST_GROUP = GroupKey(2**63 - 1, 0)  # above all groups


class Act(NamedTuple):
    """What an account has done. `at` is the id that holds its time. Acts are ordered as tuples."""

    at: int
    actor: int


@dataclass(slots=True, kw_only=True)
class Group:
    """A group with its newest acts, at least one of them. `is_whole` says that it has no further ones."""

    kind: NotificationKind
    key: GroupKey
    acts: list[Act]
    is_whole: bool

    @property
    def position(self) -> Position:
        return position_of_group(self.kind, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the acts of one kind are stored, and the names of their fields."""

    kind: NotificationKind
    collection: str
    index: str
    owner: str
    bucket: str
    at: str
    actor: str


LAYOUTS = (
    Layout(
        kind=NotificationKind.LIKE,
        collection="acts",
        index=ACTS_LIKE_BUCKETS,
        owner="author",
        bucket="bucket",
        at="at",
        actor="user",
    ),
    Layout(
        kind=NotificationKind.REPOST,
        collection="posts",
        index=POSTS_REPOST_BUCKETS,
        owner="original_author",
        bucket="bucket",
        at="_id",
        actor="author",
    ),
    Layout(
        kind=NotificationKind.FOLLOW,
        collection="follows",
        index=FOLLOWS_DAYS,
        owner="followee",
        bucket="day",
        at="_id",
        actor="follower",
    ),
)


class NotifiedGroups:
    """The groups of one kind."""

    def __init__(self, mongo: Mongo, layout: Layout) -> None:
        self.kind = layout.kind
        self._mongo = mongo
        self._acts = mongo.collection(layout.collection)
        self._layout = layout
        self._fields = {"_id": 0, layout.bucket: 1, layout.at: 1, layout.actor: 1}

    async def newest(
        self, owner: int, *, below: Position, above: int, limit: int, session: ClientSession
    ) -> list[Group]:
        """Return the `limit` highest groups of the account below the position, the highest first.

        Those without an act above the id `above` may be left out.
        """
        lowest, end = first_group_at(self.kind, above), groups_below(self.kind, below)
        found = await self._first_keys(owner, lowest, end, keys=KEYS_FOR_A_GROUP * limit, session=session)
        if found and not found[-1].is_whole:
            span, end = FIRST_SPAN, found[-1].key
            while len(found) < limit and end > lowest:
                begin = max(GroupKey(end.begin - span * PERIODS[self.kind], 0), lowest)
                found += await self.heads(owner, begin, end, session=session)
                end, span = begin, WIDER * span
        return found[:limit]

    async def newest_act(self, owner: int, *, session: ClientSession) -> int:
        """Return the newest act of all groups of the account, 0 if there are none."""
        first = await self._first_keys(owner, GroupKey(0, 0), LAST_GROUP, keys=1, session=session)
        if not first:
            return 0
        latest = await self.heads(owner, GroupKey(first[0].key.begin, 0), LAST_GROUP, session=session)
        return max(group.acts[0].at for group in latest)

    async def heads(self, owner: int, begin: GroupKey, end: GroupKey, *, session: ClientSession) -> list[Group]:
        """Return the groups of the account in [begin, end), the highest first, each with its newest act."""
        names = self._layout
        pipeline = [
            {"$match": self._range(owner, begin, end)},
            {"$sort": {names.bucket: -1, names.at: -1}},
            {"$group": {"_id": f"${names.bucket}", "at": {"$first": f"${names.at}"}, "actor": _first(names.actor)}},
        ]
        rows = await self._mongo.aggregate(self._acts, pipeline, session=session, hint=names.index)
        heads = [self._group(row["_id"], [Act(row["at"], row["actor"])], is_whole=False) for row in rows]
        return sorted(heads, key=lambda group: group.key, reverse=True)

    async def read_acts(self, owner: int, groups: Iterable[Group], *, most: int, session: ClientSession) -> None:
        """Give each of the groups its `most` newest acts."""
        wanted = {self._bucket(group.key): group for group in groups}
        names = self._layout
        steps: list[Document] = [
            {"$match": {names.owner: owner}},
            {"$sort": {names.at: -1}},
            {"$limit": most},
            {"$project": {"_id": 0, "at": f"${names.at}", "actor": f"${names.actor}"}},
        ]
        for row in await self._join(wanted, steps, session):
            group = wanted[row["bucket"]]
            group.acts = [Act(act["at"], act["actor"]) for act in row["found"]]
            group.is_whole = len(group.acts) < most

    async def count_acts(
        self, owner: int, groups: Iterable[Group], *, most: int, session: ClientSession
    ) -> dict[GroupKey, int]:
        """Return how many acts each of the groups has, at most `most`. Examines one key for each."""
        steps: list[Document] = [{"$match": {self._layout.owner: owner}}, {"$limit": most}, {"$count": "acts"}]
        rows = await self._join([self._bucket(group.key) for group in groups], steps, session)
        return {self._key(row["bucket"]): row["found"][0]["acts"] for row in rows if row["found"]}

    async def _first_keys(
        self, owner: int, begin: GroupKey, end: GroupKey, *, keys: int, session: ClientSession
    ) -> list[Group]:
        """Return the groups of the highest `keys` acts in [begin, end). Only the last one may lack some of its acts."""
        names = self._layout
        below = self._acts.find(self._range(owner, begin, end), self._fields, session=session)
        ordered = below.hint(names.index).sort([(names.bucket, -1), (names.at, -1)])
        rows = await ordered.limit(keys).batch_size(keys).to_list(keys)
        found: dict[Any, list[Act]] = {}
        for row in rows:
            found.setdefault(row[names.bucket], []).append(Act(row[names.at], row[names.actor]))
        groups = [self._group(bucket, acts, is_whole=True) for bucket, acts in found.items()]
        if len(rows) == keys:
            groups[-1].is_whole = False
        return groups

    async def _join(self, buckets: Iterable[Any], steps: Sequence[Document], session: ClientSession) -> list[Document]:
        """Return for each bucket a row with what the steps find among its acts."""
        rows: list[Document] = [{"bucket": bucket} for bucket in buckets]
        if not rows:
            return []
        joined = join("found", self._layout.collection, *steps, on=("bucket", self._layout.bucket))
        return await self._mongo.aggregate(self._mongo.database, [{"$documents": rows}, joined], session=session)

    def _range(self, owner: int, begin: GroupKey, end: GroupKey) -> Document:
        return {
            self._layout.owner: owner,
            self._layout.bucket: {"$gte": self._bucket(begin), "$lt": self._bucket(end)},
        }

    def _group(self, bucket: Any, acts: list[Act], *, is_whole: bool) -> Group:
        return Group(kind=self.kind, key=self._key(bucket), acts=acts, is_whole=is_whole)

    def _bucket(self, key: GroupKey) -> Any:
        return key.begin if self.kind is NotificationKind.FOLLOW else to_bucket(key)

    def _key(self, bucket: Any) -> GroupKey:
        return GroupKey(bucket, 0) if self.kind is NotificationKind.FOLLOW else key_of(bucket)


def _first(field: str) -> Document:
    return {"$first": f"${field}"}
