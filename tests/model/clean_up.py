"""The programs that delete entries: the trim, and the removal of stale entries.

`forget` and `clean` are atomic: the edge or post is missing at the moment of the delete. A MongoDB transaction by
itself is not: it deletes by a snapshot, and a concurrent insert of the edge or post does not conflict with it. It is
atomic if it also writes the missing document, or one that it relies on ("guard").
"""

from typing import NamedTuple

from tests.model import reads, writes
from tests.model.rules import Rules
from tests.model.store import Edge, Program, Run, Store, do

Births = tuple[tuple[int, int | None], ...]  # author of the post; None if the post is missing


class Snapshot(NamedTuple):
    rows: tuple[tuple[int, int], ...]  # (reader, post) of the entries to delete
    births: Births
    edge: Edge | None  # the missing key


def trim(run: Run, reader: int, keep: int) -> Program:
    floor = yield do(reads.find_floor, reader)
    oldest_kept = yield do(reads.nth_newest_entry, reader, floor, keep)
    if oldest_kept is None:
        return
    if run.rules.floor_before_delete:
        yield do(writes.raise_floor, reader, oldest_kept)
    while (yield do(writes.delete_entry_below, reader, oldest_kept)):  # ends: each pass deletes one
        pass
    if not run.rules.floor_before_delete:
        yield do(writes.raise_floor, reader, oldest_kept)


def forget(run: Run, reader: int, author: str) -> Program:
    """If the reader does not follow the author, delete the entries that only such a follow could show."""
    edge = (reader, author)
    if not run.rules.forget_at_once:
        if (yield do(reads.find_edge, edge)) is None:
            yield do(delete_of_author, edge)
    elif run.rules.one_instant:
        yield do(forget_at_once, edge)
    elif snapshot := (yield do(look_at_author, edge)):
        yield do(commit, snapshot)


def clean(run: Run, post: int) -> Program:
    """If the post is missing, delete its entries in all feeds."""
    if not run.rules.clean_at_once:
        if not (yield do(exists, post)):
            yield do(delete_of_post, post)
    elif run.rules.one_instant:
        yield do(clean_at_once, post)
    elif snapshot := (yield do(look_at_post, post)):
        yield do(commit, snapshot)


# -- the actions ------------------------------------------------------------------------------------------------------


def look_at_author(store: Store, rules: Rules, edge: Edge) -> Snapshot | None:
    """Return the entries with this author, except those whose post now belongs to another author."""
    if edge in store.edges:
        return None
    rows = tuple(
        (owner, number)
        for (owner, number), remembered in sorted(store.entries.items())
        if (owner, remembered) == edge and (number not in store.posts or store.posts[number].author == remembered)
    )
    return Snapshot(rows, tuple((number, _birth(store, number)) for _, number in rows), edge) if rows else None


def look_at_post(store: Store, rules: Rules, post: int) -> Snapshot | None:
    rows = tuple(row for row in sorted(store.entries) if row[1] == post)
    return Snapshot(rows, ((post, None),), None) if rows and post not in store.posts else None


def commit(store: Store, rules: Rules, snapshot: Snapshot) -> None:
    """Commit, or abort if another actor has written a document that the transaction writes, too."""
    if rules.guard_edge and snapshot.edge in store.edges:
        return
    if rules.guard_posts and any(_birth(store, number) != birth for number, birth in snapshot.births):
        return
    _delete(store, snapshot.rows)


def forget_at_once(store: Store, rules: Rules, edge: Edge) -> None:
    if snapshot := look_at_author(store, rules, edge):
        _delete(store, snapshot.rows)


def clean_at_once(store: Store, rules: Rules, post: int) -> None:
    if snapshot := look_at_post(store, rules, post):
        _delete(store, snapshot.rows)


def exists(store: Store, rules: Rules, post: int) -> bool:
    return post in store.posts


def delete_of_author(store: Store, rules: Rules, edge: Edge) -> None:
    _delete(store, tuple((owner, post) for (owner, post), author in store.entries.items() if (owner, author) == edge))


def delete_of_post(store: Store, rules: Rules, post: int) -> None:
    _delete(store, tuple(row for row in store.entries if row[1] == post))


def _delete(store: Store, rows: tuple[tuple[int, int], ...]) -> None:
    for row in rows:
        writes.delete_entry(store, row)


def _birth(store: Store, post: int) -> int | None:
    found = store.posts.get(post)
    return found.birth if found else None
