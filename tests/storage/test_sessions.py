"""Sessions are known by a hash, end when they should, and slide while they are used."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import Storage

DAY = timedelta(days=1)


async def set_end(storage: Storage, ends_in: timedelta) -> datetime:
    instant = datetime.now(UTC) + ends_in
    await storage.mongo.collection("sessions").update_many({}, {"$set": {"expires_at": instant}})
    return instant


async def test_a_session_is_found_by_its_token(storage: Storage) -> None:
    token, session = await storage.sessions.create(7)
    assert len(token) >= 43, "256 bits"
    assert session.user == 7
    assert abs(session.expires_at - datetime.now(UTC) - 30 * DAY) < DAY
    assert await storage.sessions.find(token) == session


async def test_a_token_occurs_nowhere_in_the_database(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    for name in await storage.mongo.database.list_collection_names():
        async for document in storage.mongo.collection(name).find({}):
            assert token not in repr(document)
            assert token.encode() not in repr(document).encode()


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 100_000, "é", "\ud800", "\0", '{"$gt": ""}'])
async def test_another_token_opens_nothing(storage: Storage, token: str) -> None:
    await storage.sessions.create(7)
    assert await storage.sessions.find(token) is None


async def test_a_token_is_not_found_by_its_stored_hash(storage: Storage) -> None:
    await storage.sessions.create(7)
    document = await storage.mongo.collection("sessions").find_one({})
    assert document is not None
    assert await storage.sessions.find(bytes(document["_id"]).hex()) is None


async def test_an_expired_session_is_not_found_even_before_it_is_deleted(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    await set_end(storage, timedelta(seconds=-1))
    assert await storage.sessions.find(token) is None


async def test_a_session_in_its_second_half_is_extended_by_its_use(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    await set_end(storage, 14 * DAY)

    found = await storage.sessions.find(token)

    assert found is not None
    assert found.expires_at > datetime.now(UTC) + 29 * DAY
    assert await storage.sessions.find(token) == found, "it is stored"


async def test_a_session_in_its_first_half_is_left_alone_to_spare_the_write(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    instant = await set_end(storage, 16 * DAY)
    found = await storage.sessions.find(token)
    assert found is not None
    assert abs(found.expires_at - instant) < timedelta(seconds=1)


async def test_ending_a_session_ends_that_one(storage: Storage) -> None:
    token, _ = await storage.sessions.create(7)
    other, session = await storage.sessions.create(7)
    assert await storage.sessions.end(token)
    assert not await storage.sessions.end(token)
    assert await storage.sessions.find(token) is None
    assert await storage.sessions.find(other) == session
