"""Every task's async core by the task's name: what workers, commands and tests run."""

from collections.abc import Iterable

from tasks import (
    acts,
    blocks,
    celebrities,
    cleaning,
    counts,
    fan_out,
    feeds,
    images,
    media,
    readers,
    removals,
    sessions,
    trends,
)
from tasks.messages import Message
from tasks.registry import CORES as CORES
from tasks.registry import SWEEP_EVERY_S as SWEEP_EVERY_S
from tasks.registry import Core as Core
from tasks.services import TaskServices

# Each registers its own tasks.
MODULES = (
    acts,
    blocks,
    celebrities,
    cleaning,
    counts,
    fan_out,
    feeds,
    images,
    media,
    readers,
    removals,
    sessions,
    trends,
)


async def run_all(services: TaskServices, messages: Iterable[Message]) -> None:
    """Run the messages' tasks here and now, and all that follow from them. Workers may run at the same time."""
    waiting = list(messages)
    while waiting:
        message = waiting.pop(0)
        waiting += await CORES[message.task](services, *message.args)
