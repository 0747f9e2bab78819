"""An account and its password hash exist together or not at all, even if a registration dies."""

import asyncio
from typing import Any, cast

import pytest

from domain.records import User
from storage import Storage
from storage.accounts import Accounts
from tests.commands import Commands
from tests.stepping import Stepped, Turnstile

STEPS = 2  # the account, then its hash


async def register(accounts: Accounts, storage: Storage, alias: str = "ann") -> User | None:
    return await accounts.create_account(
        storage.users.draw_id(), alias=alias, first_name="A", last_name="B", image=None, password_hash="first"
    )


async def halves(storage: Storage) -> tuple[set[int], set[int]]:
    """Return the ids of accounts and of credentials."""
    users, credentials = [
        {document["_id"] async for document in storage.mongo.collection(name).find({}, {"_id": 1})}
        for name in ("users", "credentials")
    ]
    return users, credentials


async def test_a_new_account_has_a_password_hash(storage: Storage) -> None:
    user = await register(storage.accounts, storage)
    assert user is not None
    assert await storage.users.find_by_alias("ann") == user
    known = await storage.credentials.find_by_user(user.id)
    assert known is not None
    assert known.password_hash == "first"


async def test_account_and_hash_are_written_in_one_transaction(storage: Storage, commands: Commands) -> None:
    with commands.during() as sent:
        assert await register(storage.accounts, storage) is not None
    assert [next(iter(command)) for command in sent] == ["insert", "update", "commitTransaction"]
    assert len({(bytes(command["lsid"]["id"]), command["txnNumber"]) for command in sent}) == 1


async def test_a_taken_alias_leaves_nothing_behind(storage: Storage) -> None:
    await register(storage.accounts, storage)
    before = await halves(storage)
    assert await register(storage.accounts, storage) is None
    assert await halves(storage) == before


async def test_one_of_many_concurrent_inserts_gets_the_alias(storage: Storage) -> None:
    outcomes = await asyncio.gather(*(register(storage.accounts, storage) for _ in range(5)))
    assert sum(user is not None for user in outcomes) == 1
    users, credentials = await halves(storage)
    assert len(users) == 1
    assert users == credentials


@pytest.mark.parametrize("steps", range(STEPS + 1))
async def test_a_registration_that_dies_leaves_nothing_behind(storage: Storage, steps: int) -> None:
    turnstile = Turnstile()
    parts = [cast(Any, Stepped(part, turnstile)) for part in (storage.users, storage.credentials)]
    registering = asyncio.ensure_future(register(Accounts(storage.mongo, *parts), storage))
    for _ in range(steps):
        await turnstile.arrival()
        turnstile.permit_one()
    if steps < STEPS:
        await turnstile.arrival()
        registering.cancel()
    await asyncio.wait([registering])

    users, credentials = await halves(storage)
    assert users == credentials
    assert len(users) == (steps == STEPS)
    if steps < STEPS:
        assert await register(storage.accounts, storage) is not None, "the alias is free at once"
