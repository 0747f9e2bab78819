"""Logins and changes of password. No session outlives its password, despite crashes and races."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from storage import Storage
from storage.credentials import MAX_LOGIN_ORIGINS, Credentials, OpenedSession
from storage.memory.ids import IdGenerator
from storage.sessions import END_BATCH, MAX_SESSIONS, Sessions
from tests.commands import Commands, explain
from tests.stepping import Stepped, Turnstile

ANN = 7


@pytest.fixture
async def token(storage: Storage) -> str:
    """Return the token of a session of Ann, whose hash is `first`."""
    await storage.credentials.set_hash(ANN, "first")
    return await open_session(storage)


async def open_session(storage: Storage, *, verified: str = "first", origin: str = "home") -> str:
    opened = await sign_in(storage, verified=verified, origin=origin)
    assert opened is not None
    return opened.token


async def sign_in(storage: Storage, *, verified: str, origin: str = "home") -> OpenedSession | None:
    return await storage.credentials.sign_in(ANN, verified=verified, origin=origin, client="Firefox on Linux")


async def change(storage: Storage, *, keep: str, verified: str = "first") -> int | None:
    return await storage.credentials.change_password(
        ANN, verified=verified, password_hash="second", origin="home", keep=keep
    )


async def password_of(storage: Storage) -> str:
    known = await storage.credentials.find_by_user(ANN)
    assert known is not None
    return known.password_hash


async def login_origins_of(storage: Storage) -> list[str]:
    known = await storage.credentials.find_by_user(ANN)
    assert known is not None
    return list(known.login_origins)


async def test_signing_in_opens_a_session(storage: Storage, token: str) -> None:
    found = await storage.sessions.find_by_token(token)
    assert found is not None
    assert (found.user, found.client) == (ANN, "Firefox on Linux")


async def test_a_login_fails_if_the_hash_has_changed(storage: Storage, token: str) -> None:
    assert await sign_in(storage, verified="older") is None
    assert await storage.credentials.sign_in(8, verified="first", origin="home", client="") is None
    assert len(await storage.sessions.find_by_user(ANN)) == 1


async def test_the_latest_login_origins_are_stored_once_each(storage: Storage, token: str) -> None:
    await open_session(storage, origin="work")
    await open_session(storage, origin="home")
    assert await login_origins_of(storage) == ["home", "work"]
    for number in range(MAX_LOGIN_ORIGINS):
        await open_session(storage, origin=f"hotel {number}")
    assert len(places := await login_origins_of(storage)) == MAX_LOGIN_ORIGINS
    assert places[0] == f"hotel {MAX_LOGIN_ORIGINS - 1}"


async def test_changing_a_password_ends_all_other_sessions(storage: Storage, token: str) -> None:
    other = await open_session(storage, origin="work")
    stranger, _ = await storage.sessions.create(8)

    assert await change(storage, keep=token) == 1

    assert await password_of(storage) == "second"
    assert await storage.sessions.find_by_token(token) is not None
    assert await storage.sessions.find_by_token(other) is None
    assert await storage.sessions.find_by_token(stranger) is not None
    assert await login_origins_of(storage) == ["home"], "another origin may belong to an attacker"


async def test_a_change_of_password_fails_if_the_hash_has_changed(storage: Storage, token: str) -> None:
    other = await open_session(storage)
    assert await change(storage, keep=token, verified="older") is None
    assert await password_of(storage) == "first"
    assert await storage.sessions.find_by_token(other) is not None


async def test_one_of_many_concurrent_changes_succeeds(storage: Storage, token: str) -> None:
    changes = await asyncio.gather(*(change(storage, keep=token) for _ in range(5)))
    assert sorted(changes, key=str) == [0, None, None, None, None]


async def test_no_session_outlives_its_password_despite_concurrent_logins(storage: Storage, token: str) -> None:
    for origin in ("home", "work") * 5:  # a login from a known origin writes only a count
        await storage.credentials.set_hash(ANN, "first")
        changing = asyncio.ensure_future(change(storage, keep=token))
        opened = await asyncio.gather(*(sign_in(storage, verified="first", origin=origin) for _ in range(4)))
        assert await changing is not None
        for each in opened:
            assert each is None or await storage.sessions.find_by_token(each.token) is None


async def test_a_change_that_dies_between_its_two_writes_changes_nothing(storage: Storage, token: str) -> None:
    other = await open_session(storage)
    turnstile = Turnstile()
    stepped = Credentials(storage.mongo, cast(Any, Stepped(storage.sessions, turnstile)))
    changing = asyncio.ensure_future(
        stepped.change_password(ANN, verified="first", password_hash="second", origin="home", keep=token)
    )
    await turnstile.arrival()  # the hash is written, the sessions are not ended yet
    changing.cancel()
    await asyncio.wait([changing])

    assert await password_of(storage) == "first"
    assert await storage.sessions.find_by_token(other) is not None
    assert await change(storage, keep=token) == 1, "it may be tried again at once"


# -- the session limit -------------------------------------------------------------------------------------------------


async def pile_up(storage: Storage, sessions: int, *, used: datetime | None = None) -> None:
    """Store sessions of Ann beyond the limit, as older versions left them."""
    now = used or datetime.now(UTC) - timedelta(days=1)
    rows = [
        {"_id": bytes([number % 256, number // 256]), "number": number, "user": ANN, "client": "curl"}
        | {"last_used_at": now + timedelta(seconds=number), "expires_at": now + timedelta(days=30)}
        for number in range(1, sessions + 1)
    ]
    await storage.mongo.collection("sessions").insert_many(rows)


async def count_sessions(storage: Storage) -> int:
    return await storage.mongo.collection("sessions").count_documents({"user": ANN})


@pytest.mark.parametrize(
    "sessions", [1, MAX_SESSIONS - 1, MAX_SESSIONS, MAX_SESSIONS + 1, MAX_SESSIONS + END_BATCH - 1]
)
async def test_a_login_ends_the_least_recently_used_session_beyond_the_limit(storage: Storage, sessions: int) -> None:
    await storage.credentials.set_hash(ANN, "first")
    stranger, _ = await storage.sessions.create(8)
    await pile_up(storage, sessions)

    opened = await sign_in(storage, verified="first")

    assert opened is not None
    kept = [session.id for session in await storage.sessions.find_by_user(ANN)]
    assert kept == [opened.session.id, *range(sessions, max(0, sessions - MAX_SESSIONS + 1), -1)]
    assert await count_sessions(storage) == len(kept)
    assert opened.ended == sessions + 1 - len(kept)
    assert await storage.sessions.find_by_token(stranger) is not None


async def test_concurrent_logins_keep_the_session_limit(storage: Storage, token: str) -> None:
    await pile_up(storage, MAX_SESSIONS - 3)
    opened = await asyncio.gather(*(sign_in(storage, verified="first") for _ in range(8)))
    assert await count_sessions(storage) == MAX_SESSIONS
    for each in opened:
        assert each is not None
        assert await storage.sessions.find_by_token(each.token) is not None


async def test_a_login_keeps_its_own_session_even_if_all_others_seem_newer(storage: Storage) -> None:
    await storage.credentials.set_hash(ANN, "first")
    await pile_up(storage, MAX_SESSIONS, used=datetime.now(UTC) + timedelta(hours=1))
    assert await storage.sessions.find_by_token(await open_session(storage)) is not None
    assert await count_sessions(storage) == MAX_SESSIONS


async def test_a_login_ends_a_bounded_number_of_sessions(storage: Storage, token: str) -> None:
    await pile_up(storage, 2 * END_BATCH)
    opened = await sign_in(storage, verified="first")
    assert opened is not None
    assert opened.ended == END_BATCH


async def test_a_change_of_password_ends_a_bounded_number_of_sessions_in_its_transaction(
    storage: Storage, token: str
) -> None:
    sessions = 2 * END_BATCH + 500
    await pile_up(storage, sessions)
    seen: list[int] = []

    class Watched(Sessions):
        async def end_others(self, *args: Any, **kwargs: Any) -> int:
            seen.append(await count_sessions(storage))
            return await super().end_others(*args, **kwargs)

    watched = Credentials(storage.mongo, Watched(storage.mongo, IdGenerator(), ttl_days=30))
    ended = await watched.change_password(ANN, verified="first", password_hash="second", origin="home", keep=token)

    assert seen == [MAX_SESSIONS]
    assert ended == sessions
    assert await count_sessions(storage) == 1
    assert await storage.sessions.find_by_token(token) is not None


async def test_listing_sessions_examines_only_the_listed_ones(storage: Storage, commands: Commands) -> None:
    await pile_up(storage, 1_500)
    with commands.during() as sent:
        assert len(await storage.sessions.find_by_user(ANN)) == MAX_SESSIONS
    (plan,) = [await explain(storage, command) for command in sent]
    assert plan.documents <= MAX_SESSIONS
    assert "SORT" not in plan.stages
