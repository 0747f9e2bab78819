"""One read of an account's notifications, in one snapshot.

Each source gives its highest rows below a position, so the highest of all of them are the next ones of the list. Those
that are hidden or deleted are taken out afterwards, and the read goes on until the page is full.
"""

from collections.abc import Collection as Ids
from collections.abc import Iterable, Sequence

from domain.notifications import (
    ALL_KINDS,
    BEFORE_ALL,
    MAX_ACTORS,
    MAX_COUNT,
    MAX_UNREAD,
    POST_KINDS,
    Notification,
    NotificationKind,
    NotificationRequest,
    Position,
    is_unread,
    kind_of,
    newest_known,
    position_of_post,
)
from domain.records import Post
from storage.indexes import POSTS_NOTIFIES
from storage.mongo import ClientSession, Document, Mongo
from storage.notified_groups import LAYOUTS, Act, Group, NotifiedGroups
from storage.post_documents import NO_REPOST, VISIBLE, to_post
from storage.viewpoints import Viewpoints, to_viewpoint

NOTHING = 0  # an id below all others
FEW = 20  # rows that a count of unread ones reads first
SLACK = 5  # rows that a page reads beyond its size, because some may be hidden
REFILL = 200  # rows, if a page is not full
MOST_READ = 5_000  # rows; beyond it a page is short, and says where it stopped
MOST_ACTS = 5_000  # of one group, if most of them are by hidden accounts
FURTHER_ACTS = 5  # times as many are read of a group whose latest ones are by hidden accounts
ACCOUNTS = 1_000  # of whose relations one command asks
MARKER = "notifications_read_to"  # the field of an account

Row = Post | Group


