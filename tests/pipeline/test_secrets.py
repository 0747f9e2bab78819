"""Passwords and tokens are in no log and no answer, at any log level and after any failure."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from schema.inputs import ChangePasswordInput, LoginInput, RegisterInput
from settings import Settings
from storage import Storage
from tests.pipeline.stack import stack

OLD, NEW = "Distinctive-Horse-1", "Distinctive-Staple-2"
REGISTER = """mutation ($input: RegisterInput!) { register(input: $input) { __typename ... on Session { token } } }"""
LOGIN = "mutation ($input: LoginInput!) { login(input: $input) { __typename ... on Session { token } } }"
CHANGE = "mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }"
ANN: dict[str, object] = {"alias": "ann", "firstName": "Ann", "lastName": "Lee"}
POST = 'mutation { createPost(input: {text: "hello"}) { ... on PostCreated { post { author { firstName } } } } }'


async def ask(http: httpx.AsyncClient, query: str, given: object = None, *, token: str = "") -> Any:
    body = {"query": query, "variables": {"input": given}}
    return await http.post("/graphql", json=body, headers={"Authorization": f"Bearer {token}"} if token else {})


async def test_no_secret_is_in_a_log_or_an_answer(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    with stack(settings.replace(log_level="debug"), tmp_path, "web", "worker") as running:
        async with httpx.AsyncClient(base_url=running.url, timeout=60) as http:
            registered = await ask(http, REGISTER, ANN | {"password": OLD})
            token = registered.json()["data"]["register"]["token"]
            signed_in = await ask(http, LOGIN, {"alias": "ann", "password": OLD}, token=token)
            other = signed_in.json()["data"]["login"]["token"]
            answers = [
                await ask(http, LOGIN, {"alias": "ann", "password": NEW}),
                await ask(http, CHANGE, {"currentPassword": OLD, "newPassword": NEW}, token=token),
                await ask(http, "{ sessions { id client } viewer { alias } }", token=token),
                await ask(http, "{ viewer { alias } }", token=other),
                # Values of the wrong type, and unreadable requests.
                await ask(http, REGISTER, ANN | {"password": OLD, "lastName": None}),
                await ask(http, LOGIN, {"password": OLD}),
                await ask(http, LOGIN, {"alias": "ann", "password": [NEW]}),
                await ask(http, CHANGE, OLD, token=token),
                await ask(http, f'mutation {{ login(input: {{password: "{OLD}"}}) {{ __typename }} }}'),
                await ask(http, f'mutation {{ login(input: {{alias: 5, password: "{OLD}"}}) {{ __typename }} }}'),
                await http.post("/graphql", content=f'{{"query": "{OLD}', headers={"Authorization": f"Bearer {token}"}),
                await http.get("/graphql", params={"query": POST}, headers={"Authorization": f"Bearer {token}"}),
            ]
            await storage.mongo.collection("users").update_many({}, {"$unset": {"first_name": ""}})
            answers.append(await ask(http, POST, token=token))
            assert "INTERNAL" in answers[-1].text
            async with connect(
                f"{running.url}/graphql".replace("http", "ws"),
                subprotocols=[Subprotocol("graphql-transport-ws")],
                additional_headers={"Authorization": f"Bearer {token}"},
            ) as socket:
                await socket.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
                assert "connection_ack" in str(await socket.recv())
        logs = running.log("web") + running.log("worker")

    assert logs.count("graphql.internal") == 1
    assert "level=debug" in logs
    for secret in (OLD, NEW, token, other):
        assert secret not in logs
        assert [answer.text for answer in answers if secret in answer.text] == []
    assert "argon2id$" not in logs


@pytest.mark.parametrize(
    "given",
    [
        LoginInput(alias="ann", password=OLD),
        RegisterInput(alias="ann", first_name="Ann", last_name="Lee", password=OLD),
        RegisterInput(alias="ann", first_name="Ann", last_name="Lee", password=OLD).registration(),
        ChangePasswordInput(current_password=OLD, new_password=OLD),
    ],
    ids=lambda given: type(given).__name__,
)
def test_no_repr_shows_a_password(given: object) -> None:
    assert OLD not in repr(given)
