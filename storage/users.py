"""Accounts, their counts, and whether they are celebrities."""

import time
from collections.abc import Collection as Ids
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from domain.accounts import alias_key
from domain.records import User
from domain.search import search_words
from domain.watermarks import fresh_token
from storage.memory.ids import IdGenerator
from storage.memory.recent_users import RecentUsers
from storage.mongo import ClientSession, Document, Mongo, is_duplicate_of
from storage.ranks import add_to_counts

MOVED = {"moved_to": "", "moved_at": ""}


@dataclass(frozen=True, slots=True)
class Move:
    """A move of an account's edges from push to pull, or back, after it has crossed the celebrity threshold."""

    token: int | None  # unique to this move; older versions drew none
    to: int  # the edge up to which the edges have been moved; 0 before the first batch


NAMED = {"alias": 1, "first_name": 1, "last_name": 1}


class Users:
    def __init__(self, mongo: Mongo, ids: IdGenerator, recent: RecentUsers) -> None:
        self._users = mongo.collection("users")
        self._ids = ids
        self._recent = recent

    def draw_id(self) -> int:
        return self._ids.draw()

    async def insert_user(
        self,
        number: int,
        *,
        alias: str,
        first_name: str,
        last_name: str,
        image: str | None = None,
        within: ClientSession | None = None,
    ) -> User | None:
        """Store an account and return it. None if the alias is taken, which also aborts the transaction `within`.

        Raises:
            DuplicateKeyError: The id is taken.
        """
        document = new_user(number, alias=alias, first_name=first_name, last_name=last_name)
        if image:
            document["image"] = image
        try:
            await self._users.insert_one(document, session=within)
        except DuplicateKeyError as error:
            if is_duplicate_of(error, "alias_key"):
                return None
            raise
        return to_user(document)

    async def find_by_id(self, number: int) -> User | None:
        return next(iter(await self.find_by_ids([number])), None)

    async def find_by_ids(self, numbers: Ids[int]) -> list[User]:
        """Return the accounts that exist, in no order."""
        if not numbers:
            return []
        return [to_user(found) async for found in self._users.find({"_id": {"$in": list(numbers)}})]

    async def find_recent(self, numbers: Ids[int]) -> dict[int, User]:
        """Return the accounts that exist, by id. They may be seconds old; see `storage.memory.recent_users`."""
        known = self._recent.find(numbers)
        missing = [number for number in numbers if number not in known]
        if not missing:
            return known
        asked_at, changes = time.monotonic(), self._recent.changes
        found = await self.find_by_ids(missing)
        self._recent.keep(found, asked_at=asked_at, changes=changes)
        return known | {user.id: user for user in found}

    async def find_by_alias(self, alias: str) -> User | None:
        found = await self._users.find_one({"alias_key": alias_key(alias)})
        return to_user(found) if found else None

    async def find_by_aliases(self, aliases: Ids[str]) -> list[User]:
        """Return the accounts that exist, in no order. Aliases are in lower case."""
        if not aliases:
            return []
        return [to_user(found) async for found in self._users.find({"alias_key": {"$in": list(aliases)}})]

    async def change_profile(self, number: int, changes: Mapping[str, str | None]) -> tuple[User, User] | None:
        """Set the given fields of `first_name`, `last_name`, `bio` and `image`. The value None removes a field.

        Returns the account before and after the change. None if the account does not exist.
        """
        removed = {name: "" for name, value in changes.items() if value is None}
        given = {name: value for name, value in changes.items() if value is not None}
        while (user := await self._users.find_one({"_id": number}, NAMED)) is not None:
            words = {"search_words": words_of({**user, **given})}
            with self._recent.changing(number):
                before = await self._users.find_one_and_update(user, {"$set": {**given, **words}, "$unset": removed})
            if before is not None:  # otherwise another change came first; try again
                return to_user(before), to_user({**before, **changes})
        return None

    async def images_among(self, images: Ids[str]) -> set[str]:
        """Return the images that an account shows."""
        found = self._users.find({"image": {"$in": list(images)}}, {"image": 1, "_id": 0})
        return {user["image"] async for user in found}

    async def count_follow(self, *, follower: int, followee: int, by: int) -> User | None:
        """Add `by` to the counts of both ends of an edge: 1 after an insert, -1 after a deletion.

        Return the followee.
        """
        with self._recent.changing(follower, followee):
            await self._users.update_one({"_id": follower}, {"$inc": {"followee_count": by}})
            changed = await self._users.find_one_and_update(
                {"_id": followee}, add_to_counts(followers=by), return_document=ReturnDocument.AFTER
            )
        return to_user(changed) if changed else None

    # -- policy state -------------------------------------------------------------------------------------------------

    async def set_celebrity(self, number: int, is_celebrity: bool) -> None:
        """Set whether the account is a celebrity, and begin a move of its edges from the first one on."""
        with self._recent.changing(number):
            await self._users.update_one(
                {"_id": number, "is_celebrity": not is_celebrity},
                {"$set": {"is_celebrity": is_celebrity, "moving": True, "move": fresh_token()}, "$unset": MOVED},
            )

    async def find_move(self, number: int) -> Move | None:
        """Return the current move of the account's edges, if any."""
        found = await self._users.find_one({"_id": number, "moving": True}, {"move": 1, "moved_to": 1})
        return Move(found.get("move"), found.get("moved_to", 0)) if found else None

    async def begin_move_again(self, number: int) -> Move:
        """Restart the move from the first edge. Its direction is decided when a task continues it."""
        move = Move(fresh_token(), 0)
        again = {"moving": True, "move": move.token, "moved_to": 0, "moved_at": datetime.now(UTC)}
        await self._users.update_one({"_id": number}, {"$set": again})
        return move

    async def note_move(self, number: int, move: Move, *, to: int) -> bool:
        """Record that the edges up to the edge `to` are moved. Return False if another move has begun."""
        noted = {"moved_to": to, "moved_at": datetime.now(UTC)}
        return await self._change_move(number, move, {"$set": noted})

    async def finish_move(self, number: int, move: Move, *, is_celebrity: bool) -> bool:
        """End the move. Return False if `is_celebrity` has changed or another move has begun."""
        finished = {"$unset": {"moving": "", "move": "", **MOVED}}
        return await self._change_move(number, move, finished, is_celebrity=is_celebrity)

    async def _change_move(self, number: int, move: Move, change: Document, **also: bool) -> bool:
        under_way = {"_id": number, "moving": True, "move": move.token} | also
        return (await self._users.update_one(under_way, change)).matched_count == 1

    async def celebrities_among(self, users: Ids[int]) -> set[int]:
        celebrities = self._users.find({"_id": {"$in": list(users)}, "is_celebrity": True}, {"_id": 1})
        return {user["_id"] async for user in celebrities}

    async def find_misplaced(
        self, *, promote_from: int, demote_below: float, stalled_since: datetime, limit: int
    ) -> list[int]:
        """Return accounts whose celebrity status is out of date, and those whose move has stalled since then."""
        misplaced = {
            "$or": [
                {"is_celebrity": False, "follower_count": {"$gte": promote_from}},
                {"is_celebrity": True, "follower_count": {"$lt": demote_below}},
                {"moving": True, "moved_at": {"$not": {"$gte": stalled_since}}},
            ]
        }
        return [found["_id"] async for found in self._users.find(misplaced, {"_id": 1}).limit(limit)]


def new_user(number: int, *, alias: str, first_name: str, last_name: str, bio: str = "") -> Document:
    named = {"_id": number, "alias": alias, "first_name": first_name, "last_name": last_name}
    return {
        **named,
        **({"bio": bio} if bio else {}),
        "alias_key": alias_key(alias),
        "search_words": words_of(named),
        "search_rank": 0,
        "follower_count": 0,
        "followee_count": 0,
        "is_celebrity": False,
        "is_dormant": False,
        "last_read_at": datetime.now(UTC),
    }


def words_of(user: Document) -> list[str]:
    return search_words(alias=user["alias"], first_name=user["first_name"], last_name=user["last_name"])


def to_user(document: Document) -> User:
    return User(
        id=document["_id"],
        alias=document["alias"],
        first_name=document["first_name"],
        last_name=document["last_name"],
        bio=document.get("bio", ""),  # older accounts have none
        image=document.get("image"),
        follower_count=max(0, document["follower_count"]),
        followee_count=max(0, document["followee_count"]),
        is_celebrity=document["is_celebrity"],
    )
