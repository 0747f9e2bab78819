"""The reads of the storage. Each is atomic."""

from tests.model.rules import Rules
from tests.model.store import ANY_FILLING, BLOCKED, NEVER, Blocked, Chunk, Edge, Place, PostInFlight, Store, is_filling


def find_flight(store: Store, rules: Rules, post: int) -> PostInFlight | None:
    found = store.posts.get(post)
    return PostInFlight(post, found.author, found.birth, found.ledger) if found and found.in_flight else None


def await_flight(store: Store, rules: Rules, post: int) -> PostInFlight | Blocked:
    """Read the post as a task does first. Blocked if it is not in flight, since the task would end without effect."""
    return find_flight(store, rules, post) or BLOCKED


def await_chunks(store: Store, rules: Rules, post: int, numbers: tuple[int, ...]) -> PostInFlight | Blocked:
    flight = find_flight(store, rules, post)
    return flight if flight and any(chunk.number in numbers for chunk in flight.ledger or ()) else BLOCKED


def is_celebrity(store: Store, rules: Rules, author: str) -> bool:
    return author in store.celebrities


def _pushed(store: Store, rules: Rules, author: str) -> list[Place]:
    return sorted(
        (0 if rules.follower_order else push_from, follower)
        for (follower, followee), push_from in store.edges.items()
        if followee == author and push_from < NEVER and (rules.push_to_filling or not is_filling(push_from))
    )


def next_pushed(store: Store, rules: Rules, author: str, after: Place) -> Place | None:
    """Return the end of the next chunk of one edge."""
    return next((place for place in _pushed(store, rules, author) if place > after), None)


def pushed_followers(store: Store, rules: Rules, author: str, chunk: Chunk) -> tuple[int, ...]:
    return tuple(
        follower for order, follower in _pushed(store, rules, author) if chunk.after < (order, follower) <= chunk.until
    )


def find_edge(store: Store, rules: Rules, edge: Edge) -> int | None:
    return store.edges.get(edge)


def pushed_edges(store: Store, rules: Rules, of: int | str) -> tuple[Edge, ...]:
    """Return the edges of a reader or of an author."""
    return tuple(sorted(edge for edge, push_from in store.edges.items() if of in edge and push_from < NEVER))


def pulled_edges(store: Store, rules: Rules, of: int | str) -> tuple[Edge, ...]:
    return tuple(sorted(edge for edge, push_from in store.edges.items() if of in edge and push_from == NEVER))


def filling_edges(store: Store, rules: Rules, of: int | str) -> tuple[Edge, ...]:
    return tuple(sorted(edge for edge, push_from in store.edges.items() if of in edge and is_filling(push_from)))


def find_marked(store: Store, rules: Rules, edges: tuple[Edge, ...], mark: int) -> tuple[tuple[Edge, int], ...]:
    """Return the edges with the mark, and their watermarks."""
    held = ((edge, store.edges.get(edge)) for edge in edges)
    return tuple((edge, push_from) for edge, push_from in held if push_from is not None and is_as(push_from, mark))


def is_as(push_from: int, seen: int) -> bool:
    return push_from == seen or (seen == ANY_FILLING and is_filling(push_from))


def newest_posts(
    store: Store, rules: Rules, authors: tuple[str, ...], down_to: int, depth: int
) -> tuple[tuple[int, str], ...]:
    """Return (post, author) of all the authors, newest first."""
    posts = ((number, post.author) for number, post in store.posts.items())
    return tuple(sorted(((p, a) for p, a in posts if a in authors and p >= down_to), reverse=True)[:depth])


def find_floor(store: Store, rules: Rules, reader: int) -> int:
    return store.floors.get(reader, 0)


def nth_newest_entry(store: Store, rules: Rules, reader: int, floor: int, nth: int) -> int | None:
    posts = sorted((post for owner, post in store.entries if owner == reader and post >= floor), reverse=True)
    return posts[nth - 1] if len(posts) >= nth else None
