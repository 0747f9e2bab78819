"""What is sent to the workers: a task's name and ids, nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.records import Chunk

FAN_OUT_SMALL = "fan_out.small"
FAN_OUT_LARGE = "fan_out.large"  # a queue of its own, so that a small fan-out never waits behind a large one
MAINTENANCE = "maintenance"
CHUNKS_PER_TASK = 5  # a message costs a worker about half as much as a chunk
QUEUES = (FAN_OUT_SMALL, FAN_OUT_LARGE, MAINTENANCE)


@dataclass(frozen=True, slots=True)
class Message:
    task: str
    args: tuple[int | list[int], ...]
    queue: str


def start_fan_out(post: int) -> Message:
    return Message("fan_out.start", (post,), FAN_OUT_SMALL)


def deliver(post: int, chunks: Sequence[Chunk]) -> list[Message]:
    queue = FAN_OUT_SMALL if len(chunks) == 1 else FAN_OUT_LARGE
    numbers = [chunk.number for chunk in chunks]
    return [
        Message("fan_out.deliver", (post, numbers[place : place + CHUNKS_PER_TASK]), queue)
        for place in range(0, len(numbers), CHUNKS_PER_TASK)
    ]


def fill_feed(reader: int) -> Message:
    return Message("feed.fill", (reader,), MAINTENANCE)


def trim_feeds(readers: list[int]) -> Message:
    return Message("feed.trim", (readers,), MAINTENANCE)


def review_celebrity(user: int) -> Message:
    return Message("celebrity.review", (user,), MAINTENANCE)


def demote(user: int, *, after: int) -> Message:
    return Message("celebrity.demote", (user, after), MAINTENANCE)
