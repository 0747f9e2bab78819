"""Runs tasks here and now, so that seeding needs no worker. Workers do no harm: every task may run twice."""

from collections.abc import Awaitable, Callable, Iterable

from tasks import celebrities, fan_out, feeds
from tasks.messages import Message
from tasks.resources import Resources

CORES: dict[str, Callable[..., Awaitable[list[Message]]]] = {
    "fan_out.start": fan_out.start,
    "fan_out.deliver": fan_out.deliver,
    "feed.fill": feeds.fill,
    "feed.trim": feeds.trim,
    "celebrity.review": celebrities.review,
    "celebrity.demote": celebrities.demote,
}


async def run_all(resources: Resources, messages: Iterable[Message]) -> None:
    """The messages' tasks and all that follow from them."""
    waiting = list(messages)
    while waiting:
        message = waiting.pop()
        waiting += await CORES[message.task](resources, *message.args)
