"""The end of a session ends its subscriptions at once, in every process."""

from collections.abc import Awaitable, Callable

import pytest

from domain.errors import Unauthenticated
from live.hub import Pace
from resolvers import accounts, sessions
from resolvers.context import Context
from tests.client import Someone
from tests.conftest import empty
from tests.live.process import process
from tests.world import World

PASSWORD = "correct horse battery"
SELDOM = Pace(alive_every_s=0.2, silence_s=3_600, check_sessions_every_s=3_600)


async def test_a_session_replaced_by_a_newer_one_ends_its_subscriptions(
    mongodb_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sessions.MAX_SESSIONS", 2)
    async with (
        process(mongodb_url, redis_url, pace=SELDOM) as one,
        process(mongodb_url, redis_url, pace=SELDOM) as other,
    ):
        await empty(one.storage)
        user = await World(one.storage).make_user("ann")
        await one.storage.credentials.set_hash(user.id, await one.services.passwords.hash(PASSWORD))

        async def sign_in() -> Someone:
            stranger = one.context(Someone(user, ""))
            return Someone(user, (await accounts.login(stranger, alias="ann", password=PASSWORD)).token)

        first, second = await sign_in(), await sign_in()
        oldest, newer = await other.begin(first), await other.begin(second)

        await sign_in()

        assert isinstance(await oldest.end(), Unauthenticated)
        assert not newer.task.done()


End = Callable[[Context, Context], Awaitable[object]]
ENDS: dict[str, End] = {
    "the others": lambda _, mine: sessions.end_others(mine),
    "one by its id": lambda theirs, mine: end_by_id(theirs, mine),
    "that one itself": lambda theirs, _: sessions.end_current(theirs),
    "with the password": lambda _, mine: accounts.change_password(mine, current=PASSWORD, new=f"{PASSWORD}!"),
}


async def end_by_id(theirs: Context, mine: Context) -> None:
    ended = (await sessions.find_own(theirs)).current
    assert ended is not None
    await sessions.end_by_id(mine, ended.id)


@pytest.mark.parametrize("how", ENDS)
async def test_every_way_to_end_a_session_ends_its_subscriptions(mongodb_url: str, redis_url: str, how: str) -> None:
    async with (
        process(mongodb_url, redis_url, pace=SELDOM) as one,
        process(mongodb_url, redis_url, pace=SELDOM) as other,
    ):
        await empty(one.storage)
        user = await World(one.storage).make_user("ann")
        await one.storage.credentials.set_hash(user.id, await one.services.passwords.hash(PASSWORD))
        theirs, mine = [Someone(user, (await one.storage.sessions.create(user.id))[0]) for _ in range(2)]
        ending, staying = await other.begin(theirs), await other.begin(mine)

        await ENDS[how](one.context(theirs), one.context(mine))

        assert isinstance(await ending.end(), Unauthenticated)
        assert not staying.task.done()
