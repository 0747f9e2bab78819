"""Processes of version 0.1.0 are replaced by those of this version, one after the other, under load.

Both run side by side on one database, and no request fails. What version 0.1.0 cannot read is refused until
`tweeter migrate` was run.
"""

import asyncio
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest

from audit.findings import HARMLESS
from composition.storage import storage_of
from launch.procfile import read_procfile
from schema.global_ids import IdKind, encode
from settings import Settings
from storage import Storage
from storage.data_version import FIRST, LATEST
from tests.audited import audited_world
from tests.client import Someone
from tests.pipeline.clients import Clients
from tests.pipeline.mutations import REPOST
from tests.pipeline.nginx import nginx
from tests.pipeline.rolling import Crowd, crowd
from tests.pipeline.stack import ROOT, Stack, stack
from tests.waiting import wait_until
from tests.world import World

OLD = "19fa10c32ff8af7150e376a8d2d608b1a0214744"  # the last commit of version 0.1.0
PASSWORD = "a long enough password"
REGISTER = """mutation ($alias: String!, $password: String!) {
  register(input: {alias: $alias, firstName: "A", lastName: "B", password: $password}) { __typename } }"""
LOGIN = """mutation ($alias: String!, $password: String!) {
  login(input: {alias: $alias, password: $password}) { ... on Session { token } } }"""


@dataclass
class OldStack(Stack):
    """Processes of another tree, with the libraries of this one."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"PYTHONPATH": str(self.at)}

    def command(self, name: str) -> str:
        # The installed command would find the rooms of this tree.
        return read_procfile(self.at / "Procfile")[name].replace("tweeter ", f"{shlex.quote(sys.executable)} -m cli ")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of version 0.1.0."""
    if subprocess.run(["git", "cat-file", "-e", OLD], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip(f"this clone does not have commit {OLD}")
    tree = tmp_path_factory.mktemp("old")
    archive = subprocess.run(["git", "archive", OLD], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "--extract"], cwd=tree, input=archive.stdout, check=True)
    return tree


@contextmanager
def old_stacks(settings: Settings, directory: Path, tree: Path) -> Iterator[list[Stack]]:
    """Start a web process and a worker in each of two stacks, and beat in the first, all of the old version."""
    with ExitStack() as stacks:
        started: list[Stack] = []
        for number in (1, 2):
            (directory / str(number)).mkdir()
            filled = settings.replace(trusted_proxies="127.0.0.1", worker_concurrency=1)
            one = stacks.enter_context(stack(filled, directory / str(number)))
            started.append(OldStack(one.settings, one.directory, at=tree))
            stacks.callback(started[-1].stop)
            for name in ("web", "worker", "beat")[: 4 - number]:
                started[-1].start(name)
            started[-1].wait_until_ready()
        yield started


async def sign_up_at(url: str, alias: str, storage: Storage) -> Someone:
    answers = []
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        for query in (REGISTER, LOGIN):
            body = {"query": query, "variables": {"alias": alias, "password": PASSWORD}}
            answers.append((await http.post("/graphql", json=body)).json())
    user = await storage.users.find_by_alias(alias)
    assert user is not None, answers
    return Someone(user, answers[-1]["data"]["login"]["token"])


async def replace(people: Crowd, before: Stack, name: str) -> None:
    """Replace a process of the old version by one of this version."""
    await people.all_are_answered()
    await asyncio.to_thread(before.end, name, 60)
    await people.all_are_answered()
    new = Stack(before.settings, before.directory, running=before.running)
    new.start(name)
    if name == "web":
        await asyncio.to_thread(new.wait_until_ready)


async def repost_newest(url: str, someone: Someone) -> str:
    """Return the name of the outcome, or the code of the error."""
    async with Clients(url) as ask:
        post = (await ask.shown(someone.token))[0].post
        answer = await ask.answer(REPOST, someone.token, {"post": encode(IdKind.POST, post)})
    if errors := answer.get("errors"):
        return str(errors[0]["extensions"]["code"])
    return str(answer["data"]["repost"]["__typename"])


def migrate(after: Stack) -> None:
    command = [sys.executable, "-m", "cli", "migrate", "--yes"]
    subprocess.run(command, cwd=ROOT, env=after.environment, check=True, timeout=120)


async def test_two_versions_run_side_by_side_and_no_request_fails(
    settings: Settings, tmp_path: Path, old: Path
) -> None:
    with old_stacks(settings, tmp_path, old) as stacks, nginx(tmp_path, [each.settings.port for each in stacks]) as url:
        async with storage_of(settings) as storage:
            ann, bob = await sign_up_at(url, "ann", storage), await sign_up_at(url, "bob", storage)
            async with Clients(url) as ask:
                await ask.follow(bob.token, ann.user.id)
            first, second = stacks
            order = ((first, "web"), (first, "worker"), (second, "worker"), (first, "beat"), (second, "web"))
            async with crowd(url, ann, bob, storage) as people:
                for each, name in order:
                    await replace(people, each, name)
                await people.all_are_answered()
                assert await storage.data_version.read() == FIRST
                assert await repost_newest(url, bob) == "NEEDS_MIGRATION"
                await asyncio.to_thread(migrate, first)
                assert await storage.data_version.read() == LATEST
                await people.all_are_answered()
            assert await repost_newest(url, bob) == "Reposted"
            await wait_until(partial(is_nothing_in_flight, storage))
            found = await audited_world(World(storage, celebrity_threshold=settings.celebrity_threshold))
            assert {kind for kind, number in found.items() if number} <= set(HARMLESS), found


async def is_nothing_in_flight(storage: Storage) -> bool:
    return await storage.feed.ledgers.count_in_flight(limit=1) == 0
