"""An unexpected error is found in the log by the id that the client got."""

import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from serving.middleware.request_ids import RequestIdMiddleware
from storage import open_storage
from tests.client import Client, connected, sign_up
from tests.pipeline.stack import Stack
from tests.world import World

BROKEN = '{ user(alias: "ann") { alias } }'


async def damage(world: World, alias: str = "ann") -> None:
    """Damage the account's document."""
    ann = await sign_up(world, alias)
    await world.storage.mongo.collection("users").update_one({"_id": ann.user.id}, {"$unset": {"first_name": ""}})


def logged(caplog: pytest.LogCaptureFixture, request_id: str) -> list[str]:
    return [line for record in caplog.records if request_id in (line := str(record.msg))]


async def test_a_masked_error_has_the_id_of_its_traceback(
    client: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await damage(world)
    answer = await client.http.post("/graphql", json={"query": BROKEN})
    (error,) = answer.json()["errors"]
    request_id = error["extensions"]["requestId"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": request_id}
    assert answer.headers["x-request-id"] == request_id
    (line,) = logged(caplog, request_id)
    assert "first_name" in line
    assert "first_name" not in answer.text


async def test_each_request_has_its_own_id_even_if_it_is_refused(client: Client) -> None:
    paths = ["/graphql?query={__typename}", "/graphql", "/healthz", "/nonsense"]
    ids = [(await client.http.get(path)).headers["x-request-id"] for path in paths * 2]
    assert len(set(ids)) == len(ids)


async def test_an_id_from_a_proxy_is_kept(client: Client) -> None:
    answer = await client.http.get("/healthz", headers={"x-request-id": "0af7651916cd43dd-8448eb21.1"})
    assert answer.headers["x-request-id"] == "0af7651916cd43dd-8448eb21.1"


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "with spaces in it", "line\tfeed-12345", "é" * 10, 'a"b="cdefgh']
)
async def test_a_malformed_id_is_replaced(client: Client, given: str, caplog: pytest.LogCaptureFixture) -> None:
    headers = {b"x-request-id": given.encode("latin-1")}
    assert (await client.http.get("/healthz", headers=headers)).headers["x-request-id"] != given
    assert not [record for record in caplog.records if record.name.startswith("asgi_correlation_id")], "anybody may"


async def test_uncaught_errors_are_masked(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_: Request) -> Response:
        raise RuntimeError("a secret")

    app = Starlette(routes=[Route("/", fail)], middleware=[Middleware(RequestIdMiddleware)])
    async with connected(app) as http:
        answer = await http.get("/")
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": answer.headers["x-request-id"]}
    assert "secret" not in answer.text
    assert "request.failed" in str(logged(caplog, answer.headers["x-request-id"]))
    assert "a secret" in caplog.text


async def test_ids_of_websocket_operations_begin_with_the_connections_id(served: Stack, mongodb_url: str) -> None:
    """A real process has bound the ids that it logs."""
    async with open_storage(mongodb_url, database="served", driver="pymongo", session_ttl_days=30) as storage:
        await damage(World(storage), "damaged")
    ids = await ask_twice(f"ws{served.url.removeprefix('http')}/graphql", BROKEN.replace("ann", "damaged"))
    assert ids[0].removesuffix(".1") == ids[1].removesuffix(".2") != ids[0]
    for request_id in ids:
        (line,) = [line for line in served.log("web").splitlines() if f"request_id={request_id} " in f"{line} "]
        assert "graphql.internal" in line
        assert "first_name" in line


async def ask_twice(url: str, query: str) -> list[str]:
    """Return the request ids of the errors."""
    ids = []
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        for id in ("a", "b"):
            await socket.send(json.dumps({"type": "subscribe", "id": id, "payload": {"query": query}}))
            told: Any = json.loads(await socket.recv())
            (error,) = told["payload"]["errors"]
            ids.append(error["extensions"]["requestId"])
            assert json.loads(await socket.recv())["type"] == "complete"
    return ids
