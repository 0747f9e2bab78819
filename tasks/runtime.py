"""Runs the tasks' async cores in a worker process: one event loop in a thread of its own, opened when first used.

Celery has no async tasks, and its prefork children must not inherit a connection: so each opens its own, lazily.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from tasks.cores import Core
from tasks.messages import Message
from tasks.resources import Resources

OpenResources = Callable[[], AbstractAsyncContextManager[Resources]]

START_WITHIN_S = 30


class Runtime:
    def __init__(self, open_resources: OpenResources) -> None:
        self._open_resources = open_resources
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._resources: Resources | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    def run(self, core: Core, *args: int | list[int]) -> list[Message]:
        """Blocks until the core is done; returns the messages that should follow it."""
        loop, resources = self._opened()

        async def call() -> list[Message]:
            return await core(resources, *args)

        return asyncio.run_coroutine_threadsafe(call(), loop).result()

    def close(self) -> None:
        if self._loop is not None and self._stop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
            self._loop = self._resources = self._stop = self._thread = None

    def _opened(self) -> tuple[asyncio.AbstractEventLoop, Resources]:
        with self._lock:
            if self._loop is None:
                ready = threading.Event()
                self._thread = threading.Thread(target=asyncio.run, args=(self._live(ready),), daemon=True)
                self._thread.start()
                if not ready.wait(START_WITHIN_S):
                    raise TimeoutError("The worker's event loop did not start.")
            assert self._loop is not None
            assert self._resources is not None
            return self._loop, self._resources

    async def _live(self, ready: threading.Event) -> None:
        async with self._open_resources() as resources:
            self._loop, self._resources, self._stop = asyncio.get_running_loop(), resources, asyncio.Event()
            ready.set()
            await self._stop.wait()
