"""Acts: likes and bookmarks, one document for each account, post and kind.

A like has `d: 1` until a task has added it to the post's sum (`storage.maintenance.folding`). Then it has no `d`. If
it is taken back after that, it has `d: -1`, and neither `at` nor `bucket`, by which lists find likes. It stays until
the task has taken it from the sum.

    not there  --like-->  d: 1  --fold-->  no d  --take back-->  d: -1  --fold-->  not there
    d: 1  --take back-->  not there                 d: -1  --like-->  no d, with a new `at` and `bucket`

Each of these steps is one conditional write to one document. `at` is an id: of the time of the act, and its cursor.
"""

from collections.abc import Sequence

from pymongo.errors import DuplicateKeyError

from domain.acts import ActKind
from domain.pages import PageRequest
from domain.records import Actor, KeptPost, Page, Post
from storage.buckets import bucket_of
from storage.data_version import COUNTS, DataVersion
from storage.indexes import ACTS_KEY, ACTS_LIKES, ACTS_OF_USER
from storage.memory.ids import IdGenerator
from storage.mongo import Document, Mongo, is_duplicate_of
from storage.people import FindHidden, fill_accounts
from storage.posts import Posts


class Acts:
    def __init__(self, mongo: Mongo, ids: IdGenerator, posts: Posts, *, version: DataVersion) -> None:
        self._mongo = mongo
        self._acts = mongo.collection("acts")
        self._ids = ids
        self._posts = posts
        self._version = version

    # -- changes ------------------------------------------------------------------------------------------------------

    async def add(self, kind: ActKind, user: int, post: Post) -> bool:
        """Store the act and return whether it is new. An act that is there already stays as it is.

        Raises:
            NeedsMigration: Processes that leave the acts of deleted posts behind may be running.
            DuplicateKeyError: An unknown unique index refuses the act.
        """
        await self._version.require(COUNTS)
        key = _key(kind, user, post.id)
        while True:
            new = _new(kind, user, post, at=self._ids.draw())
            try:
                await self._acts.insert_one({**key, **new, **_unfolded(kind)})
                return True
            except DuplicateKeyError as error:
                if is_duplicate_of(error, "at"):
                    continue  # another act has the drawn id
                if not is_duplicate_of(error, "user"):
                    raise
            try:
                again = {"$set": new, "$unset": {"d": ""}}
                if (await self._acts.update_one({**key, "d": -1}, again, hint=ACTS_KEY)).modified_count:
                    return True
            except DuplicateKeyError as error:
                if not is_duplicate_of(error, "at"):
                    raise
                continue
            found = await self._acts.find_one({**key, "d": {"$ne": -1}}, {"_id": 1}, hint=ACTS_KEY)
            if found is not None:
                await self._mongo.wait_for_majority()  # another process may have just written it
                return False

    async def take_back(self, kind: ActKind, user: int, post: int) -> bool:
        """Take the act back, and return whether it was there. The post may be deleted."""
        key = _key(kind, user, post)
        if kind is not ActKind.LIKE:
            return (await self._acts.delete_one(key, hint=ACTS_KEY)).deleted_count == 1
        # In this order: a fold between the two leaves a like that the second one finds.
        if (await self._acts.delete_one({**key, "d": 1}, hint=ACTS_KEY)).deleted_count:
            return True
        taken = {"$set": {"d": -1}, "$unset": dict.fromkeys(("at", "author", "bucket"), "")}
        folded = {**key, "d": {"$exists": False}}
        return (await self._acts.update_one(folded, taken, hint=ACTS_KEY)).modified_count == 1

    # -- lists --------------------------------------------------------------------------------------------------------

    async def likers(self, post: int, request: PageRequest, *, find_hidden: FindHidden) -> Page[Actor]:
        """Return who likes the post, the latest first, without the accounts that `find_hidden` names.

        A page may be short if many accounts are hidden. Then `has_next` is true, and `end` says where it stopped.
        """

        async def read(first: int, before: int) -> Sequence[Actor]:
            likes = {"post": post, "kind": ActKind.LIKE.value, "at": {"$lt": before}}
            cursor = self._acts.find(likes, {"_id": 0, "user": 1, "at": 1}).hint(ACTS_LIKES).sort("at", -1)
            found = cursor.limit(first).batch_size(first)
            return [Actor(id=like["at"], account=like["user"]) async for like in found]

        return await fill_accounts(request, read, find_hidden)

    async def kept_posts(self, kind: ActKind, user: int, request: PageRequest) -> Page[KeptPost]:
        """Return the posts that the account likes or has bookmarked, the latest act first.

        Without deleted posts, so the page may be short; `end` says where it stopped.
        """
        kept = {"user": user, "kind": kind.value, "at": {"$lt": request.before}}
        cursor = self._acts.find(kept, {"_id": 0, "post": 1, "at": 1}).hint(ACTS_OF_USER).sort("at", -1)
        rows = [act async for act in cursor.limit(request.first + 1).batch_size(request.first + 1)]
        has_next, rows = len(rows) > request.first, rows[: request.first]
        posts = {post.id: post for post in await self._posts.find_by_ids({row["post"] for row in rows})}
        items = [KeptPost(id=row["at"], post=posts[row["post"]]) for row in rows if row["post"] in posts]
        return Page(items, has_next=has_next, end=rows[-1]["at"] if rows else None)


def new_like(user: int, post: Post, *, at: int) -> Document:
    """Return a like that is not folded."""
    return {**_key(ActKind.LIKE, user, post.id), **_new(ActKind.LIKE, user, post, at=at), **_unfolded(ActKind.LIKE)}


def _new(kind: ActKind, user: int, post: Post, *, at: int) -> Document:
    """Return what a new act has beside its key. Only likes of others' posts have a bucket, so only these notify."""
    if kind is not ActKind.LIKE or user == post.author:
        return {"at": at}
    return {"at": at, "author": post.author, "bucket": bucket_of(at, post.id)}


def _unfolded(kind: ActKind) -> Document:
    return {"d": 1} if kind is ActKind.LIKE else {}


def _key(kind: ActKind, user: int, post: int) -> Document:
    return {"post": post, "user": user, "kind": kind.value}
