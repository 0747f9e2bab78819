"""Looks at the version of the stored data before `tweeter up` starts a process on it."""

import asyncio
from collections.abc import Callable

from composition.migrations import migrate_data, needed_steps
from launch.errors import LaunchError
from settings import Settings
from storage import DatabaseError
from storage.mongodb_errors import explain


def check_data(settings: Settings, *, is_ours: bool, say: Callable[[str], None]) -> None:
    """Raise the version of the data, if this command alone uses the server. Otherwise, say how to raise it.

    `is_ours` tells that this command has started the server in a data directory that it holds, so no process of
    another version can be at work there.

    Raises:
        LaunchError: A newer version has stored the data, or MongoDB does not answer.
    """
    try:
        needed = asyncio.run(needed_steps(settings))
        if needed and is_ours:
            asyncio.run(migrate_data(settings, say=say))
    except DatabaseError as error:
        raise LaunchError(explain(error).reason) from None
    if needed and not is_ours:
        refused = ", ".join(step.title for step in needed)
        say(f"the data has an older version, and these are refused: {refused}")
        say("stop all processes of the version before, then run `tweeter migrate`")
