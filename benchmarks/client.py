"""A minimal HTTP/1.1 client for GraphQL, light enough that the server dominates measurements."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from seeding.accounts import PASSWORD

HEADERS = "Host: localhost\r\nContent-Type: application/json\r\n"
LOGIN = """mutation ($alias: String!, $password: String!) {
  login(input: {alias: $alias, password: $password}) { ... on Session { token } }
}"""


class Connection:
    """A connection for one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.headers = HEADERS

    async def sign_in(self, alias: str) -> None:
        self.carry((await self.ask(LOGIN, alias=alias, password=PASSWORD))["login"]["token"])

    def carry(self, token: str) -> None:
        """Send the token with all further requests."""
        self.headers = headers_of(token)

    async def ask(self, query: str, **variables: object) -> Any:
        """Return the `data` of the answer.

        Raises:
            RuntimeError: The answer has errors.
        """
        return data_of(await self.send(self.request(query, **variables)))

    def request(self, query: str, **variables: object) -> bytes:
        return request_of(self.headers, query, **variables)

    async def send(self, request: bytes) -> bytes:
        """Send the request and return the body of the response."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        return await self._reader.readexactly(int(length))


@asynccontextmanager
async def connect(port: int, alias: str) -> AsyncIterator[Connection]:
    """Open a connection that is signed in as the account."""
    async with opened(port) as connection:
        await connection.sign_in(alias)
        yield connection


@asynccontextmanager
async def connect_like(other: Connection, port: int) -> AsyncIterator[Connection]:
    """Open another connection of the same session."""
    async with opened(port) as connection:
        connection.headers = other.headers
        yield connection


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[Connection]:
    """Open an anonymous connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


def headers_of(token: str) -> str:
    return f"{HEADERS}Authorization: Bearer {token}\r\n"


def request_of(headers: str, query: str, **variables: object) -> bytes:
    """Return the request as browsers send it, with keep-alive."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    return f"POST /graphql HTTP/1.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def data_of(body: bytes) -> Any:
    answer = json.loads(body)
    if answer.get("errors"):
        raise RuntimeError(f"the server answered {answer['errors']}")
    return answer["data"]
