"""Services and contexts for tests that need no web process around them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from argon2 import PasswordHasher

from domain.callers import Caller
from live.hub import LiveHub
from resolvers.context import Context, viewer_of
from resolvers.services import Services
from schema.context import RequestContext
from serving.graphql.auth import MakeContext
from storage import Storage
from tasks.messages import Message
from tests.world import make_policy
from threads.images import ImageConverter
from threads.passwords import PasswordHashing

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def drop(_: Message) -> None:
    """Lose the message."""


@contextmanager
def services_on(
    storage: Storage,
    *,
    live: LiveHub | None = None,
    passwords: PasswordHashing | None = None,
    send: Callable[[Message], None] = drop,
) -> Iterator[Services]:
    """Services of a web process. Unless they are given: messages are lost, no event is published, hashes are cheap."""
    hashing, images = passwords or PasswordHashing(CHEAP), ImageConverter()
    yield Services(
        storage=storage,
        policy=make_policy(),
        passwords=hashing,
        images=images,
        live=live or LiveHub(storage),
        send=send,
    )
    hashing.close()
    images.close()


@contextmanager
def contexts(storage: Storage) -> Iterator[MakeContext]:
    """What makes the context of a request from its token, for an endpoint that stands alone."""
    with services_on(storage) as services:

        async def make_context(token: str | None, caller: Caller) -> RequestContext:
            viewer = await viewer_of(storage, token)
            return RequestContext(
                services=services, since=services.live.moment(), viewer=viewer, token=token, caller=caller
            )

        yield make_context


def with_services(context: Context, **changes: Any) -> Context:
    """Return the context, with some of its process's services replaced."""
    return replace(context, services=replace(context.services, **changes))
