"""A sign-in that ends the account's oldest session also ends that session's subscriptions, at once."""

import pytest

from domain.errors import Unauthenticated
from resolvers import accounts
from resolvers.live import Pace
from tests.client import Someone
from tests.conftest import empty
from tests.resolvers.process import process
from tests.world import World

PASSWORD = "correct horse battery"
SELDOM = Pace(alive_every_s=0.2, silence_s=3_600, check_sessions_every_s=3_600)


async def test_a_session_that_gives_way_to_a_newer_one_takes_its_subscriptions_along(
    mongodb_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sessions.MAX_SESSIONS", 2)
    async with (
        process(mongodb_url, redis_url, pace=SELDOM) as one,
        process(mongodb_url, redis_url, pace=SELDOM) as other,
    ):
        await empty(one.storage)
        user = await World(one.storage).make_user("ann")
        await one.storage.credentials.set(user.id, await one.passwords.hash(PASSWORD))

        async def sign_in() -> Someone:
            stranger = one.context(Someone(user, ""))
            return Someone(user, (await accounts.login(stranger, alias="ann", password=PASSWORD)).token)

        first, second = await sign_in(), await sign_in()
        oldest, newer = await other.begin(first), await other.begin(second)

        await sign_in()

        assert isinstance(await oldest.end(), Unauthenticated)
        assert not newer.task.done()
