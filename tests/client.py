"""A GraphQL client for the application in this process, and signed-in users."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from app import create_app
from domain.rates import Rates
from domain.records import Post, User
from schema.global_ids import IdKind, encode
from settings import Settings
from tests.waiting import wait_until
from tests.world import World

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    data: Any
    errors: list[dict[str, Any]]

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.errors]


@dataclass(frozen=True, slots=True)
class Someone:
    """A user with a session."""

    user: User
    token: str

    @property
    def id(self) -> str:
        return user_id(self.user)


class Client:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def ask(
        self, query: str, *, variables: Variables | None = None, token: str | None = None, address: str | None = None
    ) -> Answer:
        """Send a document. `address` is the client's address, as a proxy would forward it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"X-Forwarded-For": address} if address else {}
        response = await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        return answer_of(response)

    async def send(self, query: str, image: bytes, *, given: Variables, token: str | None = None) -> Answer:
        """Send a multipart request. The image is `$input.image`, and the other arguments are fields of `$input`."""
        return answer_of(await self.http.post("/graphql", files=parts(query, image, given), headers=preflighted(token)))

    async def __call__(self, query: str, *, variables: Variables | None = None, token: str | None = None) -> Any:
        """Send a document and return the data.

        Raises:
            AssertionError: The answer has errors.
        """
        answer = await self.ask(query, variables=variables, token=token)
        assert (answer.status, answer.errors) == (200, [])
        return answer.data


def answer_of(response: httpx.Response) -> Answer:
    """Return the answer in a response.

    Raises:
        AssertionError: Retry-After differs from the errors.
    """
    content = response.json()
    errors = content.get("errors", [])
    waits = [error["extensions"].get("retryAfter", 1) for error in errors if "retryAfter" in error["extensions"]]
    told = response.headers.get("retry-after")
    if waits or response.status_code in (429, 503):
        assert told == str(max(waits, default=1)), f"Retry-After is {told}"
    else:
        assert told is None
    return Answer(response.status_code, content.get("data"), errors)


def parts(query: str, image: bytes, given: Variables) -> list[tuple[str, tuple[str | None, bytes]]]:
    operations = {"query": query, "variables": {"input": {**given, "image": None}}}
    return [
        ("operations", (None, orjson.dumps(operations))),
        ("map", (None, b'{"0": ["variables.input.image"]}')),
        ("0", ("image", image)),
    ]


def preflighted(token: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {"GraphQL-Require-Preflight": "1"}


@asynccontextmanager
async def running(settings: Settings, *, rates: Rates | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """Run the application from the start of its lifespan to its end."""
    app = create_app(settings, rates=rates)
    async with app.router.lifespan_context(app), connected(app) as http:
        yield http


@asynccontextmanager
async def connected(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tweeter", timeout=30) as http:
        yield http


async def until_ready(http: httpx.AsyncClient) -> None:
    async def is_ready() -> bool:
        return (await http.get("/readyz")).status_code == 200

    await wait_until(is_ready)


async def sign_up(world: World, alias: str | None = None) -> Someone:
    """Create a user with a session, without hashing. No password is correct."""
    user = await world.make_user(alias)
    await world.storage.credentials.set_hash(user.id, "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaA")
    token, _ = await world.storage.sessions.create(user.id)
    return Someone(user, token)


def user_id(user: User) -> str:
    return encode(IdKind.USER, user.id)


def post_id(post: Post) -> str:
    return encode(IdKind.POST, post.id)
