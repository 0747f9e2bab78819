"""Many posts with tags and words, written to the database as `createPost` stores them, but for their texts."""

import random
from collections.abc import Iterator
from itertools import accumulate

from domain.ids import RANDOM_BITS
from launch.embedded import Say
from storage import Storage, create_indexes
from storage.indexes import POSTS_TAGS, POSTS_WORDS
from storage.mongo import Document

VOCABULARY = 50_000  # words, each with a frequency that is the inverse of its rank
WORDS = 20  # of a post
FORMS = 20_000  # different sets of words
BATCH = 10_000  # posts of one write
RARE = 20  # posts
# Words and tags with known frequencies: of so many posts, one has it.
EACH = {"the": 2, "common": 3, "usual": 4, "middling": 100}


async def store(storage: Storage, author: int, posts: int, *, say: Say) -> None:
    """Store so many posts, a second apart, the newest of which is an hour old."""
    collection, rng = storage.mongo.collection("posts"), random.Random(1)
    for index in (POSTS_TAGS, POSTS_WORDS):  # to build them afterwards takes a fraction of the time
        await collection.drop_index(index)
    forms = [_words(rng) for _ in range(FORMS)]
    newest = storage.ids.draw() - (3_600_000 << RANDOM_BITS)
    for begin in range(0, posts, BATCH):
        rows = [
            {"_id": newest - ((posts - place) * 1_000 << RANDOM_BITS), "author": author, **_row(place, posts, forms)}
            for place in range(begin, min(begin + BATCH, posts))
        ]
        await collection.insert_many(rows, ordered=False)
        if begin % (10 * BATCH) == 0:
            say(f"{begin:,} of {posts:,} posts")
    say("building the indexes of tags and words")
    await create_indexes(storage.mongo)


def _words(rng: random.Random) -> list[str]:
    return list(dict.fromkeys(f"w{rank}" for rank in rng.choices(range(VOCABULARY), cum_weights=WEIGHTS, k=WORDS)))


WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))


def _row(place: int, posts: int, forms: list[list[str]]) -> Document:
    marks = list(_marks(place, posts))
    words = [*marks, *forms[place * 7919 % FORMS]]
    return {"text": " ".join([*(f"#{mark}" for mark in marks), *words]), "tags": marks, "words": words}


def _marks(place: int, posts: int) -> Iterator[str]:
    """Yield the words and tags with known frequencies. `odd` and `even` are never together."""
    yield "odd" if place % 2 else "even"
    yield from (mark for mark, each in EACH.items() if place % each == 0)
    if place % (posts // RARE) == 0:
        yield "rare"
