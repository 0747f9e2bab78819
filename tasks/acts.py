"""Folds likes, replies, reposts and quotes into the sums of what they count for. Counts are exact also without it.

Web processes send a message after so many writes, and beat sends one at intervals, so reads find few of them unfolded.
"""

from storage.data_version import COUNTS
from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

FOLD_BATCH = 1_000  # acts, and as many posts; in one transaction each


@task("acts.fold", every_s=5)
async def fold_acts(services: TaskServices) -> list[Message]:
    """Fold one batch of acts and one batch of posts. The next message continues."""
    if not await services.storage.data_version.has(COUNTS):
        return []
    folding = services.maintenance.folding
    has_more = [await folding.fold_acts(limit=FOLD_BATCH), await folding.fold_posts(limit=FOLD_BATCH)]
    return [messages.fold_acts()] if any(has_more) else []
