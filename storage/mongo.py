"""The connection to MongoDB, by one of two drivers with the same API.

PyMongo's async client is the default. Motor differs in four calls, which this module handles.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from bson import ObjectId
from bson.raw_bson import RawBSONDocument
from gridfs import AsyncGridFSBucket
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorGridFSBucket
from pymongo import AsyncMongoClient
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure
from pymongo.monitoring import CommandListener
from pymongo.read_concern import ReadConcern

from compat.pymongo import closing_sockets
from storage.pool import PoolCounts
from storage.retries import SNAPSHOT_UNAVAILABLE, retry_read

Document = dict[str, Any]
Stage = Mapping[str, Any]  # of an aggregation
Collection = AsyncCollection[Document]
ClientSession = AsyncClientSession

DUPLICATE_KEY = 11000
CONNECT_TIMEOUT_MS = 5_000
GOODBYE_WITHIN_S = 1.0
MAX_MERGED_RANGES = 200  # above that, MongoDB sorts in memory instead of merging an index's ranges

Result = TypeVar("Result")


class Mongo:
    """One client and one database. All writes have the write concern `majority`."""

    def __init__(self, url: str, *, database: str, driver: str, listeners: Sequence[CommandListener] = ()) -> None:
        self.pool = PoolCounts()
        options: dict[str, Any] = {  # these override the options of the URL
            "w": "majority",
            "journal": True,
            "retryWrites": True,
            "readPreference": "primary",
            "serverSelectionTimeoutMS": CONNECT_TIMEOUT_MS,
            "connectTimeoutMS": CONNECT_TIMEOUT_MS,
            "tz_aware": True,
            "appname": "tweeter",
            "event_listeners": [*listeners, self.pool],
        }
        self._is_motor = driver == "motor"
        self._client: AsyncMongoClient[Document] = (
            cast(AsyncMongoClient[Document], AsyncIOMotorClient(url, **options))
            if self._is_motor
            else AsyncMongoClient(url, **closing_sockets(), **options)
        )
        self.database: AsyncDatabase[Document] = self._client[database]
        self._confirmed: ObjectId | bool | None = (
            False  # the election whose primary is known to have complete snapshots
        )

    def collection(self, name: str) -> Collection:
        return self.database[name]

    def bucket(self, name: str) -> AsyncGridFSBucket:
        """Return a bucket of GridFS."""
        bucket: Any = AsyncIOMotorGridFSBucket if self._is_motor else AsyncGridFSBucket
        return cast(AsyncGridFSBucket, bucket(self.database, name))

    async def ping(self) -> None:
        """Check that a primary answers.

        Raises:
            PyMongoError: No primary answers within CONNECT_TIMEOUT_MS.
        """
        await self._client.admin.command("ping")

    async def hello(self) -> Document:
        """Return the primary's answer to the command `hello`."""
        return await self._client.admin.command("hello")

    async def aggregate(
        self,
        source: Collection | AsyncDatabase[Document],
        pipeline: Sequence[Stage],
        *,
        session: ClientSession | None = None,
        **options: Any,
    ) -> list[Document]:
        cursor = source.aggregate(pipeline, session=session, **options)
        found = cursor if self._is_motor else await cursor
        return cast(list[Document], await found.to_list(None))  # type: ignore[union-attr]  # Motor's is the cursor

    async def find_row(
        self,
        source: str | None,
        stages: Sequence[Stage],
        *,
        session: ClientSession | None = None,
        hint: str | None = None,
    ) -> Document | None:
        """Run an aggregation that makes one row at most. Without a `source`, it begins with `$documents`.

        It is sent as a command, since the driver's cursor would take a tenth more of this process's time. It is sent
        again as the driver sends reads of cursors again.
        """

        async def send() -> Document:
            command: Document = {"aggregate": source or 1, "pipeline": list(stages), "cursor": {}}
            if hint is not None:
                command["hint"] = hint
            # The driver changes the command.
            return await self.database.command(command, session=session, codec_options=self.database.codec_options)

        answer = await retry_read(send)
        return cast("Document | None", next(iter(answer["cursor"]["firstBatch"]), None))

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[ClientSession]:
        """Open a session whose reads see the database at one instant, including every write acknowledged before.

        Raises:
            OperationFailure: The snapshot is lost, with a code of SNAPSHOT_LOST. See `retry_snapshot`.
        """
        election = await self._confirm_primary()
        async with await self._start_session(snapshot=True) as session:
            yield session
        if self._election != election:
            raise OperationFailure("Another primary was elected during the read.", SNAPSHOT_UNAVAILABLE)

    @asynccontextmanager
    async def causal(self) -> AsyncIterator[ClientSession]:
        """Open a session in which each operation sees what earlier ones read or wrote, even after a fail-over."""
        async with await self._start_session(causal_consistency=True) as session:
            yield session

    async def transaction(self, work: Callable[[ClientSession], Awaitable[Result]]) -> Result:
        """Run `work` in a transaction and return its result.

        The driver runs `work` again after a conflict with another transaction. An exception of `work` aborts it.
        """
        async with self.causal() as session:
            return cast(Result, await session.with_transaction(cast(Any, work)))

    async def wait_for_majority(self) -> None:
        """Return once a majority has every write that the primary had when this was called.

        Raises:
            PyMongoError: The wait takes longer than CONNECT_TIMEOUT_MS.
        """
        linearizable = self.database["users"].with_options(read_concern=ReadConcern("linearizable"))
        await linearizable.find_one({"_id": 0}, max_time_ms=CONNECT_TIMEOUT_MS)

    @property
    def _election(self) -> ObjectId | None:
        """The election id of the newest known primary.

        None before the first contact, and if the server has no elections.
        """
        return self._client.topology_description.max_election_id

    async def _confirm_primary(self) -> ObjectId | None:
        """Wait until snapshots of the current primary are complete. Return its election id.

        A new primary has every acknowledged write. For about a second it may not know that a majority has them, too,
        and its snapshots lack them. It answers a linearizable read as soon as it knows.
        """
        while self._confirmed != (election := self._election):
            await self.wait_for_majority()
            if self._election == election:
                self._confirmed = election
        return election

    async def _start_session(self, **options: bool) -> ClientSession:
        started = self._client.start_session(**cast(Any, options))
        return cast(ClientSession, await cast(Any, started)) if self._is_motor else started

    async def close(self) -> None:
        """Close the client within about GOODBYE_WITHIN_S.

        The driver first looks for a server to end its sessions on. If no server answers, the second attempt skips that.
        """
        if self._is_motor:
            self._client.close()  # type: ignore[unused-coroutine]  # Motor's is none
            return
        try:
            async with asyncio.timeout(GOODBYE_WITHIN_S):
                await self._client.close()
        except TimeoutError:
            await self._client.close()


def committed(collection: Collection) -> Collection:
    """Return the collection with the read concern `majority`."""
    return collection.with_options(read_concern=ReadConcern("majority"))


def is_duplicate_of(error: DuplicateKeyError, field: str) -> bool:
    """Return whether the field belongs to the unique index that refused the write."""
    return field in (error.details or {}).get("keyPattern", {})


async def insert_ignoring_duplicates(
    collection: Collection, documents: Sequence[Document] | Sequence[RawBSONDocument]
) -> None:
    """Insert the documents whose keys are free.

    Raises:
        BulkWriteError: A write failed for another reason than a duplicate key.
    """
    try:
        await collection.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        only_duplicates = all(problem["code"] == DUPLICATE_KEY for problem in error.details["writeErrors"])
        if not only_duplicates or error.details["writeConcernErrors"]:
            raise
