"""A search finds the same accounts as a scan of all accounts, the most followed first, page by page."""

import random
from dataclasses import dataclass

import pytest

from domain.pages import RankedRequest
from domain.records import User
from domain.search import MAX_FOUND, query_words
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.counts import CountDrift
from tests.storage.crowds import make_crowd
from tests.waiting import bounded
from tests.world import World

# Names as written, and as the oracle compares them.
SPELLINGS = (
    "Ada/ada Adam/adam Adá/ada Łada/lada Ærø/aero Aðal/adal A/a Straße/strasse STRAUSS/strauss Işık/isik Ирина/ирина "
    "Ёлка/елка 田中/田中"
)
NAMES = dict(spelling.split("/") for spelling in SPELLINGS.split())


@dataclass(frozen=True)
class Person:
    user: User
    words: tuple[str, ...]


async def make_person(storage: Storage, *, alias: str, first: str, last: str, followers: int) -> User:
    number = storage.users.draw_id()
    assert await storage.users.insert_user(number, alias=alias, first_name=first, last_name=last)
    await Maintenance(storage).counts.add_drift({number: CountDrift(followers, 0)})
    user = await storage.users.find_by_id(number)
    assert user is not None
    return user


async def search(storage: Storage, query: str, *, page_size: int = 100) -> list[User]:
    """Return all accounts found, read page by page as a client does."""
    found: list[User] = []
    request = RankedRequest(page_size)
    for _ in bounded():
        page = await storage.search.page(query_words(query), request)
        found += page.items
        if not page.has_next:
            break
        assert len(page.items) == page_size, "every page except the last is full"
        assert len({user.id for user in found}) == len(found), "each page continues below the previous one"
        request = RankedRequest(page_size, (found[-1].follower_count, found[-1].id))
    return found


def oracle(people: list[Person], words: list[str]) -> list[User]:
    found = [
        person.user
        for person in people
        if all(any(theirs.startswith(word) for theirs in person.words) for word in words)
    ]
    return sorted(found, key=lambda user: (user.follower_count, user.id), reverse=True)


@pytest.mark.parametrize("seed", range(4))
async def test_a_search_finds_the_same_as_a_scan_of_all_accounts(storage: Storage, seed: int) -> None:
    dice = random.Random(seed)
    people = []
    for number in range(60):
        first, last = dice.choices(list(NAMES), k=2)
        alias = f"{dice.choice(('ada', 'Strass', 'x_', 'A'))}{number}"
        followers = dice.choice((0, 0, 1, 2, 3, 4, 7, 8, 100, 101, 127, 128, 10**6))
        user = await make_person(storage, alias=alias, first=first, last=last, followers=followers)
        people.append(Person(user, (alias.lower(), NAMES[first], NAMES[last])))

    for _ in range(60):
        chosen = [dice.choice(dice.choice(people).words) for _ in range(dice.choice((1, 1, 2, 3)))]
        words = [word[: dice.randint(1, len(word))] for word in chosen]
        query = " ".join(dice.choice((word, word.upper(), f"@{word}", f" {word},")) for word in words)
        found = await search(storage, query, page_size=dice.choice((1, 3, 100)))
        assert found == oracle(people, words), query


async def test_names_are_found_in_other_spellings(storage: Storage) -> None:
    for number, name in enumerate(NAMES):
        user = await make_person(storage, alias=f"x{number}", first="Z", last=name, followers=number)
        assert user in await search(storage, name)
        assert user in await search(storage, name.upper())
        assert user in await search(storage, NAMES[name])


async def test_a_follow_and_an_unfollow_change_the_order_at_once(storage: Storage, world: World) -> None:
    first, second, *fans = await world.make_users(8)
    everybody = "test"
    for fan in fans:
        await world.follow(fan, first)
        assert (await search(storage, everybody))[0].id == first.id
    for fan in fans[:5]:
        await world.unfollow(fan, first)
    for fan in fans[:2]:
        await world.follow(fan, second)
    found = await search(storage, everybody)
    assert [(user.id, user.follower_count) for user in found[:2]] == [(second.id, 2), (first.id, 1)]
    assert len(found) == 8


async def test_an_account_with_a_negative_count_is_listed_once(storage: Storage, world: World) -> None:
    users = await world.make_users(3)
    await Maintenance(storage).counts.add_drift({users[1].id: CountDrift(-2, 0)})
    found = await search(storage, "test", page_size=1)
    assert [user.id for user in found] == [user.id for user in users[::-1]]


async def test_a_renamed_account_is_found_only_by_its_new_name(storage: Storage, world: World) -> None:
    user = await world.make_user("ann")
    await storage.users.change_profile(user.id, {"last_name": "Østergård"})
    assert [found.id for found in await search(storage, "ann oster")] == [user.id]
    await storage.users.change_profile(user.id, {"first_name": "Bea", "last_name": ""})
    assert await search(storage, "oster") == []
    assert [found.id for found in await search(storage, "bea")] == [user.id]
    assert [found.id for found in await search(storage, "ann")] == [user.id], "the alias does not change"


async def test_a_search_ends_with_the_most_followed(storage: Storage) -> None:
    crowd = await make_crowd(storage, MAX_FOUND + 10)
    star = await make_person(storage, alias="star", first="Crowded", last="", followers=5)
    await Maintenance(storage).counts.add_drift({crowd[0].id: CountDrift(9, 0), crowd[1].id: CountDrift(2, 0)})
    found = await search(storage, "crowd")
    assert len(found) == MAX_FOUND
    assert [user.id for user in found[:3]] == [crowd[0].id, star.id, crowd[1].id]


async def test_the_rarest_word_selects_the_examined_accounts(storage: Storage) -> None:
    """The result does not depend on other accounts that match only the longer word and have more followers."""
    await make_crowd(storage, MAX_FOUND + 10, name="margaret")
    rare = await make_person(storage, alias="nobody", first="Margarethe", last="Zu", followers=0)
    assert [user.id for user in await search(storage, "margaret zu")] == [rare.id]


async def test_accounts_stored_before_search_existed_are_completed(storage: Storage, world: World) -> None:
    old, followed, new = await world.make_user("old"), await world.make_user("followed"), await world.make_user("new")
    users = storage.mongo.collection("users")
    before = {"$unset": {"search_words": "", "search_rank": ""}}
    await users.update_many({"_id": {"$in": [old.id, followed.id]}}, before)
    await world.follow(old, new)
    await world.follow(new, followed)
    assert [user.id for user in await search(storage, "test")] == [new.id]

    for _ in range(2):
        await storage.search.complete()
        found = await search(storage, "test")
        assert {user.id for user in found[:2]} == {followed.id, new.id}
        assert found[2].id == old.id
        assert await users.count_documents({"search_words": None}) == 0
