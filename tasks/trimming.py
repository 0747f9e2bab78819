"""Which readers' feeds are looked at for being too long, after a task has inserted entries.

A look costs as much as inserting fifty entries, so a task that writes a few entries to each of many feeds has a feed
looked at once for about every TRIM_EVERY entries that it is given.
"""

from collections.abc import Mapping

from tasks import messages
from tasks.messages import Message

TRIM_EVERY = 512  # entries


def trim_some(written: Mapping[int, int], *, salt: int) -> list[Message]:
    """Look at a share of the readers, each by how many entries it was given. The salt draws them."""
    due = [reader for reader, entries in written.items() if (reader + salt) % TRIM_EVERY < entries]
    return [messages.trim_feeds(due)] if due else []


def trim_all(written: Mapping[int, int]) -> list[Message]:
    """Look at each reader that was given any entries."""
    return [messages.trim_feeds(list(written))] if written else []
