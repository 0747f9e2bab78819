"""The undocumented parts of uvicorn's HTTP connection that we rely on. tests/serving/server tests their purpose."""

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from compat.uvicorn.http import Head, HTTPConnection
from compat.uvicorn.server import Config
from tests.compat.canaries import check_signature
from tests.waiting import wait_until

GET = b"GET /a?b HTTP/1.1\r\nhost: tests\r\nX-Name: value\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nhost: tests\r\ncontent-length: 3\r\n\r\nabc"


async def app(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


class Noting(HTTPConnection):
    """Records the calls of hooks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.noted: list[object] = []

    def begin_head(self) -> None:
        self.noted.append("begin_head")

    def take_head(self, head: Head) -> None:
        self.noted.append(head)
        if (b"x-refused", b"1") in head.headers:
            raise ValueError

    def begin_request(self) -> None:
        self.noted.append(("begin_request", self.is_answering))

    def take_body(self, size: int) -> None:
        self.noted.append(("take_body", size))

    def end_answer(self) -> None:
        self.noted.append("end_answer")

    def end_idle(self) -> None:
        self.noted.append("end_idle")

    def refuse_unparsed(self) -> None:
        self.noted.append("refuse_unparsed")
        self.transport.close()

    def stop(self) -> None:
        self.noted.append("stop")


class Transport(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_closed = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def connect(kind: type[Noting] = Noting, **options: Any) -> tuple[Noting, Transport]:
    config = Config(app, lifespan="off", log_config=None, ws="none", **options)
    connection, transport = kind(config, ServerState(), {}), Transport()
    connection.connection_made(transport)
    return connection, transport


async def answered(transport: Transport) -> None:
    async def is_answered() -> bool:
        return transport.written.endswith(b"ok")

    await wait_until(is_answered)


async def test_each_hook_is_called_for_its_event() -> None:
    connection, transport = connect()
    assert (connection.is_answering, connection.is_idle, connection.is_http) == (False, False, True)
    connection.data_received(POST)
    headers = [(b"host", b"tests"), (b"content-length", b"3")]
    head = Head(b"/", headers, "1.1", False)
    assert connection.noted == ["begin_head", head, ("begin_request", True), ("take_body", 3)]
    assert connection.answered_scope["method"] == "POST"
    await answered(transport)
    assert connection.noted[4:] == ["end_answer"]
    assert (connection.is_answering, connection.is_idle) == (False, True)
    connection.timeout_keep_alive_handler()
    assert connection.noted[5:] == ["end_idle"]
    assert transport.is_closed


async def test_headers_are_in_lower_case_and_the_path_has_its_query() -> None:
    connection, transport = connect()
    connection.data_received(GET)
    assert Head(b"/a?b", [(b"host", b"tests"), (b"x-name", b"value")], "1.1", False) in connection.noted
    await answered(transport)


@pytest.mark.parametrize("data", [b"no request\r\n\r\n", GET.replace(b"X-Name: value", b"X-Refused: 1")])
async def test_an_unparsed_or_refused_request_does_not_reach_the_application(data: bytes) -> None:
    connection, transport = connect()
    connection.data_received(data)
    assert connection.noted[-1] == "refuse_unparsed"
    assert not connection.is_answering
    assert transport.written == b""


async def test_a_last_answer_has_connection_close() -> None:
    connection, transport = connect()
    connection.data_received(GET)
    connection.make_last_answer()
    await answered(transport)
    assert b"connection: close" in transport.written
    assert transport.is_closed


async def test_a_request_with_a_broken_body_sees_a_disconnect() -> None:
    connection, _ = connect()
    connection.data_received(POST[:-1])
    connection.drop_request()
    assert connection.cycle.disconnected
    assert not connection.is_answering


async def test_uvicorns_own_limit_is_off() -> None:
    connection, transport = connect(limit_concurrency=1)
    connection.data_received(GET)
    await answered(transport)
    assert transport.written.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("error", [None, ConnectionResetError()])
async def test_a_lost_connection_leaves_no_timer(error: Exception | None) -> None:
    connection, transport = connect()
    connection.data_received(GET)
    await answered(transport)
    timer = connection.timeout_keep_alive_task
    assert timer is not None
    connection.connection_lost(error)
    assert timer.cancelled()


async def test_stock_uvicorn_leaves_a_timer_after_a_reset() -> None:
    """The reason for HTTPConnection.connection_lost. If this fails, it can be removed."""
    transport = Transport()
    config = uvicorn.Config(app, lifespan="off", log_config=None, ws="none")
    connection = HttpToolsProtocol(config, ServerState(), {})
    connection.connection_made(transport)
    connection.data_received(GET)
    await answered(transport)
    timer = connection.timeout_keep_alive_task
    connection.connection_lost(ConnectionResetError())
    assert timer is not None
    assert not timer.cancelled()
    timer.cancel()


def test_a_connection_has_the_overridden_and_read_attributes() -> None:
    check_signature(HttpToolsProtocol, "config", "server_state", "app_state", "_loop")
    check_signature(HttpToolsProtocol.send_400_response, "self", "msg")
    for name in (
        *("on_message_begin", "on_headers_complete", "on_response_complete", "handle_websocket_upgrade"),
        *("timeout_keep_alive_handler", "shutdown"),
    ):
        check_signature(getattr(HttpToolsProtocol, name), "self")
    check_signature(HttpToolsProtocol.on_body, "self", "body")
    assert {"scope", "keep_alive"} <= set(RequestResponseCycle.__init__.__code__.co_varnames)
