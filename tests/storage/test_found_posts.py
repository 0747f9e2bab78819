"""What MongoDB examines for a page of a tag or of a search grows with the page, and not with the posts."""

import pytest

from domain.pages import PageRequest
from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewPost
from storage.post_search import COUNTED, LOOKED_AT, LOOKED_AT_PER_POST
from tests.commands import Commands, explain
from tests.world import World

POSTS = 3_000


async def make_texts(world: World, texts: list[str]) -> list[int]:
    """Insert a post for each text. Return the ids, the oldest first."""
    author = await world.make_user()
    rows = [NewPost(world.storage.users.draw_id(), author.id, text) for text in texts]
    assert await Maintenance(world.storage).bulk.insert_posts(rows) == len(rows)
    return sorted(row.id for row in rows)


async def test_a_page_of_tags_examines_a_few_keys_for_each_of_its_posts(
    storage: Storage, world: World, commands: Commands
) -> None:
    texts = [
        f"#common {'#third' if number % 3 == 0 else ''} {'#rare' if number == 7 else ''}" for number in range(POSTS)
    ]
    posts = await make_texts(world, texts)

    with commands.during() as sent:
        common = await storage.tags.page(["common"], PageRequest(20, posts[2_000]))
        both = await storage.tags.page(["common", "third", "rare", "none"], PageRequest(20))
        rare = await storage.tags.page(["rare"], PageRequest(20))
        none = await storage.tags.page(["none"], PageRequest(20))

    assert [post.id for post in common.items] == posts[1_999:1_979:-1]
    assert [post.id for post in both.items] == posts[:-21:-1]
    assert [post.id for post in rare.items] == [posts[7]]
    assert none.items == []
    plans = [await explain(storage, command) for command in sent]
    assert [plan.documents for plan in plans] == [21, 21, 1, 0]
    assert [plan.keys <= most for plan, most in zip(plans, (21, 34, 2, 1), strict=True)] == [True] * 4
    assert not any({"SORT", "COLLSCAN"} & plan.stages for plan in plans)


async def test_a_search_examines_a_bounded_number_of_keys_and_begins_with_the_rarest_word(
    storage: Storage, world: World, commands: Commands
) -> None:
    texts = [f"the {'common' if number % 2 else 'other'} {'rare' if number < 3 else ''}" for number in range(POSTS)]
    posts = await make_texts(world, texts)

    with commands.during() as sent:
        one = await storage.post_search.page(["the"], PageRequest(20))
        words = await storage.post_search.rarest_first(["the", "common", "rare"])
        rare = await storage.post_search.page(words, PageRequest(20))
        common = await storage.post_search.page(["the", "common"], PageRequest(20))
        never = await storage.post_search.page(["common", "other"], PageRequest(500))

    assert words[0] == "rare"
    assert [post.id for post in one.items] == posts[:-21:-1]
    assert [post.id for post in rare.items] == [posts[1]]
    assert [post.id for post in common.items] == posts[:-41:-2]
    assert (never.items, never.has_next) == ([], True)
    of_one, *counts, of_rare, rare_post, of_common, common_posts, of_never = [
        await explain(storage, command) for command in sent
    ]
    assert of_one.keys <= 21
    assert [count.keys <= most for count, most in zip(counts, (COUNTED, COUNTED, 4), strict=True)] == [True] * 3
    assert sum(count.documents for count in counts) == 0
    assert (of_rare.keys, rare_post.keys) == (3, 1)
    assert of_common.keys <= 20 * LOOKED_AT_PER_POST
    assert common_posts.documents == 20
    assert of_never.keys <= LOOKED_AT
    assert not any({"SORT", "COLLSCAN"} & plan.stages for plan in (of_one, *counts, of_rare, of_common, of_never))


@pytest.mark.parametrize("words", [["a"], ["a", "b"]])
async def test_a_page_of_a_search_tells_where_the_next_one_begins(world: World, words: list[str]) -> None:
    posts = await make_texts(world, ["a b", "a b", "a", "a b", "a b"])
    search, expected = world.storage.post_search, [post for post in posts if words == ["a"] or post != posts[2]]
    first = await search.page(words, PageRequest(2))
    assert ([post.id for post in first.items], first.has_next) == (expected[:-3:-1], True)
    rest = await search.page(words, PageRequest(9, first.items[-1].id))
    assert ([post.id for post in rest.items], rest.has_next, rest.end) == (expected[-3::-1], False, None)
