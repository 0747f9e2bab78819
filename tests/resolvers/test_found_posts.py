"""Tag pages and searches hold what plain recomputation over all texts finds, for each viewer, in pages of any size."""

import random
from collections.abc import Iterator
from functools import partial

import pytest

from domain.errors import BadUserInput
from domain.pages import PageRequest
from domain.records import Page, Post, User
from domain.relations import RelationKind
from resolvers import post_search, tags
from resolvers.context import Context
from resolvers.services import Services
from storage import Storage
from tests.contexts import services_on
from tests.conversations import block, relate, unrelate
from tests.finding import QUERIES, TAGS, Pages, having, live_posts, some_text, tagged
from tests.world import World

WORLDS = 16
EVENTS = 40
SIZES = (1, 2, 3, 50)


@pytest.fixture
def services(storage: Storage) -> Iterator[Services]:
    with services_on(storage) as made:
        yield made


def small_bounds(patch: pytest.MonkeyPatch) -> None:
    """Let searches of a few posts be short pages."""
    patch.setattr("storage.post_search.LOOKED_AT", 3)
    patch.setattr("storage.post_search.COUNTED", 4)
    patch.setattr("resolvers.visibility.FIRST_REFILL", 2)
    patch.setattr("resolvers.visibility.REFILL", 4)
    patch.setattr("resolvers.visibility.MOST_READ", 9)


async def hidden_from(storage: Storage, viewer: User | None) -> set[int]:
    if viewer is None:
        return set()
    return {row["other"] async for row in storage.mongo.collection("relations").find({"reader": viewer.id})}


async def write_something(world: World, rng: random.Random, people: list[User], posts: list[tuple[User, Post]]) -> None:
    author, other = rng.sample(people, 2)
    match rng.randrange(8):
        case 0 if posts:
            by, post = posts.pop(rng.randrange(len(posts)))
            await world.storage.posts.delete_post(post.id, author=by.id)
        case 1:
            await unrelate(world.storage, author, other)
            await unrelate(world.storage, other, author)
            await (block if rng.random() < 0.4 else partial(relate, kind=RelationKind.MUTE))(
                world.storage, author, other
            )
        case 2:
            await unrelate(world.storage, author, other)
            await unrelate(world.storage, other, author)
        case 3 if posts:
            await world.storage.reposts.repost(author.id, rng.choice(posts)[1])
        case _:
            posts.append((author, await world.post(author, some_text(rng))))


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_lists_of_found_posts_equal_recomputation(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    small_bounds(monkeypatch)
    rng = random.Random(seed)
    people = await world.make_users(4)
    posts: list[tuple[User, Post]] = []
    for number in range(EVENTS):
        await write_something(world, rng, people, posts)
        if number % 5 and number != EVENTS - 1:
            continue
        viewer = rng.choice([*people, None])
        truth = await live_posts(world.storage, without=await hidden_from(world.storage, viewer))
        context = Context(services=services, since=0, viewer=viewer.id if viewer else None)
        for asked, wanted in TAGS.items():
            pages = Pages(rng.choice(SIZES))
            assert await pages.read(partial(tags.tagged, context, asked)) == tagged(truth, wanted), asked
        for query, words in QUERIES.items():
            pages = Pages(rng.choice(SIZES))
            assert await pages.read(partial(post_search.search, context, query)) == having(truth, words), query


async def test_a_search_of_words_that_are_rarely_together_is_short_and_goes_on(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_bounds(monkeypatch)
    ann = await world.make_user()
    texts = ["the"] * 20 + ["the Rust"] + ["Rust"] * 30 + ["the"] * 20
    made = [await world.post(ann, text) for text in texts]
    pages = Pages(2)
    context = Context(services=services, since=0)
    assert await pages.read(partial(post_search.search, context, "the rust")) == [made[20].id]
    assert pages.short > 1


async def test_the_bounds_of_queries_and_tags_are_told(services: Services) -> None:
    context = Context(services=services, since=0)
    assert await post_search.search(context, " ?! ", PageRequest(5)) == Page([], has_next=False)
    assert await tags.tagged(context, ["", "#"], PageRequest(5)) == Page([], has_next=False)
    with pytest.raises(BadUserInput, match="at most 20 words"):
        await post_search.search(context, "日本語" * 10 + " " + " ".join("abcdefghijklmnopqrst"), PageRequest(5))
    with pytest.raises(BadUserInput, match="at most 10 tags"):
        await tags.tagged(context, [str(number) for number in range(11)], PageRequest(5))
