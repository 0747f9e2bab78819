"""Reads for anonymous readers, and answers that they may keep."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import RateLimited
from resolvers.context import Context
from serving.callers import caller_of
from serving.encodings import accepted, gzipped
from serving.graphql.auth import MakeContext
from serving.http_errors import HTTPError, NotReady
from storage import DatabaseError

READ_WITHIN_S = 5.0

Found = TypeVar("Found")


async def read_anonymously(
    request: Request, make_context: MakeContext, read: Callable[[Context], Awaitable[Found]]
) -> Found:
    """Return what `read` returns in a context without a viewer.

    Raises:
        HTTPError: 429, a rate limit is reached.
        NotReady: MongoDB does not answer.
    """
    try:
        async with asyncio.timeout(READ_WITHIN_S):
            return await read(await make_context(None, caller_of(request)))
    except RateLimited as error:
        headers = {"retry-after": str(error.retry_after)}
        raise HTTPError(429, str(error), code="RATE_LIMITED", headers=headers) from None
    except (DatabaseError, TimeoutError):
        raise NotReady from None


def answer(
    request: Request, content: str, media_type: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the content with an ETag, compressed if the reader accepts that, or 304 if the reader has it.

    The ETag is weak, because the compressed form has the same one.
    """
    body = content.encode()
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    sent = {"etag": etag, "vary": "accept-encoding", **(headers or {})}
    if status == 200 and _has(request, etag):
        return Response(status_code=304, headers=sent)
    if "gzip" in accepted(request.headers.get("accept-encoding", "")) and (packed := gzipped(body)) is not None:
        body = packed
        sent["content-encoding"] = "gzip"
    return Response(body, status, sent, f"{media_type}; charset=utf-8")


def _has(request: Request, etag: str) -> bool:
    """Return whether the reader has this version.

    If-Modified-Since is not heeded: it misses deletions, and a second post within the same second.
    """
    tags = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    return "*" in tags or etag.removeprefix("W/") in tags
