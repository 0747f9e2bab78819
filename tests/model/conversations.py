"""The programs of replies, reposts, mutes, blocks and follow options, and their actions on the storage.

They change the base data of feeds and no entry. The requests that race with a follow in production are tested on the
real storage (`tests/resolvers/test_blocks_and_follows.py`): no feed depends on which of them wins.
"""

from tests.model import writes
from tests.model.rules import Rules
from tests.model.store import (
    BLOCK,
    BLOCKED,
    BLOCKED_BY,
    MUTE,
    Blocked,
    Edge,
    Options,
    Post,
    Program,
    Relation,
    Run,
    Store,
    do,
)


def create_reply(run: Run, post: int, author: str, answers: str) -> Program:
    yield do(writes.insert_post, post, author, run.number, answers)


def create_repost(run: Run, post: int, author: str, of: int) -> Program:
    """Repost a post. If it is deleted meanwhile, the repost finds that out or the deletion finds the repost."""
    if (yield do(insert_repost, post, author, of, run.number)) and not (yield do(is_original, of)):
        yield do(delete_repost, post, of)


def remove_reposts(run: Run, of: int) -> Program:
    """Delete the reposts of a deleted post one by one."""
    if not (yield do(is_original, of)):
        while (yield do(delete_any_repost, of)):  # ends: each pass deletes one
            pass


def mute(run: Run, reader: int, other: str) -> Program:
    yield from _relate(run, reader, other, MUTE)


def unmute(run: Run, reader: int, other: str) -> Program:
    yield do(delete_relation, (reader, other, MUTE))


def mute_for_a_while(run: Run, reader: int, other: str) -> Program:
    yield from mute(run, reader, other)
    yield from unmute(run, reader, other)


def block(run: Run, reader: int, other: str) -> Program:
    """Block an account. The block stands before the edge is deleted."""
    yield from _relate(run, reader, other, BLOCK)
    yield do(writes.delete_edge, (reader, other))


def unblock(run: Run, reader: int, other: str) -> Program:
    yield do(delete_relation, (reader, other, BLOCK))


def be_blocked(run: Run, reader: int, other: str) -> Program:
    """Another account blocks the reader, and may unblock it."""
    yield from _relate(run, reader, other, BLOCKED_BY)
    yield do(delete_relation, (reader, other, BLOCKED_BY))


def choose(run: Run, reader: int, author: str, options: Options) -> Program:
    if run.rules.hint_with_relation:
        yield do(set_options, (reader, author), options)
    else:
        yield do(set_options, (reader, author), options, False)
        yield do(set_hint, reader)


def _relate(run: Run, reader: int, other: str, kind: str) -> Program:
    if run.rules.hint_with_relation:
        yield do(insert_relation, (reader, other, kind))
    else:
        yield do(insert_relation, (reader, other, kind), False)
        yield do(set_hint, reader)


# -- the actions ------------------------------------------------------------------------------------------------------


def insert_repost(store: Store, rules: Rules, post: int, author: str, of: int, birth: int) -> bool | Blocked:
    """Return whether it is inserted: above its original, and once for each author. Blocked if there is none."""
    original = store.posts.get(of)
    if original is None or original.of is not None:
        return BLOCKED
    is_repeated = any((found.of, found.author) == (of, author) for found in store.posts.values())
    if post in store.posts or post <= of or is_repeated:
        return False
    store.posts[post] = Post(author, birth, of=of, of_author=original.author)
    return True


def is_original(store: Store, rules: Rules, post: int) -> bool:
    return post in store.posts and store.posts[post].of is None


def delete_repost(store: Store, rules: Rules, post: int, of: int) -> None:
    if post in store.posts and store.posts[post].of == of:
        del store.posts[post]


def delete_any_repost(store: Store, rules: Rules, of: int) -> bool:
    found = [number for number, post in sorted(store.posts.items()) if post.of == of]
    if found:
        del store.posts[found[0]]
    return bool(found)


def insert_relation(store: Store, rules: Rules, relation: Relation, hints: bool = True) -> None:
    store.relations |= {relation}
    if hints:
        set_hint(store, rules, relation[0])


def delete_relation(store: Store, rules: Rules, relation: Relation) -> None:
    store.relations -= {relation}


def set_options(store: Store, rules: Rules, edge: Edge, options: Options, hints: bool = True) -> None:
    if edge not in store.edges:
        return
    store.options[edge] = options
    if hints:
        set_hint(store, rules, edge[0])


def set_hint(store: Store, rules: Rules, reader: int) -> None:
    store.has_relations |= {reader}
