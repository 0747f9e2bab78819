"""What a worker process owns and every task works with."""

from dataclasses import dataclass

from domain.policy import Policy
from storage import Storage


@dataclass(frozen=True, slots=True)
class TaskServices:
    storage: Storage
    policy: Policy
