"""Makes the services of workers and commands from the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from composition.storage import storage_of
from domain.policy import Policy
from settings import Settings
from storage import create_indexes
from tasks.services import CountWaiting, NoteDelivery, TaskServices, note_nothing, nothing_waits


def policy_of(settings: Settings) -> Policy:
    return Policy(
        celebrity_threshold=settings.celebrity_threshold,
        feed_window=settings.feed_window,
        dormant_after=timedelta(days=settings.dormant_after_days),
    )


@asynccontextmanager
async def task_services_of(
    settings: Settings,
    *,
    count_waiting: CountWaiting = nothing_waits,
    note_delivery: NoteDelivery = note_nothing,
) -> AsyncIterator[TaskServices]:
    """Open the services of tasks and commands. Make the indexes first, before anything is written.

    `count_waiting` counts the messages in the broker. Commands run their tasks themselves and need none.
    """
    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
        yield TaskServices.of(storage, policy_of(settings), count_waiting=count_waiting, note_delivery=note_delivery)
