"""Guessing passwords is slow, and the owner can log in meanwhile."""

from asyncio import gather
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Literal

import pytest
from argon2 import PasswordHasher

from domain.callers import Caller
from domain.errors import InvalidCredentials, RateLimited
from domain.passwords import MAX_PASSWORD_BYTES
from domain.rates import NO_RATES, Allowance, Rate
from resolvers import accounts
from resolvers.context import Context
from storage import Storage
from tests.client import Answer, Client, sign_up
from tests.conftest import empty
from tests.contexts import with_services
from tests.live.process import process
from tests.resolvers.limited import limited
from tests.resolvers.test_accounts import LOGIN, register
from tests.world import World
from threads.passwords import PasswordHashing

HOUSEHOLD = 3  # attempts from one origin
CROWD = 4  # attempts from all unknown origins together
HOME, WORK = "192.0.2.7", "198.51.100.7"
RIGHT, WRONG = "correct horse", "wrong horse"


@pytest.fixture
async def client(storage: Storage, mongodb_url: str, redis_url: str) -> AsyncIterator[Client]:
    """Open an application. Ann has registered from an address that the tests do not use."""
    guess = Allowance(name="guess", per_address=Rate(HOUSEHOLD, per_s=60))
    unknown_address_attempt = Allowance(name="unknown_address_attempt", per_account=Rate(CROWD, per_s=60))
    async with limited(storage, mongodb_url, redis_url, guess, unknown_address_attempt) as client:
        await register(client)
        yield client


async def try_(client: Client, password: str, *, at: str, alias: str = "ann") -> Answer:
    return await client.ask(LOGIN, variables={"input": {"alias": alias, "password": password}}, address=at)


def outcome(answer: Answer) -> str:
    outcome: str = answer.codes[0] if answer.codes else answer.data["login"]["__typename"]
    return outcome


async def attack(client: Client, *, alias: str = "ann") -> list[str]:
    """Guess once from each of many addresses."""
    return [outcome(await try_(client, WRONG, at=f"203.0.113.{number}", alias=alias)) for number in range(CROWD + 3)]


async def test_guesses_from_one_address_are_limited(client: Client) -> None:
    outcomes = [outcome(await try_(client, WRONG, at=HOME)) for _ in range(HOUSEHOLD + 2)]
    assert outcomes == ["InvalidCredentials"] * HOUSEHOLD + ["RATE_LIMITED"] * 2
    refused = await try_(client, RIGHT, at=HOME)
    assert outcome(refused) == "RATE_LIMITED", "the right password gets the same answer"
    assert 1 <= refused.errors[0]["extensions"]["retryAfter"] <= 61
    assert outcome(await try_(client, RIGHT, at=WORK)) == "Session", "the owner has another origin"


async def test_guesses_from_many_addresses_share_a_limit(client: Client) -> None:
    assert await attack(client) == ["InvalidCredentials"] * CROWD + ["RATE_LIMITED"] * 3


async def test_the_owner_can_log_in_from_a_known_origin_during_an_attack(client: Client) -> None:
    assert outcome(await try_(client, RIGHT, at=HOME)) == "Session"
    assert (await attack(client))[-1] == "RATE_LIMITED"
    assert outcome(await try_(client, RIGHT, at=WORK)) == "RATE_LIMITED", "an unknown origin"
    for _ in range(2 * HOUSEHOLD):
        assert outcome(await try_(client, RIGHT, at=HOME)) == "Session"


async def test_the_origin_of_the_registration_is_known(client: Client) -> None:
    await attack(client)
    assert outcome(await try_(client, RIGHT, at="127.0.0.1")) == "Session"


async def test_an_attack_on_one_account_does_not_limit_another(client: Client) -> None:
    await register(client, alias="Bob")
    await attack(client)
    assert outcome(await try_(client, RIGHT, at=WORK, alias="bob")) == "Session"


async def test_a_successful_login_resets_the_count_of_its_origin(client: Client) -> None:
    for _ in range(3):
        for _ in range(HOUSEHOLD - 1):
            assert outcome(await try_(client, WRONG, at=HOME)) == "InvalidCredentials"
        assert outcome(await try_(client, RIGHT, at=HOME)) == "Session"


