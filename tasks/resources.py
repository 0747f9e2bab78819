"""What a task's core works with."""

from dataclasses import dataclass

from domain.policy import Policy
from storage import Storage


@dataclass(frozen=True, slots=True)
class Resources:
    storage: Storage
    policy: Policy
