"""The writes of the storage. Each is atomic. A command for many documents is one write for each document."""

from tests.model.reads import is_as
from tests.model.rules import Rules
from tests.model.store import BLOCKED, NEVER, Blocked, Chunk, Edge, Post, PostInFlight, Row, Store

EXCEPTION_HANDLERS = "refused"
VOLATILE = "volatile"


# -- posts and their ledgers ------------------------------------------------------------------------------------------


def insert_post(store: Store, rules: Rules, post: int, author: str, birth: int, answers: str | None = None) -> None:
    if post not in store.posts:  # otherwise another id is drawn, which makes another post
        store.posts[post] = Post(author, birth, answers=answers)


def delete_post(store: Store, rules: Rules, post: int) -> Blocked | None:
    return None if store.posts.pop(post, None) else BLOCKED


def _read_before(store: Store, rules: Rules, flight: PostInFlight) -> Post | None:
    post = store.posts.get(flight.post)
    return post if post and (post.birth == flight.birth or not rules.same_post) else None


def write_ledger(store: Store, rules: Rules, flight: PostInFlight, ledger: tuple[Chunk, ...]) -> None:
    post = _read_before(store, rules, flight)
    if post is None or (rules.only_in_flight and not post.in_flight) or (rules.ledger_once and post.ledger is not None):
        return
    targets, in_flight = sum(chunk.size for chunk in ledger), post.in_flight and bool(ledger)
    store.posts[flight.post] = post._replace(in_flight=in_flight, ledger=ledger or None, targets=targets, delivered=0)


def add_chunk(store: Store, rules: Rules, flight: PostInFlight, chunk: Chunk) -> None:
    if post := _read_before(store, rules, flight):
        ledger = (*(post.ledger or ()), chunk)
        store.posts[flight.post] = post._replace(ledger=ledger, targets=post.targets + chunk.size)


def strike(store: Store, rules: Rules, flight: PostInFlight, chunk: Chunk) -> None:
    post = _read_before(store, rules, flight)
    if post is None or post.ledger is None:
        return
    left = tuple(each for each in post.ledger if each.number != chunk.number)
    if len(left) < len(post.ledger) or not rules.strike_if_there:
        in_flight = post.in_flight and not (rules.complete_in_strike and not left)
        delivered = post.delivered + chunk.size
        store.posts[flight.post] = post._replace(ledger=left, delivered=delivered, in_flight=in_flight)


def complete(store: Store, rules: Rules, flight: PostInFlight) -> None:
    post = store.posts.get(flight.post)
    if post and not post.ledger:
        store.posts[flight.post] = post._replace(in_flight=False)


# -- entries ----------------------------------------------------------------------------------------------------------


def insert_entry(store: Store, rules: Rules, row: Row) -> str | None:
    reader, post, author = row
    if store.is_refusing:
        return EXCEPTION_HANDLERS
    if (reader, post) not in store.entries:
        store.entries[reader, post] = author
        if store.has_replicas:
            store.volatile |= {(reader, post)}
    return VOLATILE if (reader, post) in store.volatile else None


def acknowledge(store: Store, rules: Rules, row: Row) -> bool | Blocked:
    """Return whether a majority has the entry. Blocked until it has, or until a fail-over has lost it.

    A trim may also have deleted the entry. Then the task fails needlessly, as any task may."""
    return BLOCKED if row[:2] in store.volatile else row[:2] in store.entries


def delete_entry_below(store: Store, rules: Rules, reader: int, floor: int) -> bool:
    """Delete one of them. Return whether there was one."""
    for owner, post in sorted(store.entries):
        if owner == reader and post < floor:
            delete_entry(store, (owner, post))
            return True
    return False


def delete_entry(store: Store, row: tuple[int, int]) -> None:
    store.entries.pop(row, None)
    store.volatile -= {row}


# -- edges, flags, floors ---------------------------------------------------------------------------------------------


def insert_edge(store: Store, rules: Rules, edge: Edge, push_from: int) -> None:
    store.edges.setdefault(edge, push_from)


def delete_edge(store: Store, rules: Rules, edge: Edge) -> None:
    store.edges.pop(edge, None)
    store.options.pop(edge, None)


def raise_edge(store: Store, rules: Rules, edge: Edge) -> None:
    if edge in store.edges:
        store.edges[edge] = NEVER


def mark_filling(store: Store, rules: Rules, edge: Edge, seen: int, token: int) -> None:
    if edge in store.edges and is_as(store.edges[edge], seen):
        store.edges[edge] = token


def lower(store: Store, rules: Rules, edge: Edge, token: int, to: int) -> None:
    if edge in store.edges and (store.edges[edge] == token or not rules.compare_token):
        store.edges[edge] = to


def set_celebrity(store: Store, rules: Rules, author: str, yes: bool) -> None:
    store.celebrities = store.celebrities | {author} if yes else store.celebrities - {author}


def raise_floor(store: Store, rules: Rules, reader: int, to: int) -> None:
    store.floors[reader] = max(store.floors.get(reader, 0), to) if rules.floor_rises else to


# -- the replica set --------------------------------------------------------------------------------------------------


def replicate(store: Store, rules: Rules) -> None:
    store.volatile = frozenset()


def fail_over(store: Store, rules: Rules) -> None:
    """Elect a primary that never received the volatile entries."""
    for row in store.volatile:
        delete_entry(store, row)


def refuse(store: Store, rules: Rules, yes: bool) -> None:
    store.is_refusing = yes
