"""`tweeter audit`: compares feeds with the posts and follows they are made of."""

import asyncio
import random
import sys

import click

from audit.feeds import check_feed
from audit.findings import HARMLESS, LASTING, Findings, damage, table
from audit.pictures import check_files, check_pictures
from audit.posts import check_notifying, check_posts
from audit.system import check_counts, check_ledgers, check_sums
from domain.errors import PicturesUnavailable
from tasks.runtime import OpenServices
from tasks.services import TaskServices

BATCH = 1_000  # accounts
SAMPLE = 100
DAMAGED = 1  # exit status for damage; 2 means that the audit could not run


class NoSuchReader(click.ClickException):
    exit_code = 2


class NoStore(click.ClickException):
    """The store of pictures does not answer."""

    exit_code = 2


@click.command()
@click.option("--reader", metavar="ALIAS", help="Audit the feed of one account.")
@click.option("--sample", type=click.IntRange(min=1), help=f"Audit this many random feeds. The default is {SAMPLE}.")
@click.option("--all", "everybody", is_flag=True, help="Audit every feed.")
@click.option("--repair", is_flag=True, help="Repair the damage. The system may run meanwhile.")
@click.pass_obj
def audit(open_services: OpenServices, reader: str | None, sample: int | None, everybody: bool, repair: bool) -> None:
    """Compare feeds with the posts and follows they are made of.

    Also checks for stuck ledgers, the counts of these accounts and of their posts, posts of theirs that tags or search
    do not find, what notifies others wrongly, and the pictures of these posts; with --all, also for files without a
    picture. Exits with 0 if there is no damage, with 1 if there was any, repaired or not, and with 2 if the audit could
    not run.

    Leftover entries are not damage, because no read shows them. A lost message of an unfollow or a deletion leaves
    them. The next trim of the feed deletes them, and --repair deletes them at once.
    """
    if sum([reader is not None, sample is not None, everybody]) > 1:
        raise click.UsageError("Give one of --reader, --sample and --all.")
    size = None if everybody else sample or SAMPLE
    try:
        found = asyncio.run(_audit(open_services, alias=reader, size=size, repair=repair))
    except PicturesUnavailable as error:
        raise NoStore(f"the store of pictures cannot be used: {error.reason}") from None
    click.echo(table(found))
    if damage(found):
        if any(found[kind] for kind in LASTING):
            click.echo("Files of pictures are lost: bring them back from a backup of their store.")
        if set(+found) - LASTING - HARMLESS:
            click.echo("Mended." if repair else "Damage found; `tweeter audit --repair` mends it.")
        sys.exit(DAMAGED)
    if found.total():
        click.echo("Nothing is wrong. " + ("The leftovers are removed." if repair else "Leftovers do no harm."))
    else:
        click.echo("Nothing is wrong.")


async def _audit(open_services: OpenServices, *, alias: str | None, size: int | None, repair: bool) -> Findings:
    async with open_services() as services:
        readers = await _readers(services, alias, size)
        found = await check_ledgers(services, repair=repair)
        for place in range(0, len(readers), BATCH):
            batch = readers[place : place + BATCH]
            found += await check_counts(services, batch, repair=repair)
            found += await check_sums(services, batch, repair=repair)
            found += await check_pictures(services, batch, repair=repair)
        if size is None and alias is None:
            found += await check_files(services, repair=repair)
        with click.progressbar(readers, label="feeds", file=sys.stderr) as bar:
            for reader in bar:
                found += await check_feed(services, reader, repair=repair)
                found += await check_posts(services, reader, repair=repair)
                found += await check_notifying(services, reader, repair=repair)
    return found


async def _readers(services: TaskServices, alias: str | None, size: int | None) -> list[int]:
    """Return the readers to audit.

    Raises:
        NoSuchReader: No account has the alias.
    """
    if alias is not None:
        user = await services.storage.users.find_by_alias(alias)
        if user is None:
            raise NoSuchReader(f"There is no account @{alias}.")
        return [user.id]
    readers, counts = list[int](), services.maintenance.counts
    while some := await counts.accounts(after=readers[-1] if readers else -1, limit=BATCH):
        readers += some
    return readers if size is None or size >= len(readers) else random.sample(readers, size)
