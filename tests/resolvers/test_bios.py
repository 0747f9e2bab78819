"""A bio is changed by its owner, read by everybody, and empty until then."""

from typing import Any

import pytest

from domain.bios import TOO_LONG
from storage import Storage
from tests.client import Client, Someone, sign_up
from tests.world import World

BIO = "bio bioSegments { kind text alias url }"
UPDATE = f"""mutation ($input: UpdateProfileInput!) {{ updateProfile(input: $input) {{
    __typename
    ... on ProfileUpdated {{ user {{ firstName {BIO} }} }}
    ... on InvalidInput {{ fields {{ field code message }} }}
}} }}"""
TEXT = "Sails. Asks @bob,\nreads https://example.org/a"


@pytest.fixture
async def ann(world: World) -> Someone:
    return await sign_up(world, "ann")


async def update(client: Client, someone: Someone, **given: Any) -> Any:
    return (await client(UPDATE, variables={"input": given}, token=someone.token))["updateProfile"]


async def bio_of(client: Client, alias: str, *, token: str | None = None) -> Any:
    return (await client(f'{{ user(alias: "{alias}") {{ {BIO} }} }}', token=token))["user"]


async def test_an_account_of_a_version_without_bios_has_an_empty_one(
    client: Client, storage: Storage, ann: Someone
) -> None:
    assert await storage.mongo.collection("users").count_documents({"bio": {"$exists": True}}) == 0
    assert await bio_of(client, "ann") == {"bio": "", "bioSegments": []}
    answer = await update(client, ann, firstName="Nova")
    assert answer["user"]["bio"] == ""


async def test_a_bio_is_tidied_and_everybody_reads_it_at_once(client: Client, world: World, ann: Someone) -> None:
    bob = await sign_up(world, "bob")
    answer = await update(client, ann, bio=f"  {TEXT} \r\n")
    assert answer["user"]["bio"] == TEXT
    for token in (None, ann.token, bob.token):
        seen = await bio_of(client, "ann", token=token)
        assert seen["bio"] == TEXT
        assert "".join(part["text"] for part in seen["bioSegments"]) == TEXT
        assert [(part["alias"], part["url"]) for part in seen["bioSegments"] if part["kind"] != "TEXT"] == [
            ("bob", None),
            (None, "https://example.org/a"),
        ]


@pytest.mark.parametrize("given", [{}, {"bio": None}], ids=["omitted", "null"])
async def test_a_bio_that_is_not_given_stays(client: Client, ann: Someone, given: dict[str, None]) -> None:
    await update(client, ann, bio=TEXT)
    answer = await update(client, ann, firstName="Nova", **given)
    assert (answer["user"]["firstName"], answer["user"]["bio"]) == ("Nova", TEXT)


async def test_an_empty_text_removes_the_bio(client: Client, ann: Someone) -> None:
    await update(client, ann, bio=TEXT)
    assert (await update(client, ann, bio=" \n"))["user"]["bio"] == ""
    assert (await bio_of(client, "ann"))["bioSegments"] == []


async def test_a_refused_bio_is_reported_at_its_field_and_changes_nothing(client: Client, ann: Someone) -> None:
    await update(client, ann, bio=TEXT)
    answer = await update(client, ann, firstName="Nova", bio="x" * 161)
    assert answer == {
        "__typename": "InvalidInput",
        "fields": [{"field": "bio", "code": "TOO_LONG", "message": TOO_LONG}],
    }
    assert (await bio_of(client, "ann"))["bio"] == TEXT
    assert (await client('{ user(alias: "ann") { firstName } }'))["user"]["firstName"] != "Nova"
