"""Searching for people: first by how much they are followed, then by their words.

The index leads with a coarse rank and goes on with the words, so it is read rank by rank, the beginning of a word in
each, until enough are found: a short word costs no more than a long one. A follow rewrites it only where the rank
changes, which is each time that an account's followers double. The exact order is made of the few that are found.
"""

from collections.abc import Sequence

from bson import MinKey
from pymongo import UpdateOne

from domain.pages import RankedRequest
from domain.records import Page, User
from domain.search import MAX_FOUND
from storage.indexes import USERS_SEARCH
from storage.mongo import Document, Mongo
from storage.ranks import RANK
from storage.users import NAMED, to_user, words_of

ANY_RANK = {"search_rank": {"$gte": MinKey()}}  # also where there is none; with it, the server jumps from rank to rank
LAST = "\U0010ffff"
COMPLETED_AT_ONCE = 1_000  # accounts


class Search:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")

    async def page(self, words: Sequence[str], request: RankedRequest) -> Page[User]:
        """Of the MAX_FOUND most followed who have a word that begins with the rarest, those who have one for each."""
        followers, number = request.below
        below = [{"follower_count": {"$lt": followers}}, {"follower_count": followers, "_id": {"$lt": number}}]
        pipeline: list[Document] = [
            {"$match": {**ANY_RANK, **beginning(await self._rarest(words))}},
            {"$sort": {"search_rank": -1}},
            {"$limit": MAX_FOUND},
            {"$match": {"$and": [beginning(word) for word in words]}},
            {"$set": {"follower_count": {"$max": ["$follower_count", 0]}}},
            {"$match": {"$or": below}},
            {"$sort": {"follower_count": -1, "_id": -1}},
            {"$limit": request.first + 1},
        ]
        found = [to_user(user) for user in await self._mongo.aggregate(self._users, pipeline, hint=USERS_SEARCH)]
        return Page(found[: request.first], has_next=len(found) > request.first)

    async def _rarest(self, words: Sequence[str]) -> str:
        """Counted no further than MAX_FOUND; of words as common, the longest."""
        if len(words) == 1:
            return words[0]
        rarity = {}
        for word in words:
            counting = {**ANY_RANK, **beginning(word)}
            rarity[word] = await self._users.count_documents(counting, limit=MAX_FOUND, hint=USERS_SEARCH), -len(word)
        return min(words, key=rarity.__getitem__)

    async def complete(self) -> None:
        """Give their words and rank to the accounts of a database from before there was a search."""
        lacking = {**ANY_RANK, "search_words": None}
        while found := [
            user async for user in self._users.find(lacking, NAMED).hint(USERS_SEARCH).limit(COMPLETED_AT_ONCE)
        ]:
            changes = [
                UpdateOne(user, [{"$set": {"search_words": words_of(user)}}, {"$set": {"search_rank": RANK}}])
                for user in found  # as it was found: who has a new name meanwhile has words, too
            ]
            await self._users.bulk_write(changes, ordered=False)


def beginning(word: str) -> Document:
    """Who has a word that begins so."""
    return {"search_words": {"$elemMatch": {"$gte": word, "$lt": word + LAST}}}
