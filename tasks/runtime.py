"""Runs the tasks' async cores in a worker process: one event loop in its own thread, started at the first use.

Celery has no async tasks, and its prefork children must not inherit connections. So each child opens its own.

Kept by hand: no maintained library runs async tasks in Celery's prefork workers.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import structlog

from storage import DatabaseError, Misconfigured, wait_or_give_up
from storage.clock import watching_clock
from tasks.cores import Core
from tasks.messages import Message
from tasks.services import TaskServices

OpenServices = Callable[[], AbstractAsyncContextManager[TaskServices]]

START_WITHIN_S = 20  # below the time limit of tasks, which would kill the process

log = structlog.get_logger()


class Runtime:
    """The event loop and its services.

    While MongoDB is away, it keeps retrying, and tasks fail after START_WITHIN_S.
    """

    def __init__(self, open_services: OpenServices) -> None:
        self._open_services = open_services
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._services: TaskServices | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._decided = threading.Event()  # set when the services are open, or when they cannot be opened
        self._misconfigured = ""

    def run(self, core: Core, *args: int | list[int]) -> list[Message]:
        """Run the core and wait for it. Return the next messages.

        Raises:
            TimeoutError: MongoDB is away.
            Misconfigured: The configuration is wrong, so a retry cannot help.
        """
        loop, services = self._opened()

        async def call() -> list[Message]:
            return await core(services, *args)

        return asyncio.run_coroutine_threadsafe(call(), loop).result()

    def close(self) -> None:
        if self._loop is not None and self._stop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
            self._loop = self._services = self._stop = self._thread = None

    def _opened(self) -> tuple[asyncio.AbstractEventLoop, TaskServices]:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._decided.clear()
                self._thread = threading.Thread(target=asyncio.run, args=(self._live(),), daemon=True)
                self._thread.start()
            if not self._decided.wait(START_WITHIN_S):
                raise TimeoutError("MongoDB is away. The log gives the reason. A sweep will send this task again.")
            if self._loop is None or self._services is None:
                raise Misconfigured(self._misconfigured)
            return self._loop, self._services

    async def _live(self) -> None:
        while True:
            try:
                async with self._open_services() as services:
                    await self._serve(services)
                    return
            except (DatabaseError, ValueError) as error:
                try:
                    await wait_or_give_up(error)
                except Misconfigured as misconfigured:
                    log.critical("mongodb.misconfigured", reason=str(misconfigured))
                    self._misconfigured = str(misconfigured)
                    self._decided.set()
                    return

    async def _serve(self, services: TaskServices) -> None:
        async with watching_clock(services.storage.mongo):
            self._loop, self._services, self._stop = asyncio.get_running_loop(), services, asyncio.Event()
            self._decided.set()
            await self._stop.wait()
