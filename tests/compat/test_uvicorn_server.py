"""The undocumented parts of uvicorn's server, supervisor and WebSockets that we rely on."""

import asyncio
import pickle
from typing import Any

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from uvicorn.supervisors import multiprocess

from compat.uvicorn.server import STARTUP_FAILURE, Config, Server, _own_processes, _Process
from compat.uvicorn.websockets import WebSocketConnection
from tests.compat.canaries import check_attributes, check_signature


async def app(scope: Any, receive: Any, send: Any) -> None:
    pass


def test_a_websocket_has_the_overridden_and_read_attributes() -> None:
    check_signature(WebSocketsSansIOProtocol.handle_cont, "self", "event")
    check_signature(WebSocketsSansIOProtocol.handle_ping, "self")
    check_signature(WebSocketsSansIOProtocol.send, "self", "message")
    check_signature(WebSocketsSansIOProtocol.shutdown, "self")
    config = Config(app, lifespan="off", log_config=None, ws=WebSocketConnection)
    connection = WebSocketConnection(config, ServerState(), {}, asyncio.new_event_loop())
    connection.loop.close()
    check_attributes(connection, "handshake_initiated", "handshake_complete", "initial_response", "read_paused")
    check_attributes(connection, "writable", "transport")
    check_attributes(connection.conn, "data_to_send", "send_response", "reject")


def test_a_server_has_the_overridden_and_read_attributes() -> None:
    check_signature(uvicorn.Server._serve, "self", "sockets")
    check_signature(uvicorn.Server.startup, "self", "sockets")
    check_signature(uvicorn.Server.shutdown, "self", "sockets")
    check_signature(uvicorn.Server.on_tick, "self", "counter")
    check_signature(uvicorn.Server.handle_exit, "self", "sig", "frame")
    server = Server(Config(app, lifespan="off", log_config=None))
    check_attributes(server, "server_state", "force_exit", "should_exit", "started", "config")
    check_attributes(server.server_state, "connections", "tasks")
    assert STARTUP_FAILURE == 3, "the exit status stands in the documentation of the command"


class Made(Server):
    pass


class Making(Config):
    def make_server(self) -> Server:
        return Made(self)


def test_a_process_keeps_its_server_over_pickling() -> None:
    check_signature(multiprocess.Process, "config", "sockets")
    check_signature(multiprocess.Multiprocess.terminate_all, "self")
    before = multiprocess.Process
    with _own_processes():
        assert multiprocess.Process is _Process, "the supervisor's module names the class no more"
    assert multiprocess.Process is before
    process: Any = object.__new__(_Process)
    process._server, process.config = None, pickle.loads(pickle.dumps(Making("app:app")))
    assert isinstance(process.server, Made)
