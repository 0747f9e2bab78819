"""The lower bound of a page: the same reads in a Starlette endpoint that serves only this page.

It has no GraphQL, no limits and no error handling. Its database connections are those of `tweeter web`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from composition.storage import storage_of
from domain.avatars import Avatar
from domain.pages import FeedRequest
from domain.records import Event, Page, Post, User
from resolvers.context import claim_of, viewer_of
from schema.global_ids import IdKind, encode
from schema.page_info import DEFAULT_PAGE
from schema.scalars import write_instant
from serving.graphql.auth import bearer_token
from serving.server.http import HTTPProtocol
from serving.server.process import WebConfig, run
from settings import Settings
from storage import Storage


class Bare:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._storage: Storage | None = None

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with storage_of(self._settings) as self._storage:
            yield

    async def feed(self, request: Request) -> Response:
        assert self._storage is not None, "the lifespan has opened it"
        token = bearer_token(request.headers.get("authorization"))
        claim = claim_of(self._storage, token)
        viewer = claim.account if claim else await viewer_of(self._storage, token)
        if viewer is None:
            return Response(status_code=401)
        page = await self._storage.feed.page_between(viewer, FeedRequest(size=DEFAULT_PAGE), claim=claim)
        if claim is not None and not claim.is_confirmed:
            return Response(status_code=401)
        authors = await self._storage.users.find_recent({event.post.author for event in page.items})
        return Response(orjson.dumps({"data": {"feed": _written(page, authors)}}), media_type="application/json")


def _written(page: Page[Event], authors: Mapping[int, User]) -> dict[str, object]:
    users = {number: _user(user) for number, user in authors.items()}
    edges = [
        {"cursor": encode(IdKind.POST_CURSOR, event.id), "node": _post(event.post, users[event.post.author])}
        for event in page.items
    ]
    return {
        "edges": edges,
        "pageInfo": {"hasNextPage": page.has_next, "endCursor": edges[-1]["cursor"] if edges else None},
    }


def _post(post: Post, author: dict[str, object]) -> dict[str, object]:
    return {
        "id": encode(IdKind.POST, post.id),
        "text": post.text,
        "createdAt": write_instant(post.created_at),
        "author": author,
    }


def _user(user: User) -> dict[str, object]:
    return {
        "id": encode(IdKind.USER, user.id),
        "alias": user.alias,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "imageUrl": Avatar.of_user(user).url,
    }


def main() -> None:
    settings = Settings.from_environment()
    bare = Bare(settings)
    app = Starlette(routes=[Route("/graphql", bare.feed, methods=["POST"])], lifespan=bare.lifespan)
    config = WebConfig(
        app,
        port=settings.port,
        workers=1,
        loop="uvloop",
        http=HTTPProtocol,
        access_log=False,
        log_level="warning",
        loop_stuck_s=settings.loop_stuck_s,
    )
    run(config)


if __name__ == "__main__":
    main()
