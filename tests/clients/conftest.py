"""A live server with a reader and a followed author, and the clients that act for them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from composition.tasks import task_services_of
from domain.records import Post
from storage import Storage
from tests.client import Someone, sign_up
from tests.clients.driving import Drive, compile_relay_documents
from tests.conftest import empty
from tests.pipeline.stack import Stack
from tests.world import World

POSTS = 12  # in pages of five: two full ones and a partial one


@dataclass(frozen=True, slots=True)
class Town:
    """Ann with posts; Bob, who follows her, with posts and two sessions; Eve, who is unrelated to both."""

    ann: Someone
    bob: Someone
    eve: Someone
    own: list[Post]  # Bob's, newest first

    @property
    def feed(self) -> list[str]:
        """Return the texts of Bob's feed, newest first."""
        return [f"post {number}" for number in range(POSTS - 1, -1, -1)]


@pytest.fixture(scope="session")
async def one_storage(served: Stack) -> AsyncIterator[Storage]:
    """The database of the live server."""
    async with task_services_of(served.settings) as services:
        yield services.storage


@pytest.fixture
async def town(one_storage: Storage) -> Town:
    await empty(one_storage)
    world = World(one_storage)
    ann, bob, eve = [await sign_up(world, alias) for alias in ("ann", "bob", "eve")]
    await world.follow(bob.user, ann.user)
    await one_storage.sessions.create(bob.user.id)
    for number in range(POSTS):
        await world.post(ann.user, f"post {number}")
    own = [await world.post(bob.user, text) for text in ("mine, too", "mine")]
    return Town(ann, bob, eve, own[::-1])


@pytest.fixture
def drive(served: Stack, town: Town) -> Drive:
    return Drive(served.url, town.bob.token, town.ann.token)


@pytest.fixture(scope="session")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The output of Relay's compiler for the documents."""
    return compile_relay_documents(tmp_path_factory.mktemp("relay"))
