"""Audits the pictures of posts: their documents and their files."""

from collections.abc import Sequence
from datetime import UTC, datetime

from audit.findings import FindingKind, Findings
from tasks.media import SETTLED_AFTER
from tasks.services import TaskServices

BATCH = 1_000  # files


async def check_pictures(services: TaskServices, authors: Sequence[int], *, repair: bool) -> Findings:
    """Compare the pictures that the authors' posts show with their documents and files.

    Raises:
        PicturesUnavailable: Their store does not answer.
    """
    pictures = services.maintenance.pictures
    shown = await pictures.shown_by(authors)
    not_held = [picture for picture in shown if not picture.is_held]
    no_file = [picture for picture in shown if not await services.storage.media.is_complete(picture.media)]
    if no_file:  # a post may have been deleted since
        still_shown = {picture.media.id for picture in await pictures.shown_by(authors)}
        no_file = [picture for picture in no_file if picture.media.id in still_shown]
    if repair:
        for picture in not_held:
            await pictures.hold_again(picture)
    return Findings({FindingKind.NOT_HELD: len(not_held), FindingKind.NO_FILE: len(no_file)})


async def check_files(services: TaskServices, *, repair: bool) -> Findings:
    """Look through all files for those of no picture. Newer ones may belong to an upload that is under way.

    Raises:
        PicturesUnavailable: The store of the files does not answer.
    """
    media, found, after = services.storage.media, 0, ""
    until = datetime.now(UTC) - SETTLED_AFTER
    while files := await media.list_files(after=after, until=until, limit=BATCH):
        found += len(await media.unknown_among(files))
        if repair:
            await media.drop_unknown(files)
        after = files[-1]
    return Findings({FindingKind.NO_POST: found})
