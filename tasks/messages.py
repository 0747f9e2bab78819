"""The messages to the workers: the name of a task and ids, one of them that of the request that caused the task."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from structlog.contextvars import get_contextvars

from domain.records import Chunk
from tracing import spans

FAN_OUT_SMALL = "fan_out.small"
FAN_OUT_LARGE = "fan_out.large"  # its own queue, so that a small fan-out never waits behind a large one
FAN_OUT_LATER = "fan_out.later"  # floods, and posts found by a sweep
MAINTENANCE = "maintenance"
CHUNKS_PER_TASK = 1  # a message costs a worker about a tenth of a chunk
LOOK_AGAIN_AFTER_S = 3.0  # far longer than a follow takes from storing its edge to storing its counts
QUEUES = (FAN_OUT_SMALL, FAN_OUT_LARGE, FAN_OUT_LATER, MAINTENANCE)


class CountDriftRow(NamedTuple):
    """One row of the task `counts.correct`, as the list [user, followers, followees] in JSON."""

    user: int
    followers: int  # to add to the account's count of followers
    followees: int  # to add to the account's count of followees


@dataclass(frozen=True, slots=True)
class Message:
    task: str
    args: tuple[int | str | list[int] | list[list[int]], ...]
    queue: str
    delay_s: float = 0
    # Headers of the message; empty if beat caused the task, and without a recorded trace.
    request_id: str = field(default="", compare=False)
    traceparent: str = field(default="", compare=False)


def traced(message: Message) -> Message:
    """Return the message with the request id and the span of the current context, unless it has them."""
    return replace(
        message,
        request_id=message.request_id or get_contextvars().get("request_id", ""),
        traceparent=message.traceparent or spans.traceparent(),
    )


def start_fan_out(post: int, *, is_urgent: bool = True) -> Message:
    """Return the message. Posts found by a sweep, and those of a flood, are not urgent."""
    return Message("fan_out.start", (post,), FAN_OUT_SMALL if is_urgent else FAN_OUT_LATER)


def deliver_chunks(post: int, chunks: Sequence[Chunk], *, is_urgent: bool = True) -> list[Message]:
    queue = FAN_OUT_LARGE if is_urgent else FAN_OUT_LATER
    numbers = [chunk.number for chunk in chunks]
    return [
        Message("fan_out.deliver", (post, numbers[place : place + CHUNKS_PER_TASK]), queue)
        for place in range(0, len(numbers), CHUNKS_PER_TASK)
    ]


def fill_feed(reader: int) -> Message:
    return Message("feed.fill", (reader,), MAINTENANCE)


def trim_feeds(readers: list[int]) -> Message:
    return Message("feed.trim", (readers,), MAINTENANCE)


def drop_below_floor(reader: int) -> Message:
    return Message("feed.drop", (reader,), MAINTENANCE)


def review_celebrity(user: int) -> Message:
    return Message("celebrity.review", (user,), MAINTENANCE)


def make_dormant(reader: int) -> Message:
    return Message("reader.sleep", (reader,), MAINTENANCE)


def wake_reader(reader: int, *, after: int = -1) -> Message:
    return Message("reader.wake", (reader, after), MAINTENANCE)


def remove_author_entries(reader: int, author: int, *, after: int = -1) -> Message:
    first = (reader, author)  # workers of older versions, which may still run, take only these two arguments
    return Message("feed.forget", first if after < 0 else (*first, after), MAINTENANCE)


def remove_post_entries(post: int, author: int, *, after: int = -1) -> Message:
    return Message("feed.remove_post", (post, author, after), MAINTENANCE)


def remove_reposts(post: int) -> Message:
    return Message("post.remove_reposts", (post,), MAINTENANCE)


def finish_removal(post: int, author: int, *, after: int = -1) -> Message:
    return Message("post.finish_removal", (post, author, after), MAINTENANCE)


def remove_acts(post: int) -> Message:
    return Message("post.remove_acts", (post,), MAINTENANCE)


def fold_acts() -> Message:
    return Message("acts.fold", (), MAINTENANCE)


def sweep_removals() -> Message:
    return Message("removals.sweep", (), MAINTENANCE)


def cut_edges(reader: int, other: int) -> Message:
    return Message("block.cut", (reader, other), MAINTENANCE)


def sweep_blocks() -> Message:
    return Message("block.sweep", (), MAINTENANCE)


def sweep_sessions(*, after: int) -> Message:
    return Message("session.sweep", (after,), MAINTENANCE)


def end_oldest_sessions(user: int) -> Message:
    return Message("session.end_oldest", (user,), MAINTENANCE)


def sweep_counts(*, after: int, most: int = 0) -> Message:
    return Message("counts.sweep", (after, most) if most else (after,), MAINTENANCE)  # older workers take one argument


def correct_counts(rows: Sequence[CountDriftRow]) -> Message:
    return Message("counts.correct", ([list(row) for row in rows],), MAINTENANCE, LOOK_AGAIN_AFTER_S)


def recount(user: int, so_far: Sequence[int], *, seen: Sequence[int] = ()) -> Message:
    is_second_look = bool(seen) and not any(so_far[-2:])
    delay_s = LOOK_AGAIN_AFTER_S if is_second_look else 0
    return Message("counts.recount", (user, list(so_far), list(seen)), MAINTENANCE, delay_s)


def demote_celebrity(user: int, *, after: int) -> Message:
    return Message("celebrity.demote", (user, after), MAINTENANCE)


def delete_image(image: str) -> Message:
    return Message("image.delete", (image,), MAINTENANCE)


def sweep_images(*, after: str) -> Message:
    return Message("image.sweep", (after,), MAINTENANCE)


def sweep_media(*, after: int) -> Message:
    return Message("media.sweep", (after,), MAINTENANCE)


def sweep_media_files(*, after: str) -> Message:
    return Message("media.sweep_files", (after,), MAINTENANCE)
