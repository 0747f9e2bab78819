"""The version of what is stored. It says what processes of older versions of the program can read.

A write that the version before cannot read waits until `tweeter migrate` has raised the version. The operator runs it
after the last process of the version before has ended. A version only rises.
"""

from domain.errors import NeedsMigration
from storage.mongo import Mongo, committed
from storage.mongodb_errors import Unfit

FIRST = 1  # of a database that was made before there were versions
REPOSTS = 2  # `posts` may hold reposts, which have no text
COUNTS = 3  # posts and accounts have sums of what was counted; programs of version 2 do not keep them right
TAGS = 4  # every post has the tags and words of its text; programs of version 3 store posts without them
LATEST = TAGS  # the newest one that this program knows

_ROW = "data"


class DataVersion:
    def __init__(self, mongo: Mongo) -> None:
        self._meta = committed(mongo.collection("meta"))
        self._users = mongo.collection("users")
        self._known = FIRST  # a version only rises, so what was read once stays allowed

    async def read(self) -> int:
        """Return the version of the stored data."""
        self._known = await self._find_version() or FIRST
        return self._known

    async def has(self, version: int) -> bool:
        """Return whether the stored data has the version, or a newer one. Reads the database only until it has."""
        return self._known >= version or await self.read() >= version

    async def require(self, version: int) -> None:
        """Check that the stored data has the version, or a newer one.

        Raises:
            NeedsMigration: It has an older version.
        """
        if not await self.has(version):
            raise NeedsMigration

    async def raise_to(self, version: int) -> None:
        """Store the version, unless a newer one is stored."""
        await self._meta.update_one({"_id": _ROW}, {"$max": {"version": version}}, upsert=True)

    async def begin(self) -> None:
        """Give a new database the latest version. It is new if it has neither a version nor an account.

        Raises:
            Unfit: A newer program has stored what this one cannot read.
        """
        stored = await self._find_version()
        refuse_newer(stored or FIRST)
        if stored is None and await self._users.find_one({}, {"_id": 1}) is None:
            await self.raise_to(LATEST)

    async def _find_version(self) -> int | None:
        found = await self._meta.find_one({"_id": _ROW})
        return None if found is None else int(found["version"])


def refuse_newer(version: int) -> None:
    """Check that this program can read data of the version.

    Raises:
        Unfit: It cannot.
    """
    if version > LATEST:
        raise Unfit(
            f"MONGODB_DATABASE holds data of version {version}, and this program knows versions up to {LATEST}: "
            "start a newer version of Tweeter"
        )
