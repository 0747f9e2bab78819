"""Starts and stops a web process on uvicorn without losing requests.

When uvicorn stops, it drops connections that it has not accepted yet, closes idle connections at once, and cancels slow
requests without an answer. Behind a proxy, each of these is a failed request.
"""

import asyncio
import logging
import os
import socket
import sys
from contextlib import AbstractContextManager, suppress
from multiprocessing import parent_process
from typing import Any, NoReturn

from compat.uvicorn.server import STARTUP_FAILURE, Config, Server, run_processes
from serving.server.unread import PeriodicallyChecked
from serving.server.watchdog import watching

POLL_S = 0.05
MISCONFIGURED = 2  # exit status
ANSWERS_WITHIN_S = 2.0  # the time left to answer cancelled requests

log = logging.getLogger("uvicorn.error")


class WebConfig(Config):
    """uvicorn's configuration. After `loop_stuck_s` seconds, a process with a stuck event loop is ended."""

    def __init__(self, *args: Any, loop_stuck_s: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loop_stuck_s = loop_stuck_s

    def make_server(self) -> "WebServer":
        return WebServer(self)


class WebServer(Server):
    config: WebConfig

    def around_serving(self) -> AbstractContextManager[None]:
        return watching(asyncio.get_running_loop(), stuck_s=self.config.loop_stuck_s)

    def tick(self) -> None:
        for connection in list(self.connections):
            if isinstance(connection, PeriodicallyChecked):
                connection.check_closing()

    async def stop(self, sockets: list[socket.socket]) -> None:
        """Finish accepted requests within `timeout_graceful_shutdown`. Cancel the rest and answer them with an error.

        Each answer from now on is the last of its connection.
        """
        log.info("Shutting down")
        for connected in self.stop_listening(sockets):
            await self.adopt(connected)
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._until_done()
        except TimeoutError:
            await self._cut_off()

    async def _until_done(self) -> None:
        while (self.connections or self.tasks) and self.may_wait:
            for connection in list(self.connections):
                if not connection.transport.is_closing():
                    connection.shutdown()
            await asyncio.sleep(POLL_S)

    async def _cut_off(self) -> None:
        """Cancel running requests. serving/middleware/request_ids.py answers them."""
        tasks = list(self.tasks)
        if tasks:
            log.warning("%d requests took too long and are cancelled", len(tasks))
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=ANSWERS_WITHIN_S)
        for connection in list(self.connections):
            connection.transport.close()


def give_up() -> NoReturn:
    """End this process at once, and the supervisor of several too, since a restart cannot help.

    In a task, SystemExit would break the event loop, whose end might wait for other tasks for ever.
    """
    logging.shutdown()
    sys.stdout.flush()
    os._exit(STARTUP_FAILURE if parent_process() else MISCONFIGURED)


def run(config: WebConfig, sockets: list[socket.socket] | None = None) -> None:
    """Serve until told to stop, on bound sockets or on the configured address.

    Exits with uvicorn's STARTUP_FAILURE if the application does not start.
    """
    if config.workers > 1:
        has_failed = not run_processes(config, sockets or [config.bind_socket()])
    else:
        server = WebServer(config)
        with suppress(KeyboardInterrupt):
            server.run(sockets)
        has_failed = server.has_failed
    if has_failed:
        sys.exit(STARTUP_FAILURE)
