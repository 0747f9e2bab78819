"""What a worker process owns and every task works with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.policy import Policy
from storage import Storage
from storage.maintenance import Maintenance

CountWaiting = Callable[[], Awaitable[int]]  # messages in the broker; raises an error if it does not answer
NoteDelivery = Callable[[float], None]  # takes the seconds from the time of a post to its last entry


async def nothing_waits() -> int:
    """Return 0, the count of a broker without messages."""
    return 0


def note_nothing(_: float) -> None:
    """Ignore a delivery. Commands and tests measure none."""


@dataclass(frozen=True, slots=True)
class TaskServices:
    storage: Storage
    policy: Policy
    maintenance: Maintenance
    count_waiting: CountWaiting
    note_delivery: NoteDelivery

    @classmethod
    def of(
        cls,
        storage: Storage,
        policy: Policy,
        *,
        count_waiting: CountWaiting = nothing_waits,
        note_delivery: NoteDelivery = note_nothing,
    ) -> "TaskServices":
        return cls(storage, policy, Maintenance(storage), count_waiting, note_delivery)
