"""Changes of password, and the time of a failed login, which reveals nothing."""

import unicodedata
from typing import Any

import pytest

from storage import Storage
from tests.client import Client
from tests.resolvers.test_accounts import login, register
from tests.world import World
from threads.passwords import PasswordHashing

VIEWER = "{ viewer { alias } }"
CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) {
    __typename
    ... on PasswordChanged { endedSessions }
    ... on Error { message }
    ... on InvalidInput { fields { field } }
} }"""


async def change(client: Client, token: str, *, current: str, new: str) -> Any:
    given = {"currentPassword": current, "newPassword": new}
    return (await client(CHANGE, variables={"input": given}, token=token))["changePassword"]


async def test_a_new_password_ends_all_other_sessions(client: Client) -> None:
    here, there = (await register(client))["token"], (await login(client, "ann", "correct horse"))["token"]

    changed = await change(client, here, current="correct horse", new="battery staple")

    assert changed == {"__typename": "PasswordChanged", "endedSessions": 1}
    assert await client(VIEWER, token=here) == {"viewer": {"alias": "Ann"}}
    assert await client(VIEWER, token=there) == {"viewer": None}
    assert (await login(client, "ann", "correct horse"))["__typename"] == "InvalidCredentials"
    assert (await login(client, "ann", "battery staple"))["__typename"] == "Session"


async def test_without_the_current_password_nothing_changes(client: Client) -> None:
    here, there = (await register(client))["token"], (await login(client, "ann", "correct horse"))["token"]
    for wrong in ("wrong horse", "", "\0"):
        refused = await change(client, here, current=wrong, new="battery staple")
        assert refused == {"__typename": "InvalidCredentials", "message": "The current password is wrong."}
    assert await client(VIEWER, token=there) == {"viewer": {"alias": "Ann"}}
    assert (await login(client, "ann", "correct horse"))["__typename"] == "Session"


async def test_a_new_password_must_follow_the_rules(client: Client) -> None:
    token = (await register(client))["token"]
    for bad in ("short", "x" * 1_025, "nul\0nul\0nul"):
        refused = await change(client, token, current="correct horse", new=bad)
        assert (refused["__typename"], refused["fields"]) == ("InvalidInput", [{"field": "newPassword"}])


async def test_only_the_owner_changes_a_password(client: Client, world: World) -> None:
    given = {"currentPassword": "correct horse", "newPassword": "battery staple"}
    assert (await client.ask(CHANGE, variables={"input": given})).codes == ["UNAUTHENTICATED"]


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Record the parameters and the password of each verification."""
    checked: list[tuple[str, str]] = []
    verify = PasswordHashing._verify

    def note(passwords: PasswordHashing, password_hash: str, password: str) -> bool:
        checked.append((password_hash[: len("$argon2id$v=19$m=65536,t=3,p=4$")], password))
        return verify(passwords, password_hash, password)

    monkeypatch.setattr(PasswordHashing, "_verify", note)
    return checked


async def test_a_login_takes_as_long_without_an_account(client: Client, checked: list[tuple[str, str]]) -> None:
    """Both cases do the same expensive work: one read of the credentials and one verification."""
    await register(client)
    for alias in ("ann", "nobody", "no alias"):
        await login(client, alias, "wrong horse")
    assert len(checked) == 3
    assert len(set(checked)) == 1, "of the same cost"


COMPOSED, DECOMPOSED = "Grüße, Ångström", "Gru\u0308ße,\u3000A\u030angstro\u0308m"


async def test_a_password_is_the_same_in_every_form(client: Client) -> None:
    token = (await register(client, password=DECOMPOSED))["token"]
    for typed in (COMPOSED, DECOMPOSED, COMPOSED.replace(" ", "\u00a0"), DECOMPOSED.replace("\u3000", " ")):
        assert (await login(client, "ann", typed))["__typename"] == "Session"
    for wrong in (COMPOSED.casefold(), COMPOSED.replace(" ", ""), COMPOSED + " "):
        assert (await login(client, "ann", wrong))["__typename"] == "InvalidCredentials"
    changed = await change(client, token, current=DECOMPOSED, new=DECOMPOSED + "!")
    assert changed["__typename"] == "PasswordChanged"
    assert (await login(client, "ann", COMPOSED + "!"))["__typename"] == "Session"


async def test_every_form_of_a_password_is_verified_regardless_of_the_result(
    client: Client, storage: Storage, checked: list[tuple[str, str]]
) -> None:
    await register(client, alias="new", password=COMPOSED)
    await set_as_typed(storage, await register(client, alias="old"), DECOMPOSED)
    for alias in ("new", "old", "nobody", "no alias"):
        for typed in (DECOMPOSED, DECOMPOSED + "!"):
            checked.clear()
            await login(client, alias, typed)
            assert [password for _, password in checked] == [
                unicodedata.normalize("NFC", typed).replace("\u3000", " "),
                typed,
            ]
            assert len({cost for cost, _ in checked}) == 1


@pytest.mark.parametrize("stored", [COMPOSED, DECOMPOSED])
async def test_a_password_hashed_without_normalisation_keeps_working(
    client: Client, storage: Storage, stored: str
) -> None:
    """After the first login with the original form, it works in every form."""
    await set_as_typed(storage, await register(client), stored)
    assert (await login(client, "ann", stored))["__typename"] == "Session"
    for typed in (COMPOSED, DECOMPOSED):
        assert (await login(client, "ann", typed))["__typename"] == "Session"


async def test_a_password_hashed_without_normalisation_can_be_changed(client: Client, storage: Storage) -> None:
    session = await register(client)
    await set_as_typed(storage, session, DECOMPOSED)
    changed = await change(client, session["token"], current=DECOMPOSED, new="battery staple")
    assert changed["__typename"] == "PasswordChanged"


async def set_as_typed(storage: Storage, session: Any, password: str) -> None:
    """Store a hash as older versions did, without normalisation."""
    user = await storage.users.find_by_alias(session["user"]["alias"])
    assert user is not None
    passwords = PasswordHashing()
    await storage.credentials.set_hash(user.id, await passwords.hash(password))
    passwords.close()


async def test_a_concurrently_changed_hash_is_not_replaced(storage: Storage) -> None:
    await storage.credentials.set_hash(7, "changed")
    assert not await storage.credentials.replace_hash(7, verified="verified", by="renewed")
    known = await storage.credentials.find_by_user(7)
    assert known is not None
    assert known.password_hash == "changed"
