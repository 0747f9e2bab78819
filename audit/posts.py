"""Audits what one account has stored: how its posts are found, and whom its posts, acts and follows notify."""

from audit.findings import FindingKind, Findings
from storage.data_version import TAGS
from tasks.services import TaskServices

BATCH = 1_000  # posts


async def check_posts(services: TaskServices, author: int, *, repair: bool) -> Findings:
    """Return the findings. There are none before the migration that gives posts their tags and words."""
    if not await services.storage.data_version.has(TAGS):
        return Findings()
    wrong = 0
    after: int | None = -1
    while after is not None:
        batch = await services.maintenance.findable.check(author=author, after=after, limit=BATCH, repair=repair)
        wrong += batch.wrong
        after = batch.until
    return Findings({FindingKind.NOT_FOUND: wrong})


async def check_notifying(services: TaskServices, account: int, *, repair: bool) -> Findings:
    return Findings({FindingKind.NOTIFIES: await services.maintenance.notifying.check(account, repair=repair)})
