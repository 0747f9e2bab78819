"""The feed as `storage/feed/pages.py` reads it, and the feed of the oracle."""

from tests.model.rules import Rules
from tests.model.store import NEVER, Store
from tests.waiting import bounded

PAGE_SIZES = (1, 2)
SLACK = 1  # entries beyond a page; smaller than in production, so that worlds exceed it


def oracle(store: Store, reader: int) -> list[int]:
    """Return the live posts of the reader's current followees, newest first."""
    return sorted(
        (number for number, post in store.posts.items() if (reader, post.author) in store.edges), reverse=True
    )


def whole_feed(store: Store, rules: Rules, reader: int) -> list[int]:
    """Return the union of the sources over all ids."""
    floor = store.floors.get(reader, 0)
    entries = {post for owner, post in store.entries if owner == reader and post >= floor}
    kept = {post for post in entries if _is_followed(store, rules, reader, post)}
    for number, post in store.posts.items():
        push_from = store.edges.get((reader, post.author))
        if push_from is not None and (number < push_from or post.in_flight or number < floor):
            kept.add(number)
    return sorted(kept, reverse=True)


def page(store: Store, rules: Rules, reader: int, first: int, before: int) -> tuple[list[int], bool]:
    """Return one page and whether there is a next one. Reads ranges downwards until the page is full."""
    floor = store.floors.get(reader, 0)
    wanted = first + 1
    limit = wanted + SLACK
    found: list[int] = []
    while before > floor and len(found) < wanted:
        entries = sorted((p for owner, p in store.entries if owner == reader and floor <= p < before), reverse=True)
        low = entries[limit - 1] if len(entries) >= limit else floor
        found += _between(store, rules, reader, low, before, entries[:limit], wanted - len(found))
        before = low
    if before > 0 and len(found) < wanted:
        found += _newest_by(store, reader, 0, before, above=-1)[: wanted - len(found)]
    return found[:first], len(found) > first


def all_pages(store: Store, rules: Rules, reader: int, first: int) -> list[int]:
    """Return the posts of all pages."""
    found, has_next = page(store, rules, reader, first, NEVER)
    for _ in bounded():
        if not has_next:
            break
        items, has_next = page(store, rules, reader, first, found[-1])
        found += items
    return found


def wrong(store: Store, rules: Rules) -> str | None:
    """Return what is wrong with the feeds or with the delivery that an author sees."""
    for reader in {reader for reader, _ in store.edges} | {reader for reader, _ in store.entries}:
        truth = oracle(store, reader)
        read = whole_feed(store, rules, reader)
        if read != truth:
            lost, extra = sorted(set(truth) - set(read)), sorted(set(read) - set(truth))
            return f"feed of {reader}:" + f" lost {lost}" * bool(lost) + f" extra {extra}" * bool(extra)
        for first in PAGE_SIZES:
            if (pages := all_pages(store, rules, reader, first)) != truth:
                return f"pages of {first} of {reader}: {pages} for {truth}"
    for number, post in store.posts.items():
        if not post.in_flight and (post.ledger or post.delivered != post.targets):
            return f"post {number} is complete with {post.delivered} of {post.targets} delivered"
    return None


def _between(
    store: Store, rules: Rules, reader: int, low: int, before: int, entries: list[int], wanted: int
) -> list[int]:
    kept = {post for post in entries if _is_followed(store, rules, reader, post)}
    kept.update(
        number
        for number, post in store.posts.items()
        if post.in_flight and low <= number < before and (reader, post.author) in store.edges
    )
    kept.update(_newest_by(store, reader, low, before, above=low)[:wanted])
    return sorted(kept, reverse=True)


def _newest_by(store: Store, reader: int, low: int, before: int, *, above: int) -> list[int]:
    """Return posts in [low, before) of followees whose watermark is above `low`."""
    return sorted(
        (
            number
            for number, post in store.posts.items()
            if low <= number < before and store.edges.get((reader, post.author), -1) > above
        ),
        reverse=True,
    )


def _is_followed(store: Store, rules: Rules, reader: int, entry: int) -> bool:
    post = store.posts.get(entry)
    return (
        post is not None
        and (reader, post.author if rules.join_on_post else store.entries[reader, entry]) in store.edges
    )
