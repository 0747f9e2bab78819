"""Changing one's password, and what the time of an answer tells of another's."""

from typing import Any

import pytest

from resolvers.passwords import Passwords
from tests.client import Client
from tests.resolvers.test_accounts import login, register
from tests.world import World

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


async def test_with_a_new_password_all_other_sessions_have_ended(client: Client) -> None:
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


async def test_a_new_password_is_held_to_the_rules(client: Client) -> None:
    token = (await register(client))["token"]
    for bad in ("short", "x" * 1_025, "nul\0nul\0nul"):
        refused = await change(client, token, current="correct horse", new=bad)
        assert (refused["__typename"], refused["fields"]) == ("InvalidInput", [{"field": "newPassword"}])


async def test_a_password_is_changed_by_its_owner_alone(client: Client, world: World) -> None:
    given = {"currentPassword": "correct horse", "newPassword": "battery staple"}
    assert (await client.ask(CHANGE, variables={"input": given})).codes == ["UNAUTHENTICATED"]


async def test_a_password_is_checked_as_long_where_there_is_no_account(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes the time is done in either case: one look at the credentials and one verification."""
    await register(client)
    checked: list[str] = []
    verify = Passwords._verify

    def note(passwords: Passwords, password_hash: str, password: str) -> bool:
        checked.append(password_hash[: len("$argon2id$v=19$m=65536,t=3,p=4$")])
        return verify(passwords, password_hash, password)

    monkeypatch.setattr(Passwords, "_verify", note)
    for alias in ("ann", "nobody", "no alias"):
        await login(client, alias, "wrong horse")
    assert len(checked) == 3
    assert len(set(checked)) == 1, "of the same cost"
