"""What a worker process owns and every task works with."""

from dataclasses import dataclass

from domain.policy import Policy
from storage import Storage
from storage.maintenance import Maintenance


@dataclass(frozen=True, slots=True)
class TaskServices:
    storage: Storage
    policy: Policy
    maintenance: Maintenance

    @classmethod
    def of(cls, storage: Storage, policy: Policy) -> "TaskServices":
        return cls(storage, policy, Maintenance(storage))
