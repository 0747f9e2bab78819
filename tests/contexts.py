"""The contexts of an endpoint that stands alone, without the process around it."""

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from domain.callers import Caller
from live.hub import LiveHub
from resolvers.context import viewer_of
from schema.context import RequestContext
from serving.graphql.auth import MakeContext
from storage import Storage
from tests.world import make_policy
from threads.images import ImageConverter
from threads.passwords import PasswordHashing

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def contexts(storage: Storage) -> Iterator[MakeContext]:
    """Messages are dropped, and nothing that happens is announced."""
    passwords, images, live = PasswordHashing(CHEAP), ImageConverter(), LiveHub(storage)

    async def make_context(token: str | None, caller: Caller) -> RequestContext:
        return RequestContext(
            storage=storage,
            policy=make_policy(),
            passwords=passwords,
            images=images,
            send=lambda message: None,
            live=live,
            since=live.moment(),
            viewer=await viewer_of(storage, token),
            token=token,
            caller=caller,
        )

    yield make_context
    passwords.close()
    images.close()
