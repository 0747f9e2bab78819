"""Registration, login, logout and the viewer's profile."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import Storage
from tests.client import Client, sign_up
from tests.world import World

OUTCOME = """
    __typename
    ... on Session { token expiresAt user { alias firstName lastName followerCount followeeCount isViewer } }
    ... on Error { message }
"""
REGISTER = f"""mutation ($input: RegisterInput!) {{
    register(input: $input) {{ {OUTCOME} ... on InvalidInput {{ fields {{ field code message }} }} }}
}}"""
LOGIN = f"mutation ($input: LoginInput!) {{ login(input: $input) {{ {OUTCOME} }} }}"
VIEWER = "{ viewer { alias } }"
UPDATE = """mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
        __typename
        ... on ProfileUpdated { user { firstName lastName } }
        ... on InvalidInput { message fields { field message } }
    }
}"""


async def register(client: Client, **given: Any) -> Any:
    wanted = {"alias": "Ann", "firstName": "Ann", "lastName": "Lee", "password": "correct horse"} | given
    return (await client(REGISTER, variables={"input": wanted}))["register"]


async def login(client: Client, alias: str, password: str) -> Any:
    return (await client(LOGIN, variables={"input": {"alias": alias, "password": password}}))["login"]


async def test_a_registration_signs_in_and_the_password_works(client: Client) -> None:
    registered = await register(client, firstName="  Ann ", lastName="")

    assert registered["__typename"] == "Session"
    assert registered["user"] == {
        "alias": "Ann",
        "firstName": "Ann",
        "lastName": "",
        "followerCount": 0,
        "followeeCount": 0,
        "isViewer": True,
    }
    expires_at = datetime.fromisoformat(registered["expiresAt"])
    assert expires_at > datetime.now(UTC) + timedelta(days=29)
    assert registered["expiresAt"].endswith("Z")
    assert await client(VIEWER, token=registered["token"]) == {"viewer": {"alias": "Ann"}}

    again = await login(client, "aNN", "correct horse")
    assert again["user"]["alias"] == "Ann"
    assert again["token"] != registered["token"]


async def test_a_taken_alias_is_compared_case_insensitively(client: Client, world: World) -> None:
    await world.make_user("Ann")
    refused = await register(client, alias="aNN")
    assert refused["__typename"] == "AliasTaken"
    assert "aNN" in refused["message"]
    assert await world.storage.mongo.collection("users").count_documents({}) == 1


async def test_one_of_many_concurrent_registrations_succeeds(client: Client, storage: Storage) -> None:
    answers = await asyncio.gather(*(register(client, alias=alias) for alias in ("ann", "Ann", "ANN", "aNn")))
    assert sorted(answer["__typename"] for answer in answers) == ["AliasTaken"] * 3 + ["Session"]
    assert await storage.mongo.collection("users").count_documents({}) == 1
    assert await storage.mongo.collection("credentials").count_documents({}) == 1, (
        "hashes of refused registrations are not stored"
    )


async def test_a_registration_lists_every_bad_field(client: Client, storage: Storage) -> None:
    refused = await register(client, alias="a b", firstName=" ", lastName="x" * 51, password="short")
    assert refused["__typename"] == "InvalidInput"
    assert [error["field"] for error in refused["fields"]] == ["alias", "firstName", "lastName", "password"]
    assert all(error["message"] in refused["message"] for error in refused["fields"])
    assert await storage.mongo.collection("credentials").count_documents({}) == 0


BAD_FIELDS = {
    "alias": {"": "REQUIRED", "a" * 31: "TOO_LONG", "a b": "INVALID", "Zoë": "INVALID"},
    "firstName": {
        " ": "REQUIRED",
        "x" * 51: "TOO_LONG",
        "x" * 2_000: "TOO_LONG",
        "\0": "INVALID",
        "e" + "\u0301" * 20: "INVALID",
    },
    "lastName": {"x" * 51: "TOO_LONG", "\0": "INVALID"},
    "password": {
        "short": "TOO_SHORT",
        "": "TOO_SHORT",
        "x" * 1_025: "TOO_LONG",
        "é" * 1_000: "TOO_LONG",
        "\0" * 8: "INVALID",
    },
}


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in BAD_FIELDS.items() for value in values]
)
async def test_each_bad_field_has_an_error_code(client: Client, field: str, value: str) -> None:
    refused = await register(client, **{field: value})
    assert [(error["field"], error["code"]) for error in refused["fields"]] == [(field, BAD_FIELDS[field][value])]


async def test_a_wrong_password_and_an_unknown_alias_get_the_same_answer(client: Client) -> None:
    await register(client)
    answers = [await login(client, *tried) for tried in [("Ann", "wrong horse"), ("Bob", "correct horse"), ("", "")]]
    assert answers[0]["__typename"] == "InvalidCredentials"
    assert answers == [answers[0]] * 3


async def test_only_the_hash_of_a_password_is_stored(client: Client, storage: Storage) -> None:
    await register(client)
    for name in await storage.mongo.database.list_collection_names():
        async for document in storage.mongo.collection(name).find({}):
            assert "correct horse" not in repr(document)
    credentials = await storage.mongo.collection("credentials").find_one({})
    assert credentials is not None
    assert credentials["argon2id"].startswith("$argon2id$")


async def test_names_are_changed_one_by_one(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    for change, names in [
        ({"firstName": " Anna "}, ("Anna", "Test")),
        ({"lastName": "Lee"}, ("Anna", "Lee")),
        ({"firstName": None, "lastName": ""}, ("Anna", "")),
        ({}, ("Anna", "")),
    ]:
        updated = (await client(UPDATE, variables={"input": change}, token=ann.token))["updateProfile"]
        assert updated["__typename"] == "ProfileUpdated"
        assert (updated["user"]["firstName"], updated["user"]["lastName"]) == names


async def test_bad_names_change_nothing(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    change = {"firstName": "", "lastName": "x" * 51}
    refused = (await client(UPDATE, variables={"input": change}, token=ann.token))["updateProfile"]
    assert refused["__typename"] == "InvalidInput"
    assert [error["field"] for error in refused["fields"]] == ["firstName", "lastName"]
    assert await world.storage.users.find_by_id(ann.user.id) == ann.user
