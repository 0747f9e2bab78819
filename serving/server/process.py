"""The life of a web process on uvicorn: it listens when it can serve, and no request is lost when it stops.

uvicorn closes its listening socket with whatever waits there, closes idle connections at once, and cancels what takes
too long without an answer. Through a proxy each of these is a failed request.
"""

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from types import FrameType
from typing import Any, NoReturn

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import multiprocess

from serving.server.watchdog import watching

POLL_S = 0.05
TICKS_PER_S = 10  # of uvicorn's main loop
MISCONFIGURED = 2  # exit status
ANSWERS_WITHIN_S = 2.0  # what is cut off

log = logging.getLogger("uvicorn.error")


class WebConfig(uvicorn.Config):
    """`loop_stuck_s`: seconds after which a process whose event loop does nothing is ended."""

    def __init__(self, *args: Any, loop_stuck_s: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loop_stuck_s = loop_stuck_s
        self.is_stopping = False


class Bounded(asyncio.BaseProtocol):
    """A connection that is looked at every second (serving/server/connections.py)."""

    def look_at_closing(self) -> None:
        raise NotImplementedError


class WebServer(uvicorn.Server):
    config: WebConfig
    _starting: "asyncio.Task[object] | None" = None

    async def _serve(self, sockets: list[socket.socket] | None = None) -> None:
        if not self.config.loaded:
            self.config.load()  # imports the application, which takes long on a busy machine and leaves the loop still
        with watching(asyncio.get_running_loop(), stuck_s=self.config.loop_stuck_s):
            await super()._serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop waiting for the application if the process is told to stop."""
        if self.should_exit:
            return  # told so while the application was imported
        self.lifespan.state["connections"] = self.server_state.connections  # for the metrics
        self._starting = asyncio.create_task(self._start(sockets))
        with suppress(asyncio.CancelledError):
            if failure := await self._starting:
                raise SystemExit(failure)

    async def _start(self, sockets: list[socket.socket] | None) -> object:
        """Return the exit status if the application fails: raised in a task, SystemExit would break the loop."""
        try:
            await super().startup(sockets)
        except SystemExit as failure:
            return failure.code
        return None

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_PER_S == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, Bounded):
                    connection.look_at_closing()
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._starting and not self._starting.done():
            self._starting.get_loop().call_soon_threadsafe(self._starting.cancel)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what has come, within `timeout_graceful_shutdown`; the rest is cut off, and told so."""
        log.info("Shutting down")
        self.config.is_stopping = True  # from now on each answer is its connection's last
        loop = asyncio.get_running_loop()
        for connected in self._stop_listening(sockets or []):
            await loop.connect_accepted_socket(self._protocol, connected)
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._until_done()
        except TimeoutError:
            await self._cut_off()
        if not self.force_exit:
            await self.lifespan.shutdown()

    def _stop_listening(self, sockets: list[socket.socket]) -> list[socket.socket]:
        """Return the connections that the system has accepted for us: closing the listener alone would reset them."""
        connected = []
        for server in self.servers:
            for listener in server.sockets:
                # Until none waits, or the process has no file descriptor left.
                with suppress(OSError), socket.socket(fileno=socket.dup(listener.fileno())) as waiting:
                    waiting.setblocking(False)
                    while True:
                        connected.append(waiting.accept()[0])
            server.close()
        for each in sockets:
            each.close()
        return connected

    def _protocol(self) -> asyncio.Protocol:
        protocol: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn calls it
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return protocol

    async def _until_done(self) -> None:
        state = self.server_state
        while (state.connections or state.tasks) and not self.force_exit:
            for connection in list(state.connections):
                if not connection.transport.is_closing():
                    connection.shutdown()
            await asyncio.sleep(POLL_S)

    async def _cut_off(self) -> None:
        """Cancel what is under way: serving/middleware/request_ids.py answers it."""
        tasks = list(self.server_state.tasks)
        if tasks:
            log.warning("%d requests took too long and are cut off", len(tasks))
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=ANSWERS_WITHIN_S)
        for connection in list(self.server_state.connections):
            connection.transport.close()


class WebProcess(multiprocess.Process):
    """One of several. The child unpickles it, and finds its server here."""

    @property
    def server(self) -> WebServer:
        if not isinstance(self._server, WebServer):
            assert isinstance(self.config, WebConfig)
            self._server = WebServer(self.config)
        return self._server


class WebProcesses(multiprocess.Multiprocess):
    """Several web processes on one socket; one that ends is started again."""

    def terminate_all(self) -> None:
        # Else connections would still be accepted for the children when the last of them has stopped listening.
        for each in self.sockets:
            each.close()
        super().terminate_all()


def give_up() -> NoReturn:
    """End this process at once, and the supervisor of several too: to start again cannot help.

    From a task, SystemExit would break the event loop, and the end of the loop might wait for other tasks for ever.
    """
    logging.shutdown()
    sys.stdout.flush()
    os._exit(STARTUP_FAILURE if parent_process() else MISCONFIGURED)


@contextmanager
def _our_processes() -> Iterator[None]:
    """uvicorn's supervisor makes its processes of the class that its module names (0.54), and lets none be passed."""
    theirs = multiprocess.Process
    multiprocess.Process = WebProcess  # type: ignore[misc]
    try:
        yield
    finally:
        multiprocess.Process = theirs  # type: ignore[misc]


def run(config: WebConfig, sockets: list[socket.socket] | None = None) -> None:
    """Serve until told to stop, on bound sockets or on the configured address.

    Exits with uvicorn's STARTUP_FAILURE if the application does not start.
    """
    if config.workers > 1:
        with _our_processes():
            processes = WebProcesses(config, sockets=sockets or [config.bind_socket()])
            processes.run()
        has_failed = any(each.exitcode == STARTUP_FAILURE for each in processes.processes)
    else:
        server = WebServer(config)
        with suppress(KeyboardInterrupt):
            server.run(sockets)
        has_failed = not server.started and not server.should_exit
    if has_failed:
        sys.exit(STARTUP_FAILURE)
