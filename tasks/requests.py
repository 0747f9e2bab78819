"""Notices tasks whose process was killed, in the worker's parent. The process itself cannot count them.

Celery's documentation names this way: https://docs.celeryq.dev/en/stable/userguide/tasks.html#custom-requests
"""

from collections.abc import Callable
from typing import Any

from celery import Task
from celery.exceptions import WorkerLostError
from celery.worker.request import Request

NoteKilled = Callable[[str], None]  # takes the name of the task


def task_class(*, note_timeout: NoteKilled, note_loss: NoteKilled) -> type[Task[Any, Any]]:
    """Return a class of tasks that notes a killed process: `note_timeout` if it exceeded the time limit."""

    class NotingRequest(Request):
        def on_timeout(self, soft: bool, timeout: float) -> None:
            super().on_timeout(soft, timeout)
            if not soft:
                note_timeout(str(self.name))

        def on_failure(self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False) -> None:
            super().on_failure(exc_info, send_failed_event, return_ok)
            error = getattr(exc_info.exception, "exc", exc_info.exception)  # it may be in a wrapper with the traceback
            if isinstance(error, WorkerLostError | SystemExit):
                note_loss(str(self.name))

    class NotingTask(Task[Any, Any]):
        Request = NotingRequest  # type: ignore[assignment]  # the stubs know only its other form, the name of the class

    return NotingTask
