"""The programs of tasks/fan_out.py, and those that write and delete posts.

A program yields its steps one by one and may be abandoned between two of them.
"""

from collections.abc import Generator

from tests.model import reads, writes
from tests.model.oracle import only_shown
from tests.model.store import FIRST, LAST, Chunk, PostInFlight, Program, Row, Run, Step, do


def create_post(run: Run, post: int, author: str) -> Program:
    """Insert a post. Its id may have been drawn at any time."""
    yield do(writes.insert_post, post, author, run.number)


def delete_post(run: Run, post: int) -> Program:
    yield do(writes.delete_post, post)


def start(run: Run, post: int) -> Program:
    stale = None
    if not run.rules.post_then_edges:
        stale = yield from _plan(run, "a", None)  # the author has not been read yet
    flight = yield do(reads.await_flight, post)
    yield from _start(run, flight, stale)


def deliver(run: Run, post: int, numbers: tuple[int, ...]) -> Program:
    flight = yield do(reads.await_chunks, post, numbers)
    yield from _deliver(run, flight, tuple(chunk for chunk in flight.ledger if chunk.number in numbers))


def sweep(run: Run, post: int) -> Program:
    """The sweep for one post, and the tasks that it sends."""
    flight = yield do(reads.await_flight, post)
    if flight.ledger is None and run.rules.absent_is_not_empty:
        yield from _start(run, flight, None)
        flight = yield do(reads.find_flight, post)
    if flight is None:
        return
    if flight.ledger:
        yield from _deliver(run, flight, flight.ledger)
    elif not run.rules.absent_is_not_empty:
        yield do(writes.complete, flight)


def _start(run: Run, flight: PostInFlight, plan: tuple[Chunk, ...] | None) -> Program:
    found: PostInFlight | None = flight
    if flight.ledger is None:
        if not run.rules.ask_the_edges and (yield do(reads.is_celebrity, flight.author)):
            plan = ()
        elif plan is None:
            plan = yield from _plan(run, flight.author, flight)
        if run.rules.ledger_whole or not plan:
            yield do(writes.write_ledger, flight, plan)
        found = yield do(reads.find_flight, flight.post)
    if found and found.ledger and len(found.ledger) == 1:
        yield from _deliver(run, found, found.ledger)


def _plan(run: Run, author: str, flight: PostInFlight | None) -> Generator[Step, object, tuple[Chunk, ...]]:
    """Plan chunks of one pushed edge each, which together cover all followers."""
    chunks: list[Chunk] = []
    after = FIRST
    while isinstance(until := (yield do(reads.next_pushed, author, after)), tuple):  # ends: followers ascend
        chunks.append(Chunk(len(chunks), after, until, 1))
        after = until
        if flight and not run.rules.ledger_whole:
            yield do(writes.add_chunk, flight, chunks[-1])
    if chunks:
        chunks[-1] = chunks[-1]._replace(until=LAST)
    return tuple(chunks)


def _deliver(run: Run, flight: PostInFlight, chunks: tuple[Chunk, ...]) -> Program:
    for chunk in chunks:
        followers = yield do(reads.pushed_followers, flight.author, chunk)
        rows = tuple((follower, flight.post, flight.author) for follower in followers)
        if not run.rules.push_hidden:
            rows = yield do(only_shown, rows)
        if not run.rules.entries_before_strike:
            yield do(writes.strike, flight, chunk)
        if not (yield from write_entries(run, rows)):
            return
        if run.rules.entries_before_strike:
            yield do(writes.strike, flight, chunk)
        if not run.rules.complete_in_strike:
            yield do(writes.complete, flight)


def write_entries(run: Run, rows: tuple[Row, ...]) -> Generator[Step, object, bool]:
    """Return whether a majority has all entries, if the rules check that. If not, the task fails."""
    volatile: list[Row] = []
    for row in rows:
        outcome = yield do(writes.insert_entry, row)
        if outcome == writes.EXCEPTION_HANDLERS and run.rules.heed_errors:
            return False
        if outcome == writes.VOLATILE and run.rules.majority:
            volatile.append(row)
    for row in volatile:
        if not (yield do(writes.acknowledge, row)):
            return False
    return True
