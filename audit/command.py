"""`tweeter audit`: is every feed what posts and follows say?"""

import asyncio
import random
import sys

import click

from audit.feeds import check_feed
from audit.findings import Findings, damage, table
from audit.system import check_counts, check_ledgers
from tasks.runtime import OpenServices
from tasks.services import TaskServices

BATCH = 1_000  # accounts
SAMPLE = 100
DAMAGED = 1  # the exit status; 2 means that the audit could not be made


class NoSuchReader(click.ClickException):
    exit_code = 2


@click.command()
@click.option("--reader", metavar="ALIAS", help="One account's feed.")
@click.option("--sample", type=click.IntRange(min=1), help=f"So many feeds, drawn at random; {SAMPLE} by default.")
@click.option("--all", "everybody", is_flag=True, help="Every feed.")
@click.option("--repair", is_flag=True, help="Mend what is found, while the system runs or stands.")
@click.pass_obj
def audit(open_services: OpenServices, reader: str | None, sample: int | None, everybody: bool, repair: bool) -> None:
    """Compare feeds with the posts and follows they come from.

    Also looks for ledgers that are stuck and counts that are off. Exits with 0 if there is no damage, 1 if there was
    any (mended or not), 2 if the audit could not be made.

    Leftover entries are no damage: no read shows them. A lost message of an unfollow or a deletion leaves them; they
    go when the feed is trimmed next, or at once with --repair.
    """
    if sum([reader is not None, sample is not None, everybody]) > 1:
        raise click.UsageError("Give one of --reader, --sample and --all.")
    size = None if everybody else sample or SAMPLE
    found = asyncio.run(_audit(open_services, alias=reader, size=size, repair=repair))
    click.echo(table(found))
    if damage(found):
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
            found += await check_counts(services, readers[place : place + BATCH], repair=repair)
        with click.progressbar(readers, label="feeds", file=sys.stderr) as bar:
            for reader in bar:
                found += await check_feed(services, reader, repair=repair)
    return found


async def _readers(services: TaskServices, alias: str | None, size: int | None) -> list[int]:
    """Errors: NoSuchReader."""
    if alias is not None:
        user = await services.storage.users.find_by_alias(alias)
        if user is None:
            raise NoSuchReader(f"There is no account @{alias}.")
        return [user.id]
    readers, counts = list[int](), services.maintenance.counts
    while some := await counts.accounts(after=readers[-1] if readers else -1, limit=BATCH):
        readers += some
    return readers if size is None or size >= len(readers) else random.sample(readers, size)