class Reading:
    """One read of a viewer's notifications, in one snapshot. It remembers which accounts are hidden."""

    def __init__(
        self, mongo: Mongo, viewpoints: Viewpoints, viewer: int, snapshot: ClientSession, account: Document
    ) -> None:
        self._viewpoints = viewpoints
        self._viewer = viewer
        self._snapshot = snapshot
        self._marker = int(account.get(MARKER, 0))
        self._has_relations = bool(account.get("has_relations"))
        self._posts = mongo.collection("posts")
        self._sources = {layout.kind: NotifiedGroups(mongo, layout) for layout in LAYOUTS}
        self._asked: set[int] = set()
        self._hidden: set[int] = set()
        self._found: dict[int, Post] = {}  # the viewer's posts that groups are about
        self._counts: dict[Position, int] = {}
        self._newest: dict[NotificationKind, int] = {}  # the newest act of each kind, as far as it is known

    def position(self, row: Row) -> Position:
        return row.position if isinstance(row, Group) else position_of_post(self._viewer, row)

    def newest_visible(self, row: Row) -> int:
        """Return the id of the newest act of a row that is shown."""
        return self._visible(row)[0].at if isinstance(row, Group) else row.id

    # -- rows ---------------------------------------------------------------------------------------------------------

    async def rows(self, kinds: Ids[NotificationKind], *, below: Position, above: int, limit: int) -> list[Row]:
        """Return the `limit` highest rows below the position, the highest first, also those that are not shown.

        Those without an act above the id `above` may be left out.
        """
        found: list[Row] = []
        if POST_KINDS & set(kinds):
            found += await self._notifying(below=below, above=above, limit=limit)
        for kind, source in self._sources.items():
            if kind in kinds:
                found += await self._groups(source, below=below, above=above, limit=limit)
        return sorted(found, key=self.position, reverse=True)[:limit]

    async def shown(self, rows: Sequence[Row], kinds: Ids[NotificationKind]) -> list[Row]:
        """Return those of the rows that are notifications of the kinds, in their order."""
        groups = [row for row in rows if isinstance(row, Group)]
        posts = [row for row in rows if isinstance(row, Post)]
        await self._learn([*(act.actor for group in groups for act in group.acts), *(post.author for post in posts)])
        await self._read_visible(groups, 1)
        await self._find_posts({group.key.post for group in groups if group.key.post})
        return [row for row in rows if self._is_shown(row, kinds)]

    def _is_shown(self, row: Row, kinds: Ids[NotificationKind]) -> bool:
        if isinstance(row, Post):
            return row.author not in self._hidden and kind_of(self._viewer, row) in kinds
        return bool(self._visible(row)) and (row.key.post == 0 or row.key.post in self._found)

    async def _groups(self, source: NotifiedGroups, *, below: Position, above: int, limit: int) -> list[Group]:
        groups = await source.newest(self._viewer, below=below, above=above, limit=limit, session=self._snapshot)
        if below == BEFORE_ALL and source.kind not in self._newest:
            heads = [(group.key, group.acts[0].at) for group in groups]
            newest = newest_known(heads, are_all=len(groups) < limit and above == NOTHING)
            if newest is not None:
                self._newest[source.kind] = newest
        return groups

    async def _notifying(self, *, below: Position, above: int, limit: int) -> list[Row]:
        notifying = {"notifies": self._viewer, "_id": {"$gt": above, "$lte": below.place}}
        newest = self._posts.find(notifying, VISIBLE, session=self._snapshot).hint(POSTS_NOTIFIES).sort("_id", -1)
        rows = [to_post(row) async for row in newest.limit(limit + 1).batch_size(limit + 1)]
        return [post for post in rows if position_of_post(self._viewer, post) < below]

    async def _find_posts(self, numbers: set[int]) -> None:
        if missing := [*numbers - self._found.keys()]:
            found = self._posts.find({"_id": {"$in": missing}, **NO_REPOST}, VISIBLE, session=self._snapshot)
            self._found |= {row["_id"]: to_post(row) async for row in found.batch_size(len(missing) + 1)}

    # -- accounts -----------------------------------------------------------------------------------------------------

    def _visible(self, group: Group) -> list[Act]:
        return [act for act in group.acts if act.actor not in self._hidden]

    async def _learn(self, accounts: Iterable[int]) -> None:
        """Ask which of the accounts are hidden from the viewer, if any are."""
        if not self._has_relations:
            return
        new = [*set(accounts) - self._asked]
        self._asked.update(new)
        for place in range(0, len(new), ACCOUNTS):
            some = new[place : place + ACCOUNTS]
            relations = await self._viewpoints.relations(self._viewer, some, session=self._snapshot)
            view = to_viewpoint(self._viewer, [], relations)
            self._hidden.update(account for account in some if view.is_hidden(account))

    async def _read_visible(self, groups: Iterable[Group], wanted: int) -> None:
        """Read acts of the groups until each has so many visible ones, or no more, or MOST_ACTS are read of it."""
        most = wanted + SLACK
        while lacking := [group for group in groups if not self._has_visible(group, wanted)]:
            for kind, source in self._sources.items():
                some = [group for group in lacking if group.kind is kind and len(group.acts) < most]
                await source.read_acts(self._viewer, some, most=most, session=self._snapshot)
            await self._learn(act.actor for group in lacking for act in group.acts)
            if most == MOST_ACTS:
                return
            most = min(FURTHER_ACTS * most, MOST_ACTS)

    def _has_visible(self, group: Group, wanted: int) -> bool:
        return group.is_whole or len(self._visible(group)) >= wanted

    # -- what is asked for --------------------------------------------------------------------------------------------

    async def complete(self, groups: Sequence[Group], request: NotificationRequest) -> None:
        """Read what the groups of a page show."""
        if request.wants_counts and self._has_relations:
            await self._read_visible(groups, MAX_COUNT)
        elif request.wants_counts:
            for kind, source in self._sources.items():
                some = [group for group in groups if group.kind is kind and not group.is_whole]
                counted = await source.count_acts(self._viewer, some, most=MAX_COUNT, session=self._snapshot)
                self._counts |= {group.position: counted.get(group.key, 0) for group in some}
        if request.wants_actors:
            await self._read_visible(groups, MAX_ACTORS)

    def to_notification(self, row: Row, request: NotificationRequest) -> Notification:
        newest = self.newest_visible(row)
        unread = is_unread(newest, marker=self._marker)
        if isinstance(row, Post):
            return Notification(
                kind=kind_of(self._viewer, row),
                position=self.position(row),
                newest=newest,
                is_unread=unread,
                post=row,
            )
        visible = self._visible(row)
        return Notification(
            kind=row.kind,
            position=row.position,
            newest=newest,
            is_unread=unread,
            post=self._found.get(row.key.post),
            actors=[act.actor for act in visible[:MAX_ACTORS]] if request.wants_actors else (),
            count=self._counts.get(row.position, min(len(visible), MAX_COUNT)) if request.wants_counts else 0,
        )

    async def count_unread(self, walk: "Walk | None" = None) -> int:
        """Return how many of all notifications are unread. `walk` is one over all of them, from the newest on."""
        walk = walk or Walk(self, ALL_KINDS, BEFORE_ALL, above=self._marker)
        unread = place = 0
        while True:
            for row in walk.found[place:]:
                if self.position(row).place <= self._marker:  # no act of this one, or of a lower one, is above it
                    return unread
                unread += is_unread(self.newest_visible(row), marker=self._marker)
                if unread == MAX_UNREAD:
                    return unread
            place = len(walk.found)
            if walk.is_over or walk.below.place <= self._marker:
                return unread
            await walk.read_on(max(place + 1, FEW))

    async def newest_act(self) -> int:
        """Return the newest act of all that notifies the viewer, also if it is hidden. 0 if there is none."""
        posts = await self._notifying(below=BEFORE_ALL, above=NOTHING, limit=1)
        newest = [self.newest_visible(post) for post in posts]
        for kind, source in self._sources.items():
            if kind not in self._newest:
                self._newest[kind] = await source.newest_act(self._viewer, session=self._snapshot)
        return max([*newest, *self._newest.values()], default=0)


class Walk:
    """Goes down the list from a position, perhaps only to rows with acts above an id.

    `found` are the rows that are shown, and `below` is where it stands.
    """

    def __init__(
        self, reading: Reading, kinds: Ids[NotificationKind], below: Position, *, above: int = NOTHING
    ) -> None:
        self.found: list[Row] = []
        self.below = below
        self.is_at_end = False
        self._reading = reading
        self._kinds = kinds
        self._above = above
        self._was_read = 0

    @property
    def is_over(self) -> bool:
        """Whether the walk goes no further: at the end of the list, or after MOST_READ rows."""
        return self.is_at_end or self._was_read >= MOST_READ

    async def read_on(self, wanted: int) -> None:
        """Read on until `wanted` rows are found, or the walk is over."""
        limit = wanted + SLACK if not self._was_read else REFILL
        while len(self.found) < wanted and not self.is_over:
            rows = await self._reading.rows(self._kinds, below=self.below, above=self._above, limit=limit)
            self.found += await self._reading.shown(rows, self._kinds)
            self.is_at_end = len(rows) < limit
            if rows:
                self.below = self._reading.position(rows[-1])
            self._was_read += limit
            limit = REFILL
