"""Rereads the followees of connected viewers after an announcement and after a gap."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from time import monotonic
from typing import Any

from domain.records import Follow
from live.publisher import MOST_LATE_S
from live.subscribers import Subscribers
from live.viewer import ConnectedViewer
from storage import DatabaseError
from storage.follows import Follows
from storage.relations import Relations

READERS = 4  # concurrent reads after a gap
READ_WITHIN_S = 10.0
READ_AGAIN_AFTER_S = 1.0
ANNOUNCED_WITHIN_S = MOST_LATE_S + 5.0


class Followees:
    """Reads followees in background tasks, which `begin` starts.

    If the followees of a viewer cannot be read for `give_up_after_s` seconds, its subscriptions are interrupted.
    """

    def __init__(
        self,
        follows: Follows,
        relations: Relations,
        subscribers: Subscribers,
        *,
        begin: Callable[[Coroutine[Any, Any, None]], object],
        give_up_after_s: float,
    ) -> None:
        self._follows = follows
        self._relations = relations
        self._subscribers = subscribers
        self._begin = begin
        self._give_up_after_s = give_up_after_s
        self._to_read: Iterator[ConnectedViewer] = iter(())

    def read_soon(self, viewer: ConnectedViewer) -> None:
        if not viewer.is_reading and viewer.must_read:
            self._begin(self._read(viewer))

    def reread(self, since: float) -> None:
        """Reread the followees of all connected viewers, a few at a time. Changes since that time may be missed."""
        viewers = self._subscribers.viewers()
        for viewer in viewers:
            viewer.make_stale(since)
        self._to_read = iter(viewers)
        for _ in range(READERS):
            self._begin(self._read_each(self._to_read))

    async def _read_each(self, viewers: Iterator[ConnectedViewer]) -> None:
        for viewer in viewers:
            if viewers is not self._to_read:  # a newer gap has started another round
                return
            if not viewer.is_reading:
                await self._read(viewer)

    async def _read(self, viewer: ConnectedViewer) -> None:
        """Read one thing at a time for each viewer, so that the last read has the newest state."""
        viewer.is_reading, began = True, monotonic()
        try:
            while viewer.must_read:
                try:
                    async with asyncio.timeout(READ_WITHIN_S):
                        await self._read_once(viewer)
                except (DatabaseError, TimeoutError):
                    if not viewer.is_loaded or monotonic() - began > self._give_up_after_s:
                        self._subscribers.interrupt_viewer(viewer)
                        return
                    await asyncio.sleep(READ_AGAIN_AFTER_S)
        finally:
            viewer.is_reading = False

    async def _read_once(self, viewer: ConnectedViewer) -> None:
        """Read all followees if they may be stale, otherwise one edge that is unsure."""
        if (since := viewer.stale_since) is not None:
            viewer.stale_since = None
            try:
                followees = await self._wanted_followees(viewer)
            except BaseException:
                viewer.make_stale(since)
                raise
            self._subscribers.load(viewer, followees, stale_since=since)
            return
        followee = viewer.unsure.pop()
        try:
            edge = await self._find_wanted_edge(viewer.number, followee)
        except BaseException:
            viewer.unsure.add(followee)
            raise
        if edge and followee not in viewer.unsure and not self._subscribers.join(viewer, followee, edge=edge.id):
            self._begin(self._wait(viewer, followee))

    async def _wanted_followees(self, viewer: ConnectedViewer) -> Sequence[int]:
        """Return the followees without those who are hidden, or out of the feed."""
        followees = await self._follows.all_followees(viewer.number)
        wanted = await self._relations.wanted_among(viewer.number, followees)
        hides_some = len(wanted) < len(followees)
        viewer.mute_ends = await self._relations.first_mute_end(viewer.number) if hides_some else None
        return wanted

    async def _find_wanted_edge(self, viewer: int, followee: int) -> Follow | None:
        edge = await self._follows.find_edge(follower=viewer, followee=followee)
        return edge if edge and await self._relations.wanted_among(viewer, [followee]) else None

    async def _wait(self, viewer: ConnectedViewer, followee: int) -> None:
        """Wait until the announcement of the edge, or a gap instead of it, must have arrived."""
        await asyncio.sleep(ANNOUNCED_WITHIN_S)
        self._subscribers.wait_no_longer(viewer, followee)
        self.read_soon(viewer)
