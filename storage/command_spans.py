"""Spans of MongoDB's commands, below the request or task that sends them. They name collections, and hold no values."""

from cachetools import LRUCache
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from tracing import spans

MAX_OPEN = 2_000
COLLECTION_OF = {"getMore": "collection"}  # of other commands, the field named like the command


class CommandSpans(CommandListener):
    def __init__(self) -> None:
        # By request and connection. A cancelled command has no end, so the oldest are forgotten.
        self._open = LRUCache[tuple[int, object], spans.Span](MAX_OPEN)

    def started(self, event: CommandStartedEvent) -> None:
        if not spans.is_recording():
            return
        collection = event.command.get(COLLECTION_OF.get(event.command_name, event.command_name))
        attributes = {
            "db.system.name": "mongodb",
            "db.namespace": event.database_name,
            "db.operation.name": event.command_name,
        }
        if isinstance(collection, str):
            attributes["db.collection.name"] = collection
        name = f"{event.command_name} {collection}" if isinstance(collection, str) else event.command_name
        if begun := spans.begin(name, kind="client", attributes=attributes):
            self._open[(event.request_id, event.connection_id)] = begun

    def succeeded(self, event: CommandSucceededEvent) -> None:
        self._end(event)

    def failed(self, event: CommandFailedEvent) -> None:
        """End the span with the code of the failure, without its message, which may quote a document."""
        code = event.failure.get("codeName") or event.failure.get("errtype") or "failed"
        self._end(event, failed_as=str(code))

    def _end(self, event: CommandSucceededEvent | CommandFailedEvent, *, failed_as: str = "") -> None:
        if begun := self._open.pop((event.request_id, event.connection_id), None):
            if failed_as:
                begun.fail(failed_as)
            begun.end()
