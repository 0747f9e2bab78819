"""A TCP proxy between clients and a server, which can be cut, or hold data to the server for a while."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from launch.ports import free_port


class Cable:
    def __init__(self, port: int, far_port: int) -> None:
        self.port = port
        self._far_port = far_port
        self._ends: set[asyncio.StreamWriter] = set()
        self._carries = asyncio.Event()
        self._carries.set()
        self._server: asyncio.Server | None = None

    async def join(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for end in self._ends:
            end.transport.abort()
        await self._server.wait_closed()

    def hold(self) -> None:
        self._carries.clear()

    def release(self) -> None:
        self._carries.set()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._far_port)
        self._ends |= {writer, far_writer}
        always = asyncio.Event()
        always.set()
        await asyncio.gather(_pass_on(reader, far_writer, self._carries), _pass_on(far_reader, writer, always))
        self._ends -= {writer, far_writer}


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, carries: asyncio.Event) -> None:
    with suppress(OSError):
        while some := await reader.read(65_536):  # ends: with the connection
            await carries.wait()
            writer.write(some)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def cable(far_port: int) -> AsyncIterator[Cable]:
    laid = Cable(free_port(), far_port)
    await laid.join()
    try:
        yield laid
    finally:
        await laid.cut()
