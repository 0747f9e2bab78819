"""Every task's async core by the task's name, for whoever runs them: the workers, the seeds and the tests."""

from collections.abc import Awaitable, Callable, Iterable

from tasks import celebrities, cleaning, counts, fan_out, feeds, images, readers, sessions
from tasks.messages import Message
from tasks.services import TaskServices

Core = Callable[..., Awaitable[list[Message]]]

CORES: dict[str, Core] = {
    "fan_out.start": fan_out.start,
    "fan_out.deliver": fan_out.deliver,
    "fan_out.sweep": fan_out.sweep,
    "feed.fill": feeds.fill,
    "feed.trim": feeds.trim,
    "feed.drop": feeds.drop,
    "feed.sweep": feeds.sweep,
    "feed.forget": cleaning.forget,
    "feed.remove_post": cleaning.remove_post,
    "reader.sleep": readers.sleep,
    "reader.wake": readers.wake,
    "reader.sweep": readers.sweep,
    "counts.sweep": counts.sweep,
    "counts.correct": counts.correct,
    "counts.recount": counts.recount,
    "celebrity.review": celebrities.review,
    "celebrity.demote": celebrities.demote,
    "celebrity.sweep": celebrities.sweep,
    "session.sweep": sessions.sweep,
    "session.end_oldest": sessions.end_oldest,
    "image.delete": images.delete,
    "image.sweep": images.sweep,
}


async def run_all(services: TaskServices, messages: Iterable[Message]) -> None:
    """Run the messages' tasks here and now, and all that follow from them. Workers meanwhile do no harm."""
    waiting = list(messages)
    while waiting:
        message = waiting.pop(0)
        waiting += await CORES[message.task](services, *message.args)
