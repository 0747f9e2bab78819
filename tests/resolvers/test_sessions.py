"""Sessions, as a client holds them: by a token in a header."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.client import Client, sign_up
from tests.world import World

LOGOUT = "mutation { logout }"
VIEWER = "{ viewer { alias } }"


async def test_signing_out_ends_that_session_only(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    other, _ = await world.storage.sessions.create(ann.user.id)

    assert await client(LOGOUT, token=ann.token) == {"logout": True}

    assert await client(VIEWER, token=ann.token) == {"viewer": None}
    assert await client(VIEWER, token=other) == {"viewer": {"alias": "ann"}}
    assert await client(LOGOUT, token=ann.token) == {"logout": False}
    assert await client(LOGOUT) == {"logout": False}


async def test_an_expired_session_is_as_good_as_none(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    past = datetime.now(UTC) - timedelta(seconds=1)
    await world.storage.mongo.collection("sessions").update_many({}, {"$set": {"expires_at": past}})
    assert await client(VIEWER, token=ann.token) == {"viewer": None}
    answer = await client.ask("{ feed { edges { cursor } } }", token=ann.token)
    assert answer.codes == ["UNAUTHENTICATED"]
    assert "expired" in answer.errors[0]["message"]


async def test_a_session_slides_while_it_is_used(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    sessions = world.storage.mongo.collection("sessions")
    await sessions.update_many({}, {"$set": {"expires_at": datetime.now(UTC) + timedelta(days=1)}})
    await client(VIEWER, token=ann.token)
    session = await sessions.find_one({})
    assert session is not None
    assert session["expires_at"] > datetime.now(UTC) + timedelta(days=29)


@pytest.mark.parametrize("header", ["Bearer TOKEN", "bearer TOKEN", "BEARER   TOKEN "])
async def test_the_scheme_of_the_header_is_read_without_regard_to_case(
    client: Client, world: World, header: str
) -> None:
    ann = await sign_up(world, "ann")
    headers = {"Authorization": header.replace("TOKEN", ann.token)}
    response = await client.http.post("/graphql", json={"query": VIEWER}, headers=headers)
    assert response.json() == {"data": {"viewer": {"alias": "ann"}}}


@pytest.mark.parametrize("header", ["TOKEN", "Basic TOKEN", "Bearer", "Bearer ", "BearerTOKEN", "Bearer TOKEN TOKEN"])
async def test_another_header_is_an_anonymous_request(client: Client, world: World, header: str) -> None:
    ann = await sign_up(world, "ann")
    headers = {"Authorization": header.replace("TOKEN", ann.token)}
    response = await client.http.post("/graphql", json={"query": VIEWER}, headers=headers)
    assert response.json() == {"data": {"viewer": None}}
