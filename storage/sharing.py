"""Reads what is shown outside of Tweeter: a post with all that stands around it, and the accounts of the sitemap."""

from domain.ids import MAX_ID
from domain.records import Post, User
from domain.sharing import ListedAccount
from domain.threads import StoryKind
from storage.feed.joins import join
from storage.indexes import POSTS_KINDS
from storage.mongo import Document, Mongo
from storage.post_documents import KIND_OF, NO_REPOST, VISIBLE, to_post
from storage.users import to_user

PART = 1_000  # accounts in a part of the sitemap
MORE_IN_PART = 200  # accounts that may come late into a part: the clocks of web processes differ
PARTS_AT_ONCE = 20  # parts that one request finds

_ACCOUNT = {"_id": 1, "alias": 1}
_REPOST = KIND_OF[StoryKind.REPOST]


class SharedPosts:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")

    async def read(self, number: int) -> tuple[Post, Post | None, dict[int, User]] | None:
        """Return the post, the post that it quotes, and the accounts around both. One command reads all of them."""
        is_readable = {"$match": NO_REPOST}
        found = await self._mongo.aggregate(
            self._posts,
            [
                {"$match": {"_id": number, **NO_REPOST}},
                {"$project": VISIBLE},
                join("quoted", "posts", is_readable, {"$project": VISIBLE}, on=("quote", "_id")),
                {"$set": {"accounts": ["$author", "$reply_to_author", {"$first": "$quoted.author"}]}},
                join("users", "users", on=("accounts", "_id")),
            ],
        )
        if not found:
            return None
        document: Document = found[0]
        quoted = to_post(document["quoted"][0]) if document["quoted"] else None
        users = {user.id: user for user in map(to_user, document["users"])}
        return to_post(document), quoted, users


class Sitemap:
    """The accounts that have posts or replies of their own, by id, in parts.

    Ids grow with time, so a part that is full stays as it is, except for accounts that come late.
    """

    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        self._posts = mongo.collection("posts")
        self._ends: list[int] = []  # of full parts; accounts are never deleted

    async def parts(self) -> list[tuple[int, int]]:
        """Return the parts, each as the ids (after, until] of its accounts.

        One call examines up to PARTS_AT_ONCE · PART keys, after those parts that an earlier call has found. Until all
        are found, the last part is cut off.
        """
        for _ in range(PARTS_AT_ONCE):
            ids = self._users.find({"_id": {"$gt": self._last}}, {"_id": 1}).sort("_id", 1)
            end = [found["_id"] async for found in ids.skip(PART - 1).limit(1)]
            if not end:
                break
            if end[0] > self._last:  # another call may have found it meanwhile
                self._ends.append(end[0])
        return list(zip([0, *self._ends], [*self._ends, MAX_ID], strict=True))

    @property
    def _last(self) -> int:
        return self._ends[-1] if self._ends else 0

    async def part(self, after: int, until: int) -> list[ListedAccount]:
        """Return the accounts with ids in (after, until] that have posts or replies, at most PART + MORE_IN_PART."""
        accounts = self._users.find({"_id": {"$gt": after, "$lte": until}}, _ACCOUNT).sort("_id", 1)
        aliases = {found["_id"]: found["alias"] async for found in accounts.limit(PART + MORE_IN_PART)}
        if not aliases:
            return []
        # A distinct scan, which examines about two keys for each author. The index has the posts before the replies.
        newest = await self._mongo.aggregate(
            self._posts,
            [
                {"$match": {"author": {"$gte": min(aliases), "$lte": max(aliases)}, "kind": {"$ne": _REPOST}}},
                {"$sort": {"author": 1, "kind": 1, "_id": -1}},
                {"$group": {"_id": "$author", "newest": {"$first": "$_id"}}},
            ],
            hint=POSTS_KINDS,
        )
        return [
            ListedAccount(alias=aliases[found["_id"]], newest=found["newest"])
            for found in sorted(newest, key=lambda found: int(found["_id"]))
            if found["_id"] in aliases
        ]
