"""The queue, size and delay of each message."""

import pytest

from domain.records import Chunk
from storage.maintenance.counts import Recount
from tasks import messages
from tasks.messages import (
    CHUNKS_PER_TASK,
    FAN_OUT_LARGE,
    FAN_OUT_LATER,
    FAN_OUT_SMALL,
    LOOK_AGAIN_AFTER_S,
    QUEUES,
    CountDriftRow,
)

CHUNKS = [Chunk(number=number, after=number, until=number + 1, size=1) for number in range(5)]


@pytest.mark.parametrize(
    ("is_urgent", "start", "deliver"),
    [
        (True, FAN_OUT_SMALL, FAN_OUT_LARGE),
        (False, FAN_OUT_LATER, FAN_OUT_LATER),
    ],
)
def test_floods_and_posts_found_by_a_sweep_have_their_own_queue(is_urgent: bool, start: str, deliver: str) -> None:
    assert messages.start_fan_out(1, is_urgent=is_urgent).queue == start
    assert {each.queue for each in messages.deliver_chunks(1, CHUNKS, is_urgent=is_urgent)} == {deliver}
    assert len({FAN_OUT_SMALL, FAN_OUT_LARGE, FAN_OUT_LATER} & set(QUEUES)) == 3


def test_a_large_fan_out_is_shared_by_many_tasks() -> None:
    numbers = [each.args[1] for each in messages.deliver_chunks(1, CHUNKS)]
    assert all(isinstance(some, list) and 0 < len(some) <= CHUNKS_PER_TASK for some in numbers)
    assert [number for some in numbers if isinstance(some, list) for number in some] == list(range(5))


def test_counts_are_compared_again_after_a_delay() -> None:
    """Otherwise a follow in progress would look like a wrong count."""
    far = Recount(followers=3, after=7, time=1, increment=1)
    assert messages.correct_counts([CountDriftRow(1, 1, 0)]).delay_s == LOOK_AGAIN_AFTER_S
    assert messages.recount(1, Recount(), seen=(1, 0)).delay_s == LOOK_AGAIN_AFTER_S
    assert messages.recount(1, Recount()).delay_s == 0
    assert messages.recount(1, far).delay_s == messages.recount(1, far, seen=(1, 0)).delay_s == 0
