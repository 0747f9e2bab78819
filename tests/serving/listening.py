"""An application behind real sockets, in this process, with less patience than the product's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp

from launch.ports import free_port
from serving.connections import Connection, Socket
from tests.waiting import wait_until


@dataclass(frozen=True, slots=True)
class Listener:
    port: int
    server: uvicorn.Server
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writers.append(writer)
        return reader, writer

    async def until_connections(self, number: int) -> None:
        async def is_so() -> bool:
            return len(self.server.server_state.connections) == number

        await wait_until(is_so)


@asynccontextmanager
async def listening(
    app: ASGIApp, *, http: type[Connection] = Connection, ws: type[Socket] = Socket, max_connections: int = 100
) -> AsyncIterator[Listener]:
    port = free_port()
    config = uvicorn.Config(
        app, port=port, http=http, ws=ws, limit_concurrency=max_connections, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())  # `serve` would take over the signals

    async def has_started() -> bool:
        return server.started

    await wait_until(has_started)
    listener = Listener(port, server)
    yield listener
    for writer in listener.writers:
        writer.transport.abort()
    server.should_exit = server.force_exit = True
    await serving
