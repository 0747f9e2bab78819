"""The notifications of an account: a view of posts, likes, reposts and follows. `domain.notifications` defines it."""

from domain.notifications import ALL_KINDS, BEFORE_ALL, NotificationPage, NotificationRequest
from storage.mongo import ClientSession, Mongo
from storage.notification_reading import MARKER, Reading, Walk
from storage.notified_groups import Group
from storage.retries import retry_snapshot
from storage.viewpoints import Viewpoints


class Notifications:
    def __init__(self, mongo: Mongo, viewpoints: Viewpoints) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        self._viewpoints = viewpoints

    @retry_snapshot
    async def page(self, viewer: int, request: NotificationRequest) -> NotificationPage:
        """Return a page of the viewer's notifications, the newest first, with what else was asked for."""
        async with self._mongo.snapshot() as snapshot:
            reading = await self._begin(viewer, snapshot)
            walk = Walk(reading, request.kinds, request.below)
            await walk.read_on(request.first + 1)
            shown = walk.found[: request.first]
            await reading.complete([row for row in shown if isinstance(row, Group)], request)
            has_more = len(walk.found) > request.first
            unread = marker = 0
            if request.wants_unread:
                is_from_the_start = request.kinds == ALL_KINDS and request.below == BEFORE_ALL
                unread = await reading.count_unread(walk if is_from_the_start else None)
            if request.wants_marker:
                marker = await reading.newest_act()
            return NotificationPage(
                items=[reading.to_notification(row, request) for row in shown],
                has_next=has_more or not walk.is_at_end,
                end=None if has_more or walk.is_at_end else walk.below,
                unread=unread,
                marker=marker,
            )

    @retry_snapshot
    async def count_unread(self, viewer: int) -> int:
        """Return how many notifications of all kinds the viewer has not read, at most MAX_UNREAD."""
        async with self._mongo.snapshot() as snapshot:
            reading = await self._begin(viewer, snapshot)
            return await reading.count_unread()

    async def mark_read(self, viewer: int, marker: int) -> None:
        """Note that the viewer has read up to the act. A lower one changes nothing."""
        await self._users.update_one({"_id": viewer}, {"$max": {MARKER: marker}})

    async def _begin(self, viewer: int, snapshot: ClientSession) -> Reading:
        known = {MARKER: 1, "has_relations": 1}
        account = await self._users.find_one({"_id": viewer}, known, session=snapshot) or {}
        return Reading(self._mongo, self._viewpoints, viewer, snapshot, account)
