"""Services and contexts for tests without a web process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from argon2 import PasswordHasher

from domain.callers import Caller
from live.hub import LiveHub
from resolvers.context import Context, claim_of, viewer_of
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
    """Drop the message."""


@contextmanager
def services_on(
    storage: Storage,
    *,
    live: LiveHub | None = None,
    passwords: PasswordHashing | None = None,
    send: Callable[[Message], None] = drop,
) -> Iterator[Services]:
    """Make services of a web process. By default messages are dropped, no event is published, and hashes are cheap."""
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
    """Return the function that makes contexts from tokens, for an endpoint without an application."""
    with services_on(storage) as services:

        async def make_context(token: str | None, caller: Caller, *, may_presume: bool = False) -> RequestContext:
            since = services.live.moment()
            claim = claim_of(storage, token) if may_presume else None
            viewer = claim.account if claim else await viewer_of(storage, token)
            return RequestContext(
                services=services, since=since, viewer=viewer, token=token, caller=caller, claim=claim
            )

        yield make_context


def with_services(context: Context, **changes: Any) -> Context:
    """Return the context with some services replaced."""
    return replace(context, services=replace(context.services, **changes))
