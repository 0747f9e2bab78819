"""Posts that have all the words of a query, newest first.

A search walks down the posts of its rarest word and keeps those that have the others. One read looks at a bounded
number of posts, and says where it stopped.

Kept by hand: a text index of MongoDB cannot serve a sort, takes no hint, and a collection may have only one.
"""

from collections.abc import Sequence

from domain.pages import PageRequest
from domain.records import Page, Post
from storage.indexes import POSTS_WORDS
from storage.mongo import Document, Mongo
from storage.post_documents import VISIBLE, to_post

COUNTED = 200  # posts of one word; words with as many are equally common
LOOKED_AT_PER_POST = 10  # posts of the rarest word that a read looks at for each post of its page
LOOKED_AT = 1_000  # by one read at most


class PostSearch:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")

    async def page(self, words: Sequence[str], request: PageRequest) -> Page[Post]:
        """Return posts that have all the words, of all authors. `words` begins with the rarest, by which they are read.

        A page may be short and have a next one. Then `end` is where the reading stopped.
        """
        rarest, *others = words
        if not others:
            return await self._with(rarest, request)
        looked_at = min(LOOKED_AT_PER_POST * request.first, LOOKED_AT)
        pipeline: list[Document] = [
            {"$match": {"words": rarest, "_id": {"$lt": request.before}}},
            {"$sort": {"_id": -1}},
            {"$limit": looked_at},
            {"$set": {"is_found": {"$setIsSubset": [others, "$words"]}}},
            {
                "$group": {
                    "_id": None,
                    "number": {"$sum": 1},
                    "end": {"$last": "$_id"},
                    "found": {"$push": {"$cond": ["$is_found", "$_id", "$$REMOVE"]}},
                }
            },
        ]
        looked = await self._mongo.aggregate(self._posts, pipeline, hint=POSTS_WORDS)
        if not looked:
            return Page([], has_next=False)
        (row,) = looked
        has_all: list[int] = row["found"]
        posts = await self._read(has_all[: request.first])
        if len(has_all) > request.first:
            return Page(posts, has_next=True, end=has_all[request.first - 1])
        has_next = row["number"] == looked_at
        return Page(posts, has_next=has_next, end=row["end"] if has_next else None)

    async def rarest_first(self, words: Sequence[str]) -> list[str]:
        """Return the words, the rarest first, by their numbers of posts up to COUNTED. Among equals, the longest."""
        if len(words) == 1:
            return list(words)
        rarity = {}
        for word in words:
            number = await self._posts.count_documents({"words": word}, limit=COUNTED, hint=POSTS_WORDS)
            rarity[word] = number, -len(word)
        return sorted(words, key=rarity.__getitem__)

    async def _with(self, word: str, request: PageRequest) -> Page[Post]:
        having = {"words": word, "_id": {"$lt": request.before}}
        cursor = self._posts.find(having, VISIBLE).hint(POSTS_WORDS).sort("_id", -1)
        found = [to_post(post) async for post in cursor.limit(request.first + 1).batch_size(request.first + 1)]
        return Page(found[: request.first], has_next=len(found) > request.first)

    async def _read(self, numbers: Sequence[int]) -> list[Post]:
        """Return the posts that still exist, in this order."""
        if not numbers:
            return []
        found = {
            post["_id"]: to_post(post) async for post in self._posts.find({"_id": {"$in": list(numbers)}}, VISIBLE)
        }
        return [found[number] for number in numbers if number in found]
