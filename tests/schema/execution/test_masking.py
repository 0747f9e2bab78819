"""Unexpected errors are masked: the client gets a code, and the log gets the traceback."""

import pytest

from tests.client import Client, sign_up, user_id
from tests.world import World


async def test_unexpected_errors_are_masked_and_logged(
    client: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    ann = await sign_up(world, "ann")
    await world.storage.mongo.collection("users").update_one({"_id": ann.user.id}, {"$unset": {"first_name": ""}})

    answer = await client.ask('{ viewer { alias } again: user(alias: "ann") { alias } }')
    assert answer.codes == ["INTERNAL"]
    assert answer.errors[0]["path"] == ["again"]
    assert answer.errors[0]["message"] == "Something went wrong on our side."
    assert "first_name" not in repr(answer)
    assert answer.data == {"viewer": None, "again": None}, "the other fields are answered"
    (logged,) = [str(record.msg) for record in caplog.records if record.levelname == "ERROR"]
    assert "graphql.internal" in logged
    assert "first_name" in logged


async def test_an_account_missing_from_a_list_is_masked(client: Client, world: World) -> None:
    ann, bob = await world.make_users(2)
    await world.follow(bob, ann)
    await world.storage.mongo.collection("users").delete_one({"_id": bob.id})
    query = "query ($id: ID!) { node(id: $id) { ... on User { followers { edges { node { alias } } } } } }"
    answer = await client.ask(query, variables={"id": user_id(ann)})
    assert answer.codes == ["INTERNAL"]
    assert answer.errors[0]["message"] == "Something went wrong on our side."


async def test_a_session_without_its_account_is_masked(client: Client, world: World) -> None:
    ann = await sign_up(world)
    await world.storage.mongo.collection("users").delete_one({"_id": ann.user.id})
    query = 'mutation { updateProfile(input: {firstName: "A"}) { __typename } }'
    answer = await client.ask(query, token=ann.token)
    assert answer.codes == ["INTERNAL"]
    assert "outlived" not in repr(answer)
    assert await client("{ viewer { alias } }", token=ann.token) == {"viewer": None}
