"""An application behind real sockets in this process, with shorter timeouts than the product."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.types import ASGIApp

from launch.ports import free_port
from serving.server.http import HTTPProtocol
from serving.server.process import WebConfig, WebServer
from serving.server.websockets import WebSocketProtocol
from tests.waiting import PATIENT_S, wait_until


@dataclass(frozen=True, slots=True)
class Listener:
    port: int
    server: WebServer
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
    app: ASGIApp,
    *,
    http: type[HTTPProtocol] = HTTPProtocol,
    ws: type[WebSocketProtocol] = WebSocketProtocol,
    max_connections: int = 100,
    keep_alive_s: int = 5,
    stop_within_s: float = PATIENT_S,
) -> AsyncIterator[Listener]:
    port = free_port()
    config = WebConfig(
        app,
        port=port,
        http=http,
        ws=ws,
        limit_concurrency=max_connections,
        timeout_keep_alive=keep_alive_s,
        timeout_graceful_shutdown=stop_within_s,
        loop_stuck_s=3_600,
        lifespan="off",
        log_config=None,
    )
    server = WebServer(config)
    serving = asyncio.create_task(server._serve())  # `serve` would install signal handlers

    async def has_started() -> bool:
        return server.started

    await wait_until(has_started)
    listener = Listener(port, server)
    yield listener
    for writer in listener.writers:
        writer.transport.abort()
    server.should_exit = server.force_exit = True
    await serving
