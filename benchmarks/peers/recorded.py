"""Records the MongoDB commands with which we read a reader's first page, for other servers to execute.

They are those of later reads, which know what the first one needed: one without the session, and one that reads it too.
"""

from bson import json_util
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from domain.pages import FeedRequest
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


async def record(settings: Settings, reader: int, *, first: int, token: str) -> str:
    """Return the commands as extended JSON. That with the session is split into what is before and after its join.

    Raises:
        RuntimeError: A page is not read by one command.
    """
    commands = _Commands()
    async with open_storage(
        settings.mongodb_url,
        database=settings.mongodb_database,
        driver=settings.mongodb_driver,
        session_ttl_days=settings.session_ttl_days,
        listeners=[commands],
    ) as storage:
        request = FeedRequest(size=first)
        await storage.feed.page_between(reader, request)
        commands.aggregations.clear()
        await storage.feed.page_between(reader, request)
        await storage.sessions.find_by_token(token)  # from now on it is remembered whose it is
        await storage.feed.page_between(reader, request, claim=storage.sessions.claim(token))
    if len(commands.aggregations) != 2:
        raise RuntimeError(f"two pages took {len(commands.aggregations)} aggregations")
    plain, claimed = (each.command for each in commands.aggregations)
    stages = claimed["pipeline"]
    at = next(at for at, stage in enumerate(stages) if stage.get("$lookup", {}).get("as") == "sessions")
    recorded = {
        "reader": reader,
        "first": first,
        "collection": plain["aggregate"],
        "pipeline": plain["pipeline"],
        "withSession": [stages[:at], stages[at], stages[at + 1 :]],
    }
    return json_util.dumps(recorded, json_options=json_util.CANONICAL_JSON_OPTIONS)
