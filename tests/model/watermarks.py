"""The programs that change edges: follows, moves of policy, and tasks/materialise.py with its callers."""

from tests.model import reads, writes
from tests.model.fan_out import write_entries
from tests.model.oracle import only_shown
from tests.model.store import ANY_FILLING, FILLING, NEVER, Edge, Program, Run, do

WHOLE_STORY = 100  # more posts than any model has


def follow(run: Run, reader: int, author: str, drawn: int = 0) -> Program:
    """Follow an author. `drawn` is an id of this moment by some clock; only a broken protocol reads it."""
    if (yield do(reads.is_celebrity, author)):
        yield do(writes.insert_edge, (reader, author), NEVER)
    else:
        yield do(writes.insert_edge, (reader, author), run.token if run.rules.follow_fills else drawn)


def unfollow(run: Run, reader: int, author: str) -> Program:
    yield do(writes.delete_edge, (reader, author))


def follow_again(run: Run, reader: int, author: str) -> Program:
    yield from unfollow(run, reader, author)
    yield from follow(run, reader, author)


def stop_pushing(run: Run, of: int | str) -> Program:
    """Raise all edges of an author, or of a dormant reader."""
    for edge in (yield do(reads.pushed_edges, of)):
        yield do(writes.raise_edge, edge)


def promote(run: Run, author: str) -> Program:
    yield do(writes.set_celebrity, author, True)
    yield from stop_pushing(run, author)


def demote(run: Run, author: str, depth: int = WHOLE_STORY) -> Program:
    yield do(writes.set_celebrity, author, False)
    edges = yield do(reads.pulled_edges, author)
    yield from materialise(run, edges, NEVER, 0, depth)


def wake(run: Run, reader: int, depth: int = WHOLE_STORY) -> Program:
    """Wake a dormant reader."""
    edges = yield do(reads.pulled_edges, reader)
    floor = yield do(reads.find_floor, reader)
    yield from materialise(run, edges, NEVER, floor, depth)


def fill(run: Run, reader: int, depth: int = WHOLE_STORY) -> Program:
    """Fill all FILLING edges of the reader: new follows, and edges marked by other runs."""
    edges = yield do(reads.filling_edges, reader)
    floor = yield do(reads.find_floor, reader)
    yield from materialise(run, edges, ANY_FILLING, floor, depth)


def deepen(run: Run, reader: int, author: str, down_to: int) -> Program:
    """Lower an edge that is pushed already."""
    seen = yield do(reads.find_edge, (reader, author))
    if seen is not None and seen > down_to:
        yield from materialise(run, ((reader, author),), seen, down_to, WHOLE_STORY)


def materialise(run: Run, edges: tuple[Edge, ...], seen: int, down_to: int, depth: int) -> Program:
    rules, authors = run.rules, tuple({author: None for _, author in edges})
    posts = None
    if not rules.mark_first:
        posts = yield do(reads.newest_posts, authors, down_to, depth)
    goes_on = seen == ANY_FILLING and not rules.take_over
    goes_without = 0 <= seen < FILLING and not rules.always_mark
    mark = seen if goes_on or goes_without else run.token
    for edge in () if mark == seen else edges:
        yield do(writes.mark_filling, edge, seen, run.token)
    marked = yield do(reads.find_marked, edges, mark)
    if not marked:
        return
    if posts is None:
        authors = tuple({author: None for (_, author), _ in marked})
        posts = yield do(reads.newest_posts, authors, down_to, depth)
    rows = tuple((reader, post, author) for post, author in posts for (reader, a), _ in marked if a == author)
    to = posts[-1][0] if len(posts) == depth and rules.as_deep_as_read else down_to
    if not rules.fill_hidden:
        rows = yield do(only_shown, rows)
    if rules.fill_first and not (yield from write_entries(run, rows)):
        return
    for edge, token in marked:
        yield do(writes.lower, edge, token, to)
    if not rules.fill_first:
        yield from write_entries(run, rows)
