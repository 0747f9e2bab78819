"""Decides which feeds to trim after a task has inserted entries.

Measuring the length of a feed costs as much as inserting fifty entries. So a task that writes a few entries to each of
many feeds has a feed measured once for about every TRIM_EVERY entries.
"""

from collections.abc import Mapping

from tasks import messages
from tasks.messages import Message

TRIM_EVERY = 512  # entries


def trim_some(written: Mapping[int, int], *, salt: int) -> list[Message]:
    """Trim the feeds that `is_due_for_trim` draws. `written` is the number of entries written for each reader."""
    due = [reader for reader, entries in written.items() if is_due_for_trim(reader, entries=entries, salt=salt)]
    return [messages.trim_feeds(due)] if due else []


def is_due_for_trim(reader: int, *, entries: int, salt: int) -> bool:
    """Return whether the reader's feed is drawn for a trim.

    Over TRIM_EVERY consecutive salts, a reader is drawn exactly `entries` times. The salt is the id of a post or an
    account, so the draws of one reader spread evenly.
    """
    return (reader + salt) % TRIM_EVERY < entries


def trim_all(written: Mapping[int, int]) -> list[Message]:
    """Trim the feed of each reader with new entries."""
    return [messages.trim_feeds(list(written))] if written else []
