"""How operations are executed: compiled where that can be; nothing is kept for as long as a subscription lives."""

from typing import Any

from graphql import Executor

from schema.execution.compiled import CompiledExecution


class EventExecutor(CompiledExecution):
    def build_per_event_executor(self, payload: Any) -> Executor[Any]:
        """Stock executors of one subscription's events share a memory of sub-selections that grows with each event."""
        executor = super().build_per_event_executor(payload)
        executor._relevant_sub_fields = {}
        return executor
