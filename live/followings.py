"""Compact sets of followees, and a compact index from authors to their connected followers.

A followee takes 8 bytes in a sorted array and about 20 bytes in the index. Python's sets and dicts take 190 bytes.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

MOST_PER_BUCKET = 64  # on average; scanning an array of this size takes about a microsecond
FIRST_BUCKETS = 64  # a power of two


class IntegerSet:
    """A set of 64-bit integers, stored as a sorted array."""

    __slots__ = ("_sorted",)

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._sorted = array("q", sorted(numbers))

    def __contains__(self, number: int) -> bool:
        place = bisect_left(self._sorted, number)
        return place < len(self._sorted) and self._sorted[place] == number

    def __iter__(self) -> Iterator[int]:
        return iter(self._sorted)

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, number: int) -> None:
        place = bisect_left(self._sorted, number)
        if place == len(self._sorted) or self._sorted[place] != number:
            self._sorted.insert(place, number)

    def discard(self, number: int) -> None:
        place = bisect_left(self._sorted, number)
        if place < len(self._sorted) and self._sorted[place] == number:
            del self._sorted[place]

    def difference(self, other: "IntegerSet") -> "IntegerSet":
        """Return the numbers that the other set lacks."""
        return IntegerSet(set(self._sorted).difference(other))


class FollowerIndex:
    """Finds the connected followers of an author.

    It is a hash table; each bucket has an array of authors and of viewers.
    """

    def __init__(self) -> None:
        self._pairs = 0
        self._buckets = _buckets(FIRST_BUCKETS)

    def __len__(self) -> int:
        return self._pairs

    def viewers_of(self, author: int) -> list[int]:
        authors, viewers = self._bucket(author)
        return [viewers[place] for place in _places(authors, author)]

    def add(self, author: int, viewer: int) -> None:
        """Add a pair that is not in the index yet."""
        if self._pairs >= MOST_PER_BUCKET * len(self._buckets):
            self._grow()
        authors, viewers = self._bucket(author)
        authors.append(author)
        viewers.append(viewer)
        self._pairs += 1

    def remove(self, author: int, viewer: int) -> None:
        """Remove a pair that is in the index."""
        authors, viewers = self._bucket(author)
        place = next(place for place in _places(authors, author) if viewers[place] == viewer)
        last_author, last_viewer = authors.pop(), viewers.pop()
        if place < len(authors):
            authors[place], viewers[place] = last_author, last_viewer
        self._pairs -= 1

    def _bucket(self, author: int) -> "tuple[array[int], array[int]]":
        return self._buckets[author & len(self._buckets) - 1]

    def _grow(self) -> None:
        """Double the number of buckets. The pairs of each bucket go to two buckets."""
        old, self._buckets = self._buckets, _buckets(2 * len(self._buckets))
        for authors, viewers in old:
            for author, viewer in zip(authors, viewers, strict=True):
                new_authors, new_viewers = self._bucket(author)
                new_authors.append(author)
                new_viewers.append(viewer)


def _buckets(number: int) -> "list[tuple[array[int], array[int]]]":
    return [(array("q"), array("q")) for _ in range(number)]


def _places(authors: "array[int]", author: int) -> Iterator[int]:
    place = -1
    for _ in range(authors.count(author)):
        place = authors.index(author, place + 1)
        yield place
