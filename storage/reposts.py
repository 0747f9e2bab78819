"""Reposts: documents of `posts` that have `repost_of` and no text. An account reposts a post at most once."""

import secrets
from collections.abc import Sequence

from pymongo.errors import DuplicateKeyError

from domain.ids import RANDOM_BITS
from domain.pages import PageRequest
from domain.records import Actor, Page, Post, Reposting
from storage.counted import COUNTING, take_from_counts
from storage.data_version import REPOSTS, DataVersion
from storage.indexes import POSTS_REPOSTERS, POSTS_REPOSTS
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Mongo, committed, is_duplicate_of
from storage.people import FindHidden, fill_accounts
from storage.post_documents import NO_REPOST, new_repost
from storage.removals import Removal, Removals


class Reposts:
    def __init__(self, mongo: Mongo, ids: IdGenerator, *, version: DataVersion, removals: Removals) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._acts = mongo.collection("acts")
        self._committed = committed(self._posts)
        self._ids = ids
        self._version = version
        self._removals = removals

    async def repost(self, author: int, post: Post) -> Reposting | None:
        """Store a repost of the post, in flight, or return the one that the author has made before.

        None if the post has been deleted. The returned repost is on a majority.

        Raises:
            NeedsMigration: Processes of older versions, which cannot read reposts, may be running.
            DuplicateKeyError: An unknown unique index refuses the repost.
        """
        await self._version.require(REPOSTS)
        while True:
            document = new_repost(self._draw_above(post.id), author=author, of=post)
            try:
                await self._posts.insert_one(document)
            except DuplicateKeyError as error:
                if is_duplicate_of(error, "_id"):
                    continue  # a post or another repost has this id
                if not is_duplicate_of(error, "repost_of"):
                    raise
                made = await self._find(author, post.id)
                if made is None:
                    continue  # it has just been undone
                reposting = Reposting(id=made, is_new=False)
            else:
                reposting = Reposting(id=document["_id"], is_new=True)
            # Only now: a deletion from here on finds the repost.
            if await self._posts.find_one({"_id": post.id, **NO_REPOST}, {"_id": 1}) is not None:
                return reposting
            await self.undo(author, post.id)
            return None

    async def undo(self, author: int, post: int) -> int | None:
        """Delete the author's repost of the post, and return its id. None if there is none."""

        async def delete(session: ClientSession) -> int | None:
            mine = {"repost_of": post, "author": author}
            deleted = await self._posts.find_one_and_delete(mine, COUNTING, hint=POSTS_REPOSTERS, session=session)
            if deleted is None:
                return None
            await take_from_counts(self._acts, deleted, within=session)
            await self._removals.note([Removal(deleted["_id"], author)], within=session)
            return int(deleted["_id"])

        return await self._mongo.transaction(delete)

    async def latest_reposters(self, post: int, *, most: int) -> tuple[int, ...]:
        """Return the accounts that have reposted the post last, also if the post has been deleted."""
        cursor = self._posts.find({"repost_of": post}, {"_id": 0, "author": 1}).hint(POSTS_REPOSTS).sort("_id", -1)
        return tuple([repost["author"] async for repost in cursor.limit(most)])

    async def reposters(self, post: int, request: PageRequest, *, find_hidden: FindHidden) -> Page[Actor]:
        """Return who has reposted the post, the latest first, without the accounts that `find_hidden` names.

        A page may be short if many accounts are hidden. Then `has_next` is true, and `end` says where it stopped.
        """

        async def read(first: int, before: int) -> Sequence[Actor]:
            range_below = {"repost_of": post, "_id": {"$lt": before}}
            cursor = self._posts.find(range_below, {"author": 1}).hint(POSTS_REPOSTS).sort("_id", -1)
            found = cursor.limit(first).batch_size(first)
            return [Actor(id=repost["_id"], account=repost["author"]) async for repost in found]

        return await fill_accounts(request, read, find_hidden)

    def _draw_above(self, post: int) -> int:
        """Draw an id above the post's. The post's id may be ahead of this process's clock."""
        return max(self._ids.draw(), post + 1 + secrets.randbits(RANDOM_BITS))

    async def _find(self, author: int, post: int) -> int | None:
        await self._mongo.wait_for_majority()  # the repost of another process may not be on a majority yet
        mine = self._committed.find({"repost_of": post, "author": author}, {"_id": 1}).hint(POSTS_REPOSTERS).limit(1)
        return next((int(repost["_id"]) for repost in await mine.to_list(1)), None)
