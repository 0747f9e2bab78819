"""uvicorn's server and its supervisor of several processes, with hooks around serving and stopping.

`uvicorn.Config` and `uvicorn.Server` are documented, but not that a server may be subclassed. Hooks are marked below.
Upstream: https://github.com/Kludex/uvicorn/blob/0.54.0/uvicorn/server.py and
https://github.com/Kludex/uvicorn/blob/0.54.0/uvicorn/supervisors/multiprocess.py; that no other class can be passed:
https://github.com/Kludex/uvicorn/pull/1091, closed.
Tried with: uvicorn 0.54.0.
"""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import multiprocess

TICKS_PER_S = 10  # of uvicorn's main loop

__all__ = ["STARTUP_FAILURE", "Config", "Server", "run_processes"]


class Config(uvicorn.Config):
    """Knows whether its process is stopping."""

    is_stopping = False

    def make_server(self) -> "Server":
        """Hook: return the server of one process."""
        return Server(self)


class Server(uvicorn.Server):
    config: Config
    _starting: "asyncio.Task[object] | None" = None

    def around_serving(self) -> AbstractContextManager[None]:
        """Hook: return a context that is open while the loop runs the application."""
        return nullcontext()

    def tick(self) -> None:
        """Hook: called every second."""

    async def stop(self, sockets: list[socket.socket]) -> None:
        """Hook: finish accepted requests, and close the remaining connections."""
        self.stop_listening(sockets)

    @property
    def connections(self) -> set[Any]:
        return self.server_state.connections

    @property
    def tasks(self) -> "set[asyncio.Task[None]]":
        """Running requests, and WebSockets."""
        return self.server_state.tasks

    @property
    def may_wait(self) -> bool:
        """False once the process has been told to stop a second time."""
        return not self.force_exit

    @property
    def has_failed(self) -> bool:
        """Whether it ended before it served, without a signal."""
        return not self.started and not self.should_exit

    def stop_listening(self, sockets: list[socket.socket]) -> list[socket.socket]:
        """Stop listening. Return the connections that the kernel has accepted, which a mere close would reset."""
        connected = []
        for server in self.servers:
            for listener in server.sockets:
                # Until none is left, or the process has no free file descriptor.
                with suppress(OSError), socket.socket(fileno=socket.dup(listener.fileno())) as waiting:
                    waiting.setblocking(False)
                    while True:
                        connected.append(waiting.accept()[0])
            server.close()
        for each in sockets:
            each.close()
        return connected

    async def adopt(self, connected: socket.socket) -> None:
        """Serve a connection that was accepted elsewhere."""
        await asyncio.get_running_loop().connect_accepted_socket(self._make_connection, connected)

    def _make_connection(self) -> asyncio.Protocol:
        connection: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn calls it
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return connection

    # Called by uvicorn.

    async def _serve(self, sockets: list[socket.socket] | None = None) -> None:
        if not self.config.loaded:
            self.config.load()  # imports the application, which blocks the loop, for long on a busy machine
        with self.around_serving():
            await super()._serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop waiting for the application if the process is told to stop.

        Why: uvicorn checks for a signal only after the application has started, which may wait for its database
        for ever.

        Raises:
            SystemExit: The application failed to start.
        """
        if self.should_exit:
            return  # the signal came during the import of the application
        self.lifespan.state["connections"] = self.connections  # for the metrics
        self._starting = asyncio.create_task(self._start(sockets))
        with suppress(asyncio.CancelledError):
            if failure := await self._starting:
                raise SystemExit(failure)

    async def _start(self, sockets: list[socket.socket] | None) -> object:
        """Start the application. Return its exit status on failure: SystemExit in a task would break the loop."""
        try:
            await super().startup(sockets)
        except SystemExit as failure:
            return failure.code
        return None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._starting and not self._starting.done():
            self._starting.get_loop().call_soon_threadsafe(self._starting.cancel)

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_PER_S == 0:
            self.tick()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.is_stopping = True
        await self.stop(sockets or [])
        if self.may_wait:
            await self.lifespan.shutdown()


class _Process(multiprocess.Process):
    """One of several processes. The child unpickles this object and gets its server from it."""

    @property
    def server(self) -> uvicorn.Server:
        if self._server is None:
            assert isinstance(self.config, Config)
            self._server = self.config.make_server()
        return self._server


class _Processes(multiprocess.Multiprocess):
    def terminate_all(self) -> None:
        # Otherwise connections would still be accepted after the last child has stopped listening.
        for each in self.sockets:
            each.close()
        super().terminate_all()


@contextmanager
def _own_processes() -> Iterator[None]:
    """Replace the class of processes in uvicorn's module, since its supervisor takes no other class as an argument."""
    theirs = multiprocess.Process
    multiprocess.Process = _Process  # type: ignore[misc]
    try:
        yield
    finally:
        multiprocess.Process = theirs  # type: ignore[misc]


def run_processes(config: Config, sockets: list[socket.socket]) -> bool:
    """Serve with `config.workers` processes on the same sockets until told to stop. Processes that end are restarted.

    Return whether they have started. If one application fails to start, all processes stop.
    """
    with _own_processes():
        processes = _Processes(config, sockets=sockets)
        processes.run()
    return all(each.exitcode != STARTUP_FAILURE for each in processes.processes)
