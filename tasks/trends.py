"""Counts how tags are used, for trends and for the search for tags."""

from datetime import UTC, datetime

from domain.trends import TREND_DAY, rises
from storage.trends import StoredUse
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices


@task("trends.refresh", every_s=300)
async def refresh_trends(services: TaskServices) -> list[Message]:
    """Count the last day and the day before it, at the same times of the day, and store what has risen."""
    trends, now = services.storage.trends, datetime.now(UTC)
    today, yesterday = await trends.count_day(now), await trends.count_day(now - TREND_DAY)
    rise = rises(today, yesterday)
    await trends.store((StoredUse(key=key, use=use, rise=rise[key]) for key, use in today.items()), now=now)
    return []
