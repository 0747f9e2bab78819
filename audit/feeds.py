"""Audits one reader: compares its entries with posts and follows, and the feed as read with the oracle."""

from collections import Counter

from audit.findings import FindingKind, Findings
from domain.ids import MAX_ID
from domain.pages import MAX_PAGE, PageRequest
from domain.watermarks import NEVER
from storage import Storage
from storage.maintenance.audits import EntryDamage
from tasks import messages
from tasks.cores import run_all
from tasks.materialise import materialise
from tasks.services import TaskServices
from tasks.trimming import trim_all

DEPTH = 1_000  # newest posts of a feed to compare
LOOKS = 3  # a page and the oracle read different instants; only a persistent difference is damage


async def check_feed(services: TaskServices, reader: int, *, repair: bool) -> Findings:
    """Return the findings. With `repair`, the entries are repaired before the feed is read."""
    damage = await services.maintenance.audits.entries(reader)
    missing = sum(len(posts) for posts in damage.missing.values())
    unfollowed = sum(len(posts) for posts in damage.unfollowed.values())
    found = Findings(
        {FindingKind.MISSING: missing, FindingKind.LEFTOVER: unfollowed + len(damage.gone) + len(damage.below_floor)}
    )
    if repair and found.total():
        await _mend(services, reader, damage)
    for _ in range(LOOKS):
        wrong = await _compare(services, reader)
        if not wrong.total():
            break
    return found + wrong


async def _compare(services: TaskServices, reader: int) -> Findings:
    truth, low = await services.maintenance.oracle.newest(reader, limit=DEPTH)
    read, read_low = await _read(services.storage, reader)
    low = max(low, read_low)  # below it, one of the two may have more
    expected = {event for event in truth if event >= low}
    feed = Counter(event for event in read if event >= low)
    return Findings(
        {
            FindingKind.LOST: len(expected - set(feed)),
            FindingKind.FOREIGN: len(set(feed) - expected),
            FindingKind.DOUBLED: sum(times > 1 for times in feed.values()),
        }
    )


async def _read(storage: Storage, reader: int) -> tuple[list[int], int]:
    """Return at least the newest DEPTH events, read page by page as a client does, and the id from which they are all.

    The reading ends early if the feed ends.
    """
    events: list[int] = []
    before = MAX_ID + 1
    while len(events) < DEPTH:
        page = await storage.feed.page(reader, PageRequest(MAX_PAGE, before))
        events += [event.id for event in page.items]
        if not page.has_next:
            return events, 0
        before = events[-1] if page.end is None else page.end
    return events, before


async def _mend(services: TaskServices, reader: int, damage: EntryDamage) -> None:
    """Repair the damage by the system's own operations, so that it may run meanwhile."""
    storage = services.storage
    if damage.missing:
        edges = list(damage.missing)
        await storage.feed.edges.stop_pushing(edges)  # from now on the feed is correct, only slower to read
        written = await materialise(storage, edges, seen=NEVER, down_to=damage.floor, depth=services.policy.feed_window)
        await run_all(services, trim_all(written))
    await run_all(services, [messages.remove_author_entries(reader, author) for author in damage.unfollowed])
    for post in damage.gone:
        await services.maintenance.cleaning.remove_post_entries(post, [reader])
    if damage.below_floor:
        await run_all(services, [messages.drop_below_floor(reader)])
