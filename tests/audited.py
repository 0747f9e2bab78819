"""The audit of some feeds, as `tweeter audit` makes it of all, without a process."""

from collections.abc import Sequence

from audit.feeds import check_feed
from audit.findings import Findings
from audit.pictures import check_files, check_pictures
from audit.posts import check_notifying, check_posts
from audit.system import check_counts, check_ledgers, check_sums
from tasks.services import TaskServices
from tests.world import World


async def audited(services: TaskServices, users: Sequence[int], *, repair: bool = False) -> Findings:
    """Return what the audit finds about the accounts and all ledgers."""
    found = await check_ledgers(services, repair=repair)
    found += await check_counts(services, users, repair=repair)
    found += await check_sums(services, users, repair=repair)
    found += await check_pictures(services, users, repair=repair)
    found += await check_files(services, repair=repair)
    for user in users:
        found += await check_feed(services, user, repair=repair)
        found += await check_posts(services, user, repair=repair)
        found += await check_notifying(services, user, repair=repair)
    return found


async def audited_world(world: World, *, repair: bool = False) -> Findings:
    """Return what the audit finds about all accounts and ledgers."""
    users = [user["_id"] async for user in world.storage.mongo.collection("users").find({}, {"_id": 1})]
    return await audited(world.services, users, repair=repair)
