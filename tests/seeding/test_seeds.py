"""Seeding adds missing rows once, and the counts are exact."""

import pytest

from domain.pages import RankedRequest
from domain.records import Credential
from domain.search import query_words
from seeding import follows
from seeding.accounts import PASSWORD, ensure_accounts
from seeding.demo_people import PEOPLE
from seeding.graph import seed_graph
from seeding.star import seed_star
from storage import Storage
from storage.maintenance import Maintenance
from tests.seeding.looking import PAIRS, assert_counts_are_what_the_edges_say, services, user, watermarks
from tests.world import World
from threads.passwords import PasswordHashing


async def test_a_graph_becomes_accounts_and_follows_with_exact_counts(storage: Storage) -> None:
    assert await seed_graph(services(storage), PAIRS) == (5, 7)

    third = await user(storage, "u3")
    assert (third.follower_count, third.followee_count) == (4, 1)
    assert await watermarks(storage, third) == [0, 0, 0, 0]
    await assert_counts_are_what_the_edges_say(storage)


async def test_a_second_run_adds_nothing(storage: Storage) -> None:
    await seed_graph(services(storage), PAIRS)
    before = [edge async for edge in storage.mongo.collection("follows").find({})]

    assert await seed_graph(services(storage), PAIRS) == (5, 0)

    assert [edge async for edge in storage.mongo.collection("follows").find({})] == before
    assert await storage.mongo.collection("users").count_documents({}) == 5
    assert await storage.mongo.collection("credentials").count_documents({}) == 5
    await assert_counts_are_what_the_edges_say(storage)


@pytest.mark.parametrize("broken", ["_fill", "_review"])
async def test_an_interrupted_run_is_completed_by_the_next(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    async def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(follows, broken, interrupt)
        with pytest.raises(KeyboardInterrupt):
            await seed_graph(services(storage, celebrity_threshold=4), PAIRS[:-1])
    await seed_graph(services(storage, celebrity_threshold=4), PAIRS)

    await assert_counts_are_what_the_edges_say(storage)
    assert (await user(storage, "u3")).is_celebrity
    assert await watermarks(storage, await user(storage, "u1")) == [0, 0]


async def test_every_account_has_the_password(storage: Storage) -> None:
    await seed_star(services(storage), alias="star", followers=2)

    passwords = PasswordHashing()
    for alias in ("star", "fan1", "fan2"):
        known = await storage.credentials.find_by_user((await user(storage, alias)).id)
        assert await passwords.match([PASSWORD], known.password_hash if known else None)
    passwords.close()


async def test_an_existing_account_keeps_its_names_and_its_password(storage: Storage, world: World) -> None:
    own = await world.make_user("Star")
    await storage.credentials.set_hash(own.id, "its own")

    await seed_star(services(storage), alias="star", followers=2)

    found = await user(storage, "star")
    assert (found.id, found.first_name, found.follower_count) == (own.id, own.first_name, 2)
    assert await storage.credentials.find_by_user(own.id) == Credential(password_hash="its own")


@pytest.mark.parametrize(
    ("query", "alias"), [("김지수", "jisoo"), ("田中由", "yuki"), ("RIOS", "mateo"), ("pham", "tuan")]
)
async def test_the_people_of_the_demo_are_found_by_their_names(storage: Storage, query: str, alias: str) -> None:
    await ensure_accounts(Maintenance(storage).bulk, PEOPLE)
    page = await storage.search.page(query_words(query), RankedRequest(20))
    assert [found.alias for found in page.items] == [alias]
