"""Search for accounts by words, the most followed first.

The index holds (rank, word). The server reads it rank by rank from the highest and stops at the limit, so a short
prefix costs no more than a long one. A follow changes the index only if the rank changes, which is each time that the
number of followers doubles. The exact order is computed from the accounts found.

Kept by hand: Meilisearch and Atlas Search are further servers to run, for one index of names.
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

ANY_RANK = {"search_rank": {"$gte": MinKey()}}  # also matches a missing rank; lets the server skip from rank to rank
LAST = "\U0010ffff"
COMPLETED_AT_ONCE = 1_000  # accounts


class Search:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")

    async def page(self, words: Sequence[str], request: RankedRequest) -> Page[User]:
        """Return the accounts that have a word for each prefix in `words`.

        Examines the MAX_FOUND most followed accounts that match the rarest prefix.
        """
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
        """Return the prefix with the fewest accounts, counted up to MAX_FOUND. Among equals, the longest."""
        if len(words) == 1:
            return words[0]
        rarity = {}
        for word in words:
            counting = {**ANY_RANK, **beginning(word)}
            rarity[word] = await self._users.count_documents(counting, limit=MAX_FOUND, hint=USERS_SEARCH), -len(word)
        return min(words, key=rarity.__getitem__)

    async def complete(self) -> None:
        """Add words and rank to accounts that were stored by versions without search."""
        lacking = {**ANY_RANK, "search_words": None}
        while found := [
            user async for user in self._users.find(lacking, NAMED).hint(USERS_SEARCH).limit(COMPLETED_AT_ONCE)
        ]:
            changes = [
                UpdateOne(user, [{"$set": {"search_words": words_of(user)}}, {"$set": {"search_rank": RANK}}])
                for user in found  # matches only an unchanged account: a change of names writes words, too
            ]
            await self._users.bulk_write(changes, ordered=False)


def beginning(word: str) -> Document:
    """Return the condition that an account has a word with this prefix."""
    return {"search_words": {"$elemMatch": {"$gte": word, "$lt": word + LAST}}}
