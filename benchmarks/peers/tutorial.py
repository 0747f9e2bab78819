"""A page server by Strawberry's documentation: resolvers for fields, DataLoaders, a find per step.

It has its own driver, no caches and no tuning. Only its output is the same as Tweeter's.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import strawberry
import uvicorn
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

from domain.avatars import Avatar
from domain.ids import MAX_ID, instant_of
from domain.records import User as Account
from schema.global_ids import IdKind, decode_as, encode
from schema.scalars import SCALARS
from serving.graphql.auth import bearer_token
from settings import Settings
from storage.feed.entries import keys_between

SLACK = 5
MOST_IN_FLIGHT = 200

Document = dict[str, Any]
Database = AsyncDatabase[Document]
Info = strawberry.Info[dict[str, Any], None]


@strawberry.type
class User:
    document: strawberry.Private[Document]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(encode(IdKind.USER, self.document["_id"]))

    @strawberry.field
    def alias(self) -> str:
        return str(self.document["alias"])

    @strawberry.field
    def first_name(self) -> str:
        return str(self.document["first_name"])

    @strawberry.field
    def last_name(self) -> str:
        return str(self.document["last_name"])

    @strawberry.field
    def image_url(self) -> str | None:
        known = {name: self.document[name] for name in ("alias", "first_name", "last_name")}
        return Avatar.of_user(Account(id=self.document["_id"], image=self.document.get("image"), **known)).url


@strawberry.type
class Post:
    document: strawberry.Private[Document]

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(encode(IdKind.POST, self.document["_id"]))

    @strawberry.field
    def text(self) -> str:
        return str(self.document["text"])

    @strawberry.field
    def created_at(self) -> datetime:
        return instant_of(self.document["_id"])

    @strawberry.field
    async def author(self, info: Info) -> User:
        return User(document=await info.context["users"].load(self.document["author"]))


@strawberry.type
class PostEdge:
    cursor: str
    node: Post


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class PostConnection:
    edges: list[PostEdge]
    page_info: PageInfo


@strawberry.type
class Query:
    @strawberry.field
    async def feed(self, info: Info, first: int = 20, after: str | None = None) -> PostConnection:
        below = decode_as(IdKind.POST_CURSOR, after) if after else MAX_ID + 1
        if info.context["viewer"] is None:
            raise PermissionError("sign in first")
        found = await find_posts(info.context["database"], info.context["viewer"], first=first, below=below)
        edges = [
            PostEdge(cursor=encode(IdKind.POST_CURSOR, post["_id"]), node=Post(document=post)) for post in found[:first]
        ]
        end = edges[-1].cursor if edges else None
        return PostConnection(edges=edges, page_info=PageInfo(has_next_page=len(found) > first, end_cursor=end))


async def find_posts(database: Database, viewer: int, *, first: int, below: int) -> list[Document]:
    """Return the newest posts, with one more than the page if there is one."""
    limit = first + 1 + SLACK
    feed = database.feeds.find({"_id": keys_between(viewer, 0, below)}, {"post": 1})
    entries = [entry["post"] async for entry in feed.sort("_id", -1).limit(limit)]
    low = entries[-1] if len(entries) == limit else 0
    edges = database.follows.find({"follower": viewer}, {"followee": 1, "push_from": 1})
    push_from = {edge["followee"]: edge["push_from"] async for edge in edges}
    in_flight = [post["_id"] async for post in database.posts.find({"in_flight": True}, {}).limit(MOST_IN_FLIGHT)]
    delivered = database.posts.find({"_id": {"$in": entries + in_flight}}, {"author": 1, "text": 1})
    posts = {post["_id"]: post async for post in delivered if post["author"] in push_from}
    if pulled := [author for author, watermark in push_from.items() if watermark > low]:
        pulling = {"author": {"$in": pulled}, "_id": {"$gte": low, "$lt": below}}
        stories = database.posts.find(pulling, {"author": 1, "text": 1}).sort("_id", -1).limit(first + 1)
        posts |= {post["_id"]: post async for post in stories}
    newest = sorted((number for number in posts if low <= number < below), reverse=True)
    return [posts[number] for number in newest[: first + 1]]


class Tutorial(GraphQL[dict[str, Any], None]):
    def __init__(self, settings: Settings) -> None:
        config = StrawberryConfig(scalar_map=SCALARS)  # writes instants in the same format
        super().__init__(strawberry.Schema(query=Query, config=config))
        self._settings = settings

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with AsyncMongoClient[Document](self._settings.mongodb_url, tz_aware=True) as client:
            self._database = client[self._settings.mongodb_database]
            yield

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> dict[str, Any]:
        viewer = await self._viewer(bearer_token(request.headers.get("authorization")))
        return {"database": self._database, "viewer": viewer, "users": DataLoader(load_fn=self._load_users)}

    async def _viewer(self, token: str | None) -> int | None:
        session = await self._database.sessions.find_one({"_id": sha256((token or "").encode()).digest()})
        return int(session["user"]) if session and session["expires_at"] > datetime.now(UTC) else None

    async def _load_users(self, numbers: list[int]) -> list[Document]:
        found = {user["_id"]: user async for user in self._database.users.find({"_id": {"$in": numbers}})}
        return [found[number] for number in numbers]


def main() -> None:
    settings = Settings.from_environment()
    tutorial = Tutorial(settings)
    app = Starlette(routes=[Route("/graphql", tutorial)], lifespan=tutorial.lifespan)
    uvicorn.run(app, port=settings.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
