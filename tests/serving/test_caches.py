"""No variation of requests makes the memory of a process grow without bound."""

import asyncio
import gc
import heapq
import logging
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from schema.build import DOCUMENTS
from schema.execution.documents import MAX_CHARACTERS, Documents, memory_of
from schema.graph import KEPT, User
from serving.remembered import MAX_TEXTS
from tests.client import Client, sign_up
from tests.soak.kinds import KINDS
from tests.world import World

WARM = 120  # after which caches bounded by a document are full
REMEMBERED = ("user agents", "accepted media types", "media types")  # of which MAX_TEXTS are kept
BATCH = 75
BLOCKS = BATCH  # bytes per request that a batch may leave; an entry with a new key takes at least twice as much
KNOWN = 20  # documents


@pytest.fixture(autouse=True)
def unrecorded() -> Iterator[None]:
    """Drop log records, which pytest keeps."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
async def warm(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Make the cache of documents so small that a batch replaces all."""
    monkeypatch.setattr(DOCUMENTS, "_known", Documents(max_documents=KNOWN)._known)
    await sign_up(world, "ann")
    return client


@pytest.mark.parametrize("kind", KINDS)
async def test_varied_requests_do_not_grow_the_memory(warm: Client, kind: str) -> None:
    make = KINDS[kind]
    left = []
    full = MAX_TEXTS + 1 if kind in REMEMBERED else WARM
    for first, number in ((0, full), (full, BATCH), (full + BATCH, BATCH), (full + 2 * BATCH, BATCH)):
        for place in range(first, first + number):
            await make(place).by(warm.http)
        drop_cancelled_timers()
        gc.collect()
        left.append(sys.getallocatedblocks())
    grown = [after - before for before, after in pairwise(left[1:])]
    assert min(grown) < BLOCKS, f"{kind}: {grown} blocks of memory in two batches of {BATCH} requests"
    check_bounds()


def drop_cancelled_timers() -> None:
    """asyncio keeps cancelled timers in its heap. uvloop, the loop of web processes, does not."""
    loop: Any = asyncio.get_running_loop()
    loop._scheduled = [timer for timer in loop._scheduled if not timer.cancelled()]
    heapq.heapify(loop._scheduled)
    loop._timer_cancelled_count = 0


def check_bounds() -> None:
    assert len(DOCUMENTS._known) <= KNOWN
    sizes = (max(len(text), MAX_CHARACTERS // KNOWN) for text in DOCUMENTS._known)
    assert sum(sizes) == DOCUMENTS._known.currsize <= MAX_CHARACTERS
    for text, known in DOCUMENTS._known.items():
        kept = memory_of(known.document)
        assert len(kept.get("prices", ())) <= len(known.document.definitions)
        if "compiled" in kept:
            assert len(kept["compiled"].objects) <= len(text)
    assert User._of.cache_info().currsize <= KEPT
