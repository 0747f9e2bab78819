"""What an operator does to a site while people use it. All functions here block."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.deployment.site import OTHERS, WEB, WORKERS, Site

MIGRATED_WITHIN_S = 300


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    take: Callable[[Site], None]


def restart(name: str, site: Site) -> None:
    site.restart(name)


def restart_secondaries(site: Site) -> None:
    for server in site.mongodb.secondaries():
        site.mongodb.restart(server)


def restart_primary(site: Site) -> None:
    """Let another member take over first, as MongoDB's manual says."""
    before = site.mongodb.primary()
    site.mongodb.step_down()
    site.mongodb.restart(before)


def step_down(site: Site) -> None:
    site.mongodb.step_down()
    site.mongodb.wait_until_whole()


def fail_over_redis(site: Site) -> None:
    site.redis.fail_over()


def migrate(site: Site) -> None:
    """Migrate with the installed command, feeds included, which copies all of them."""
    run(site, "tweeter", "migrate", "--yes", "--feeds", within_s=MIGRATED_WITHIN_S)


def audit(site: Site) -> None:
    run(site, "tweeter", "audit", "--all", within_s=MIGRATED_WITHIN_S)


def run(site: Site, *words: str, within_s: float) -> str:
    """Run an installed command with the settings of the site. Return what it prints.

    Raises:
        AssertionError: It fails.
    """
    process = site.processes[WEB[0]]
    done = process.release.run(*words, environment=process.environment, at=process.at, within_s=within_s)
    assert done.returncode == 0, f"{' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def steps() -> Iterator[Step]:
    for name in (*WEB, *WORKERS, *OTHERS):
        yield Step(f"{name} restarted", partial(restart, name))
    yield Step("both secondaries restarted", restart_secondaries)
    yield Step("primary stepped down", step_down)
    yield Step("primary restarted after a step-down", restart_primary)
    yield Step("Redis killed, its replica promoted", fail_over_redis)
    yield Step("migrated, with all feeds", migrate)
