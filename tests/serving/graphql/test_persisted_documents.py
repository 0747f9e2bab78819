"""Documents named by SHA-256, in either form, over HTTP and WebSocket, and servers that execute no others."""

import json
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import Response

import logs
from app import create_app
from composition.documents import check_documents
from serving.graphql.endpoint import Endpoint
from serving.graphql.persisted_documents import REGISTERED, PersistedDocuments
from settings import BadSetting, Settings
from storage import Storage
from tests.client import connected, until_ready
from tests.contexts import contexts
from tests.serving.socket import socket
from tests.world import World

VIEWER = "query Viewer { viewer { alias } }"
USER = "query User($alias: String!) { user(alias: $alias) { alias } }"
LOGOUT = "mutation { logout }"
OTHER = "{ viewer { id } }"
NOT_FOUND = ("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")
NOT_SUPPORTED = ("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")
NOT_ADMITTED = ("This server executes only registered documents, and this is none of them.", "BAD_USER_INPUT")


def name_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apollos(name: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": name}}}


def by_id(name: str) -> dict[str, Any]:
    return {"documentId": f"sha256:{name}"}


def register(built: Path, *texts: str, **others: object) -> None:
    (built / REGISTERED).write_text(json.dumps({name_of(text): text for text in texts} | others))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    register(tmp_path, VIEWER, USER, LOGOUT)
    return tmp_path


@pytest.fixture
def only_registered() -> bool:
    return False


@pytest.fixture
def endpoint(only_registered: bool, built: Path, storage: Storage) -> Iterator[Endpoint]:
    logs.configure("info")
    registry = PersistedDocuments(built / REGISTERED, only_registered=only_registered)
    registry.refresh()
    with contexts(storage) as make_context:
        yield Endpoint(make_context, playground=Response, registry=registry)


@pytest.fixture
async def http(endpoint: Endpoint) -> AsyncIterator[httpx.AsyncClient]:
    async with connected(endpoint) as http:
        yield http


closed = pytest.mark.parametrize("only_registered", [True])
either_form = pytest.mark.parametrize("named", [by_id, apollos, lambda name: {"documentId": name}])


async def post(http: httpx.AsyncClient, asked: dict[str, Any], **headers: str) -> Any:
    return (await http.post("/graphql", json=asked, headers=headers)).json()


def refusal(answer: Any) -> tuple[str, str]:
    (error,) = answer["errors"]
    assert answer.get("data") is None
    return error["message"], error["extensions"]["code"]


@either_form
async def test_a_document_is_found_by_its_name(http: httpx.AsyncClient, world: World, named: Any) -> None:
    await world.make_user("ann")
    variables = {"alias": "ann"}
    assert await post(http, named(name_of(USER)) | {"variables": variables}) == {"data": {"user": {"alias": "ann"}}}

    asked = {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in named(name_of(USER)).items()
    }
    response = await http.get("/graphql", params=asked | {"variables": json.dumps(variables)})
    assert response.json() == {"data": {"user": {"alias": "ann"}}}


@pytest.mark.parametrize("only_registered", [False, True])
@pytest.mark.parametrize(
    ("named", "told"), [(by_id, NOT_FOUND), (lambda name: {"documentId": name}, NOT_FOUND), (apollos, NOT_SUPPORTED)]
)
async def test_an_unknown_name_is_answered_as_clients_expect(
    endpoint: Endpoint, http: httpx.AsyncClient, named: Any, told: tuple[str, str]
) -> None:
    """The answer is the same by POST and GET, in both media types, as a stream, and over a WebSocket."""
    for name in (name_of(OTHER), "x" * 1_000, "sha256:", "../../etc/passwd"):
        asked = named(name)
        assert refusal(await post(http, asked)) == told
        params = {key: value if isinstance(value, str) else json.dumps(value) for key, value in asked.items()}
        assert refusal((await http.get("/graphql", params=params)).json()) == told
        for accept in ("application/graphql-response+json", "text/event-stream"):
            response = await http.post("/graphql", json=asked, headers={"accept": accept})
            assert (response.status_code, refusal(response.json())) == (400, told)
    async with socket(endpoint) as opened:
        await opened.send({"id": "a", "type": "subscribe", "payload": asked})
        assert refusal({"errors": (await opened.receive())["payload"]}) == told


class Persisting:
    """Ask like Apollo Client's and urql's links, which send a name first, and the text if the answer asks for it."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._is_supported = True
        self.requests = 0

    async def ask(self, text: str) -> Any:
        if not self._is_supported:
            return await self._post({"query": text})
        answer = await self._post(apollos(name_of(text)))
        messages = [error["message"] for error in answer.get("errors", [])]
        if "PersistedQueryNotSupported" in messages:
            self._is_supported = False
            return await self._post({"query": text})
        if "PersistedQueryNotFound" in messages:
            return await self._post(apollos(name_of(text)) | {"query": text})
        return answer

    async def _post(self, asked: dict[str, Any]) -> Any:
        self.requests += 1
        return await post(self._http, asked)


async def test_a_client_with_automatic_persisted_queries_sends_one_extra_request(http: httpx.AsyncClient) -> None:
    client = Persisting(http)
    for _ in range(10):
        assert await client.ask(OTHER) == {"data": {"viewer": None}}
    assert client.requests == 11


async def test_no_request_registers_a_document(http: httpx.AsyncClient) -> None:
    """Automatic persisted queries would register it."""
    name = name_of(OTHER)
    assert await post(http, apollos(name) | {"query": OTHER}) == {"data": {"viewer": None}}
    assert refusal(await post(http, apollos(name))) == NOT_SUPPORTED


async def test_a_text_with_a_wrong_hash_is_refused(http: httpx.AsyncClient) -> None:
    for asked in (apollos(name_of(VIEWER)), by_id(name_of(VIEWER))):
        message, code = refusal(await post(http, asked | {"query": OTHER}))
        assert (message, code) == ("The document is not the one whose SHA-256 the request gives.", "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "persisted", [5, "x", [], {}, {"version": 2, "sha256Hash": "x"}, {"version": 1, "sha256Hash": 5}]
)
async def test_a_malformed_extension_is_bad_input(http: httpx.AsyncClient, persisted: object) -> None:
    for query in ({}, {"query": VIEWER}):
        message, code = refusal(await post(http, {"extensions": {"persistedQuery": persisted}} | query))
        assert code == "BAD_USER_INPUT"
        assert "`persistedQuery` must be" in message
    assert refusal(await post(http, {"documentId": 5}))[1] == "BAD_USER_INPUT"


async def test_a_named_mutation_is_refused_over_get(http: httpx.AsyncClient) -> None:
    response = await http.get("/graphql", params=by_id(name_of(LOGOUT)))
    assert response.status_code == 405
    assert await post(http, by_id(name_of(LOGOUT))) == {"data": {"logout": False}}


async def test_a_browser_that_names_a_document_gets_json(http: httpx.AsyncClient) -> None:
    headers = {"accept": "text/html, */*;q=0.8"}
    response = await http.get("/graphql", params=by_id(name_of(VIEWER)), headers=headers)
    assert response.json() == {"data": {"viewer": None}}


async def test_a_new_build_is_read_without_a_restart_and_old_documents_stay(
    http: httpx.AsyncClient, built: Path
) -> None:
    assert refusal(await post(http, by_id(name_of(OTHER)))) == NOT_FOUND
    register(built, OTHER)
    for text in (OTHER, VIEWER):
        assert await post(http, by_id(name_of(text))) == {"data": {"viewer": None}}
    (built / REGISTERED).unlink()
    assert await post(http, by_id(name_of(OTHER))) == {"data": {"viewer": None}}


async def test_an_invalid_document_of_the_build_is_refused(
    http: httpx.AsyncClient, built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = ["{ nonsense }", "{", "{ viewer {" + " story { edges { node { author {" * 4 + "id" + "}" * 18]
    false = "a" * 64
    register(built, OTHER, *wrong, no_text=5, **{false: OTHER})
    assert await post(http, by_id(name_of(OTHER))) == {"data": {"viewer": None}}
    for name in (*map(name_of, wrong), false, "no_text"):
        assert refusal(await post(http, by_id(name))) == NOT_FOUND
        assert sum("documents.refused" in str(record.msg) and name in str(record.msg) for record in caplog.records) == 1


@pytest.mark.parametrize("content", ["", "[]", "{", '"x"', "\xff", "{}"])
async def test_a_half_written_file_changes_nothing(http: httpx.AsyncClient, built: Path, content: str) -> None:
    (built / REGISTERED).write_text(content, encoding="latin-1")
    assert await post(http, by_id(name_of(VIEWER))) == {"data": {"viewer": None}}


async def test_without_a_build_a_server_starts_and_answers(http: httpx.AsyncClient, built: Path) -> None:
    (built / REGISTERED).unlink()
    assert await post(http, {"query": VIEWER}) == {"data": {"viewer": None}}


@closed
async def test_only_registered_documents_are_executed_by_name_or_by_text(http: httpx.AsyncClient) -> None:
    for asked in (by_id(name_of(VIEWER)), apollos(name_of(VIEWER)), {"query": VIEWER}):
        assert await post(http, asked) == {"data": {"viewer": None}}
    for text in (OTHER, VIEWER + " ", "{ __schema { types { name } } }", "mutation { logout } ", "{"):
        assert refusal(await post(http, {"query": text})) == NOT_ADMITTED
        assert refusal((await http.get("/graphql", params={"query": text})).json()) == NOT_ADMITTED
        assert refusal(await post(http, apollos(name_of(text)) | {"query": text})) == NOT_ADMITTED
    assert refusal(await post(http, {}))[1] == "BAD_USER_INPUT"


@closed
@pytest.mark.parametrize("accept", ["text/event-stream", "text/event-stream, application/json"])
async def test_a_stream_executes_only_registered_documents(http: httpx.AsyncClient, accept: str) -> None:
    for text in (OTHER, "subscription { feedUpdates { id } }"):
        assert refusal(await post(http, {"query": text}, accept=accept)) == NOT_ADMITTED


@pytest.mark.parametrize("only_registered", [False, True])
async def test_an_operation_over_websocket_may_name_its_document(endpoint: Endpoint, only_registered: bool) -> None:
    async with socket(endpoint) as opened:
        for place, asked in enumerate([by_id(name_of(VIEWER)), apollos(name_of(VIEWER)), {"query": VIEWER}]):
            await opened.send({"id": str(place), "type": "subscribe", "payload": asked})
            message = await opened.receive()
            assert (message["type"], message["payload"]["data"]) == ("next", {"viewer": None})
            assert await opened.receive() == {"id": str(place), "type": "complete"}

        strange = {"extensions": {"persistedQuery": 5}}
        for asked in (strange, {"query": OTHER, **by_id(name_of(VIEWER))}):
            await opened.send({"id": "a", "type": "subscribe", "payload": asked})
            message = await opened.receive()
            assert (message["id"], message["type"]) == ("a", "error")
            assert message["payload"][0]["extensions"] == {"code": "BAD_USER_INPUT"}

        await opened.send({"id": "b", "type": "subscribe", "payload": {"query": OTHER}})
        message = await opened.receive()
        if not only_registered:
            assert message["payload"]["data"] == {"viewer": None}
        else:
            assert refusal({"errors": message["payload"]}) == NOT_ADMITTED


@pytest.mark.parametrize("payload", [{}, {"query": None}, {"documentId": 5}, {"query": 5, "documentId": "x"}])
async def test_an_operation_without_a_document_is_an_invalid_message(
    endpoint: Endpoint, payload: dict[str, Any]
) -> None:
    async with socket(endpoint) as opened:
        await opened.send({"id": "a", "type": "subscribe", "payload": payload})
        message = await opened.receive()
        assert (message["type"], message["code"]) == ("websocket.close", 4400)


async def test_an_unacknowledged_connection_learns_nothing_of_documents(endpoint: Endpoint) -> None:
    async with socket(endpoint, initialised=False) as opened:
        await opened.send({"id": "a", "type": "subscribe", "payload": by_id("x") | {"query": VIEWER}})
        message = await opened.receive()
        assert (message["type"], message["code"]) == ("websocket.close", 4401)


async def test_a_server_of_registered_documents_has_no_playground(built: Path) -> None:
    nowhere = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
    for settings, told in ((nowhere, False), (nowhere.replace(documents="registered"), True)):
        async with connected(create_app(settings, built=built)) as http:
            shown = await http.get("/graphql", headers={"accept": "text/html"})
            assert ("There is no playground here" in shown.text) == told
            assert "default-src 'self'" in shown.headers["content-security-policy"]
    with pytest.raises(BadSetting, match="DOCUMENTS must be any or registered"):
        Settings.from_environment({"DOCUMENTS": "some"})


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"x": "{ nonsense }"}', "\xff"])
def test_a_server_of_registered_documents_does_not_start_without_one(
    built: Path, content: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = built / REGISTERED
    file.unlink()
    if content is not None:
        file.write_text(content, encoding="latin-1")
    settings = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9", documents="registered")
    monkeypatch.setattr("composition.documents.BUILT", built)
    for start in (lambda: create_app(settings, built=built), lambda: check_documents(settings)):
        with pytest.raises(BadSetting, match=r"^DOCUMENTS=registered needs .* run `make web`$"):
            start()
    check_documents(settings.replace(documents="any"))


async def test_a_server_reads_the_documents_of_its_build(built: Path, mongodb_url: str, redis_url: str) -> None:
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, documents="registered")
    app = create_app(settings, built=built)
    async with app.router.lifespan_context(app), connected(app) as http:
        await until_ready(http)
        assert await post(http, by_id(name_of(VIEWER))) == {"data": {"viewer": None}}
        assert refusal(await post(http, {"query": OTHER})) == NOT_ADMITTED
