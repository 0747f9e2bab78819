"""Records the commands sent to MongoDB, and the documents that the server examines for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from storage import Storage
from storage.mongo import Document

OF_THE_WIRE = {"lsid", "txnNumber", "readConcern", "writeConcern", "maxTimeMS"}


class Commands(CommandListener):
    """Records every command that a client sends."""

    def __init__(self) -> None:
        self._sent: list[Document] = []

    def started(self, event: CommandStartedEvent) -> None:
        self._sent.append(dict(event.command))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        pass

    def failed(self, event: CommandFailedEvent) -> None:
        pass

    @contextmanager
    def during(self) -> Iterator[list[Document]]:
        """Record the commands sent during the context."""
        sent: list[Document] = []
        begin = len(self._sent)
        yield sent
        sent += self._sent[begin:]


class Plan:
    """The server's execution statistics of one command."""

    def __init__(self, explained: Document) -> None:
        stats = next(part for part in _parts(explained) if "totalKeysExamined" in part)
        self.keys: int = stats["totalKeysExamined"]
        self.documents: int = stats["totalDocsExamined"]
        self.stages = {part["stage"] for part in _parts(explained) if "stage" in part}


class Join:
    """The server's execution statistics of one `$lookup`."""

    def __init__(self, explained: Document) -> None:
        self.name: str = explained["$lookup"]["as"]
        self.source: str = explained["$lookup"]["from"]
        self.keys: int = explained["totalKeysExamined"]
        self.documents: int = explained["totalDocsExamined"]
        self.scans: int = explained["collectionScans"]
        self.indexes: list[str] = explained["indexesUsed"]


async def explain(storage: Storage, command: Document) -> Plan:
    return Plan(await _explain(storage, command))


async def explain_joins(storage: Storage, command: Document) -> list[Join]:
    """Return the statistics of the `$lookup`s of an aggregation, in order."""
    return [Join(stage) for stage in (await _explain(storage, command))["stages"] if "$lookup" in stage]


async def _explain(storage: Storage, command: Document) -> Document:
    plain = {name: value for name, value in command.items() if name not in OF_THE_WIRE and not name.startswith("$")}
    return await storage.mongo.database.command("explain", plain, verbosity="executionStats")


def _parts(explained: Any) -> Iterator[Document]:
    if isinstance(explained, dict):
        yield explained
        for part in explained.values():
            yield from _parts(part)
    elif isinstance(explained, list):
        for part in explained:
            yield from _parts(part)
