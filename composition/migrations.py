"""Raises the version of the stored data, for `tweeter migrate` and `tweeter up`."""

from collections.abc import Callable

from composition.storage import storage_of
from domain.errors import OperatorError
from settings import Settings
from storage import create_indexes
from storage.data_version import LATEST
from storage.maintenance import Maintenance
from storage.migrations import Step, migrate, steps_from


class OldProcesses(OperatorError):
    """Web processes of a version before are running. They would fail on the new data."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(f"web processes of the version before are running: {', '.join(places)}: stop them first")


async def migrate_data(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Take the steps that the stored data needs.

    The caller makes sure that no process of a version before is running. Only web processes can be seen.

    Raises:
        OldProcesses: Web processes of a version before are running.
    """

    def begin(step: Step) -> None:
        say(f"raising the data to version {step.version}: {step.title}")

    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
        if older := await storage.presence.find_older(LATEST):
            raise OldProcesses(older)
        await migrate(storage.mongo, begin=begin, say=say)
    say(f"the data has version {LATEST}")


async def needed_steps(settings: Settings) -> list[Step]:
    """Return the steps that the stored data still needs. Gives a new database the latest version.

    Raises:
        Unfit: A newer program has stored what this one cannot read.
    """
    async with storage_of(settings) as storage:
        await storage.data_version.begin()
        return steps_from(await storage.data_version.read())


async def are_feeds_in_large_pages(settings: Settings) -> bool:
    """Return whether a version before has created `feeds`, with pages that are slow beyond the cache."""
    async with storage_of(settings) as storage:
        return await Maintenance(storage).rewriting.is_due()


async def rewrite_feeds(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Store the feeds in small pages, unless they are.

    Raises:
        NotRewritten: MongoDB does not allow it, or another process does the same.
    """
    async with storage_of(settings) as storage:
        await Maintenance(storage).rewriting.rewrite_feeds(say=say)
    say("the feeds are in small pages")
