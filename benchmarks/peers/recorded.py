"""Records the MongoDB command with which we read a reader's first page, for other servers to execute.

It is that of the second read, which knows what the first one needed.
"""

from bson import json_util
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from domain.pages import PageRequest
from settings import Settings
from storage import open_storage


class _Commands(CommandListener):
    def __init__(self) -> None:
        self.aggregations: list[CommandStartedEvent] = []

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name == "aggregate":
            self.aggregations.append(event)

    def succeeded(self, event: CommandSucceededEvent) -> None: ...

    def failed(self, event: CommandFailedEvent) -> None: ...


async def record(settings: Settings, reader: int, *, first: int) -> str:
    """Return the command as extended JSON.

    Raises:
        RuntimeError: The page is not read by one command.
    """
    commands = _Commands()
    async with open_storage(
        settings.mongodb_url,
        database=settings.mongodb_database,
        driver=settings.mongodb_driver,
        session_ttl_days=settings.session_ttl_days,
        listeners=[commands],
    ) as storage:
        await storage.feed.page(reader, PageRequest(first))
        commands.aggregations.clear()
        await storage.feed.page(reader, PageRequest(first))
    if len(commands.aggregations) != 1:
        raise RuntimeError(f"the page took {len(commands.aggregations)} aggregations")
    command = commands.aggregations[0].command
    recorded = {
        "reader": reader,
        "first": first,
        "collection": command["aggregate"],
        "pipeline": command["pipeline"],
    }
    return json_util.dumps(recorded, json_options=json_util.CANONICAL_JSON_OPTIONS)
