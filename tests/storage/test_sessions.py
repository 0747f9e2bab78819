"""Sessions are found by a hash, end in time, and are extended by use."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.ids import first_id_at
from storage import Storage
from storage.session_claims import NOTE_USE_EVERY
from storage.sessions import MAX_AGE
from tests.commands import Commands

DAY = timedelta(days=1)


async def set_end(storage: Storage, ends_in: timedelta, *, last_used: timedelta = timedelta(0)) -> datetime:
    """Return the end of a session that was last used that long ago."""
    now = datetime.now(UTC)
    times = {"expires_at": now + ends_in, "last_used_at": now - last_used}
    await storage.mongo.collection("sessions").update_many({}, {"$set": times})
    return now + ends_in


async def test_a_session_is_found_by_its_token(storage: Storage) -> None:
    token, session = await storage.sessions.create(7)
    assert len(token) >= 43, "256 bits"
    assert session.user == 7
    assert abs(session.expires_at - datetime.now(UTC) - 30 * DAY) < DAY
    assert await storage.sessions.find_by_token(token) == session


async def test_a_token_occurs_nowhere_in_the_database(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    for name in await storage.mongo.database.list_collection_names():
        async for document in storage.mongo.collection(name).find({}):
            assert token not in repr(document)
            assert token.encode() not in repr(document).encode()


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 100_000, "é", "\ud800", "\0", '{"$gt": ""}'])
async def test_an_unknown_token_finds_no_session(storage: Storage, token: str) -> None:
    await storage.sessions.create(7)
    assert await storage.sessions.find_by_token(token) is None


async def test_a_token_is_not_found_by_its_stored_hash(storage: Storage) -> None:
    await storage.sessions.create(7)
    document = await storage.mongo.collection("sessions").find_one({})
    assert document is not None
    assert await storage.sessions.find_by_token(bytes(document["_id"]).hex()) is None


async def test_an_expired_session_is_not_found_even_before_it_is_deleted(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    await set_end(storage, timedelta(seconds=-1))
    assert await storage.sessions.find_by_token(token) is None


async def test_using_a_session_is_recorded_and_extends_it(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    await set_end(storage, 14 * DAY, last_used=NOTE_USE_EVERY)

    found = await storage.sessions.find_by_token(token)

    assert found is not None
    assert found.expires_at > datetime.now(UTC) + 29 * DAY
    assert found.last_used_at > datetime.now(UTC) - timedelta(minutes=1)
    assert await storage.sessions.find_by_token(token) == found, "it is stored"


async def test_further_uses_within_an_hour_are_not_written(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    instant = await set_end(storage, 14 * DAY, last_used=NOTE_USE_EVERY - timedelta(minutes=1))
    found = await storage.sessions.find_by_token(token)
    assert found is not None
    assert abs(found.expires_at - instant) < timedelta(seconds=1)


async def test_a_session_ends_a_year_after_it_was_opened_even_if_it_is_used(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    opened = datetime.now(UTC) - MAX_AGE + 2 * DAY
    await storage.mongo.collection("sessions").update_many({}, {"$set": {"number": first_id_at(opened)}})
    await set_end(storage, DAY, last_used=NOTE_USE_EVERY)

    found = await storage.sessions.find_by_token(token)

    assert found is not None
    assert abs(found.expires_at - opened - MAX_AGE) < timedelta(seconds=1)


async def test_a_session_without_an_id_from_an_older_version_has_ended(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    await storage.mongo.collection("sessions").update_many({}, {"$unset": {"number": "", "last_used_at": ""}})
    assert await storage.sessions.find_by_token(token) is None
    assert await storage.sessions.find_by_user(7) == []


async def test_the_live_sessions_of_a_user_are_listed_the_last_used_first(storage: Storage) -> None:
    _, first = await storage.sessions.create(7)
    _, expired = await storage.sessions.create(7)
    _, second = await storage.sessions.create(7, client="curl")
    await storage.sessions.create(8)
    sessions = storage.mongo.collection("sessions")
    past = datetime.now(UTC) - timedelta(hours=1)
    await sessions.update_one({"number": expired.id}, {"$set": {"expires_at": past}})
    await sessions.update_one({"number": first.id}, {"$set": {"last_used_at": past}})
    assert [session.id for session in await storage.sessions.find_by_user(7)] == [second.id, first.id]


async def test_ending_a_session_ends_that_one(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    other, session = await storage.sessions.create(7)
    assert await storage.sessions.end_by_token(token)
    assert not await storage.sessions.end_by_token(token)
    assert await storage.sessions.find_by_token(token) is None
    assert await storage.sessions.find_by_token(other) == session


async def test_a_session_is_ended_by_its_id_only_by_its_user(storage: Storage) -> None:
    token, session = await storage.sessions.create(7)
    assert not await storage.sessions.end_by_id(8, session.id)
    assert await storage.sessions.find_by_token(token) == session
    assert await storage.sessions.end_by_id(7, session.id)
    assert await storage.sessions.find_by_token(token) is None


async def test_ending_the_other_sessions_keeps_one(storage: Storage) -> None:
    token, session = await storage.sessions.create(7)
    others = [(await storage.sessions.create(7))[0] for _ in range(3)]
    stranger, _ = await storage.sessions.create(8)
    assert await storage.sessions.end_others(7, keep=token) == 3
    assert [await storage.sessions.find_by_token(each) for each in others] == [None] * 3
    assert await storage.sessions.find_by_token(token) == session
    assert await storage.sessions.find_by_token(stranger) is not None


async def test_concurrent_lookups_each_find_their_own_session(storage: Storage, commands: Commands) -> None:
    tokens = {user: (await storage.sessions.create(user))[0] for user in range(1, 301)}
    await storage.sessions.end_by_token(tokens[7])
    with commands.during() as sent:
        found = await asyncio.gather(*map(storage.sessions.find_by_token, tokens.values()))
    assert [session and session.user for session in found] == [None if user == 7 else user for user in tokens]
    assert len(sent) <= 2