async def test_concurrent_guesses_are_limited_like_sequential_ones(client: Client) -> None:
    answers = await gather(*(try_(client, WRONG, at=HOME) for _ in range(20)))
    assert sorted(map(outcome, answers)) == ["InvalidCredentials"] * HOUSEHOLD + ["RATE_LIMITED"] * (20 - HOUSEHOLD)


async def test_an_unknown_alias_is_limited_alike(client: Client) -> None:
    assert await attack(client, alias="nobody") == await attack(client, alias="ann")
    for alias in ("nobody2", "no alias"):
        outcomes = [outcome(await try_(client, WRONG, at=HOME, alias=alias)) for _ in range(HOUSEHOLD + 1)]
        assert outcomes == ["InvalidCredentials"] * HOUSEHOLD + ["RATE_LIMITED"]


async def test_a_change_of_password_keeps_only_its_own_origin(client: Client) -> None:
    token = (await try_(client, RIGHT, at=HOME)).data["login"]["token"]
    assert outcome(await try_(client, RIGHT, at=WORK)) == "Session", (
        "other origins may belong to an attacker with the old password"
    )
    change = """mutation { changePassword(input: {currentPassword: "correct horse", newPassword: "battery staple"}) {
        __typename } }"""
    await client.ask(change, token=token, address=HOME)
    await attack(client)
    assert outcome(await try_(client, "battery staple", at=WORK)) == "RATE_LIMITED"
    assert outcome(await try_(client, "battery staple", at=HOME)) == "Session"


class Noting(PasswordHasher):
    """Records the passwords that it verifies."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str | bytes] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.verified.append(password)
        return super().verify(hash, password)


@pytest.fixture
async def stranger(mongodb_url: str, redis_url: str) -> AsyncIterator[tuple[Context, Noting]]:
    """Allow one attempt for an account, and record the verified passwords."""
    hasher = Noting()
    passwords = PasswordHashing(hasher)
    once = Allowance(name="guess", per_address=Rate(1, per_s=60))
    async with process(mongodb_url, redis_url) as one:
        await empty(one.storage)
        ann = await sign_up(World(one.storage), "ann")
        context = replace(one.context(ann), viewer=None, token=None, caller=Caller(address=HOME))
        await one.storage.rate_limits.reset(
            *next(once.keys_and_rates(account=None, address=context.caller.login_origin("ann")))
        )
        yield with_services(context, passwords=passwords, rates=replace(NO_RATES, guess=once)), hasher
    passwords.close()


async def test_a_refused_guess_is_not_hashed(stranger: tuple[Context, Noting]) -> None:
    """A hash costs CPU time."""
    context, hasher = stranger
    with pytest.raises(InvalidCredentials):
        await accounts.login(context, alias="ann", password=WRONG)
    for _ in range(3):
        with pytest.raises(RateLimited):
            await accounts.login(context, alias="ann", password=WRONG)
    assert hasher.verified == [WRONG]


@pytest.mark.parametrize(
    "password", ["x" * (MAX_PASSWORD_BYTES + 1), "\ud800", "ü" * MAX_PASSWORD_BYTES, "x" * 100_000]
)
async def test_text_that_cannot_be_a_password_is_not_hashed(stranger: tuple[Context, Noting], password: str) -> None:
    context, hasher = stranger
    with pytest.raises(InvalidCredentials):
        await accounts.login(context, alias="ann", password=password)
    assert hasher.verified == [""]


@pytest.mark.parametrize("password", ["wro\u0308ng horse", "wrong\u3000horse"])
async def test_a_password_with_two_forms_counts_as_two_guesses(stranger: tuple[Context, Noting], password: str) -> None:
    """Otherwise each guess could cost twice the CPU time."""
    context, hasher = stranger
    with pytest.raises(RateLimited):
        await accounts.login(context, alias="ann", password=password)
    assert hasher.verified == []
