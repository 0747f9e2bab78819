"""Sessions as a client uses them, by a token in a header, and as their owner lists and ends them."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from schema.global_ids import IdKind, encode
from tests.client import Client, sign_up, user_id
from tests.world import World

LOGOUT = "mutation { logout }"
VIEWER = "{ viewer { alias } }"
SESSIONS = "{ sessions { id client createdAt lastUsedAt expiresAt isCurrent } }"
END = "mutation ($id: ID!) { endSession(input: {id: $id}) { __typename ... on SessionEnded { id endedSessionId } } }"


async def test_a_logout_ends_only_its_session(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    other, _ = await world.storage.sessions.create(ann.user.id)

    assert await client(LOGOUT, token=ann.token) == {"logout": True}

    assert await client(VIEWER, token=ann.token) == {"viewer": None}
    assert await client(VIEWER, token=other) == {"viewer": {"alias": "ann"}}
    assert await client(LOGOUT, token=ann.token) == {"logout": False}
    assert await client(LOGOUT) == {"logout": False}


@pytest.mark.parametrize(
    ("deprecated", "replacement", "expected"),
    [
        ("logout", "signOut { wasSignedIn }", {"wasSignedIn": True}),
        ("endOtherSessions", "signOutElsewhere { endedSessions }", {"endedSessions": 2}),
    ],
)
async def test_a_bare_result_has_a_replacement_that_does_the_same(
    client: Client, world: World, deprecated: str, replacement: str, expected: dict[str, object]
) -> None:
    outcomes = []
    for alias, field in (("ann", deprecated), ("bob", replacement)):
        account = await sign_up(world, alias)
        others = [(await world.storage.sessions.create(account.user.id))[0] for _ in range(2)]
        (result,) = (await client(f"mutation {{ {field} }}", token=account.token)).values()
        ended = [(await client(VIEWER, token=token))["viewer"] is None for token in (account.token, *others)]
        outcomes.append((result, ended))
    (bare, ended), (payload, also_ended) = outcomes
    assert payload == expected
    assert list(payload.values()) == [bare]
    assert ended == also_ended


async def test_signing_out_without_a_session_succeeds(client: Client) -> None:
    assert await client("mutation { signOut { wasSignedIn } }") == {"signOut": {"wasSignedIn": False}}


async def test_an_expired_session_is_anonymous(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    past = datetime.now(UTC) - timedelta(seconds=1)
    await world.storage.mongo.collection("sessions").update_many({}, {"$set": {"expires_at": past}})
    assert await client(VIEWER, token=ann.token) == {"viewer": None}
    answer = await client.ask("{ feed { edges { cursor } } }", token=ann.token)
    assert answer.codes == ["UNAUTHENTICATED"]
    assert "expired" in answer.errors[0]["message"]


async def test_a_session_is_extended_while_it_is_used(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    sessions = world.storage.mongo.collection("sessions")
    now = datetime.now(UTC)
    await sessions.update_many(
        {}, {"$set": {"expires_at": now + timedelta(days=1), "last_used_at": now - timedelta(hours=2)}}
    )
    await client(VIEWER, token=ann.token)
    session = await sessions.find_one({})
    assert session is not None
    assert session["expires_at"] > now + timedelta(days=29)


@pytest.mark.parametrize("header", ["Bearer TOKEN", "bearer TOKEN", "BEARER   TOKEN "])
async def test_the_scheme_of_the_header_is_case_insensitive(client: Client, world: World, header: str) -> None:
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


async def test_a_viewer_lists_own_sessions_and_the_current_one(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    await world.storage.sessions.create(ann.user.id, client="Firefox on Linux")
    await sign_up(world, "bob")

    listed = (await client(SESSIONS, token=ann.token))["sessions"]

    assert [(each["client"], each["isCurrent"]) for each in listed] == [("Firefox on Linux", False), ("Unknown", True)]
    assert all(each["createdAt"] <= each["lastUsedAt"] < each["expiresAt"] for each in listed)
    assert ann.token not in str(listed)
    stored = [bytes(each["_id"]) async for each in world.storage.mongo.collection("sessions").find({})]
    assert not any(digest.hex() in str(listed) or b64encode(digest).decode() in str(listed) for digest in stored)


async def test_a_session_is_ended_by_its_id(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    other, session = await world.storage.sessions.create(ann.user.id)
    number = encode(IdKind.SESSION, session.id)

    answer = await client(END, variables={"id": number}, token=ann.token)

    assert answer["endSession"] == {"__typename": "SessionEnded", "id": number, "endedSessionId": number}
    assert await client(VIEWER, token=other) == {"viewer": None}
    assert await client(VIEWER, token=ann.token) == {"viewer": {"alias": "ann"}}
    again = await client(END, variables={"id": number}, token=ann.token)
    assert again["endSession"]["__typename"] == "SessionNotFound"


async def test_sessions_of_other_accounts_cannot_be_listed_or_ended(client: Client, world: World) -> None:
    ann, eve = await sign_up(world, "ann"), await sign_up(world, "eve")
    session = await world.storage.sessions.find_by_token(ann.token)
    assert session is not None
    answer = await client(END, variables={"id": encode(IdKind.SESSION, session.id)}, token=eve.token)
    assert answer["endSession"]["__typename"] == "SessionNotFound"
    assert await client(VIEWER, token=ann.token) == {"viewer": {"alias": "ann"}}
    answer = await client.ask(END, variables={"id": user_id(ann.user)}, token=eve.token)
    assert answer.codes == ["BAD_USER_INPUT"]


async def test_a_viewer_ends_all_other_sessions(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    others = [(await world.storage.sessions.create(ann.user.id))[0] for _ in range(3)]
    assert await client("mutation { endOtherSessions }", token=ann.token) == {"endOtherSessions": 3}
    for token in others:
        assert await client(VIEWER, token=token) == {"viewer": None}
    for someone in (ann, bob):
        assert await client(VIEWER, token=someone.token) == {"viewer": {"alias": someone.user.alias}}


@pytest.mark.parametrize(
    "query",
    [
        SESSIONS,
        "mutation { endOtherSessions }",
        "mutation { signOutElsewhere { endedSessions } }",
        'mutation { endSession(input: {id: "ID"}) { __typename } }',
    ],
)
@pytest.mark.parametrize("token", [None, "ended"])
async def test_an_anonymous_request_cannot_list_or_end_sessions(client: Client, query: str, token: str | None) -> None:
    answer = await client.ask(query.replace("ID", encode(IdKind.SESSION, 7)), token=token)
    assert answer.codes == ["UNAUTHENTICATED"]
