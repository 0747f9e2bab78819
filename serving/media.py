"""Serves pictures of accounts and posts. The content of an address never changes, so clients may cache it for ever."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from hashlib import sha256

import structlog
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from domain.errors import PicturesUnavailable
from domain.images import SIZES
from domain.media import SIDES
from domain.monograms import Monogram
from serving.http_errors import HTTPError, NotReady
from storage.pictures.files import OpenFile

A_YEAR_S = 365 * 24 * 60 * 60
FOR_GOOD = f"public, max-age={A_YEAR_S}, immutable"
# A picture opened on its own is a document of this origin, so it may load nothing and run nothing.
POLICY = "default-src 'none'; sandbox"

IMAGE_SIZES = {str(size): size for size in SIZES}
PICTURE_SIDES = {str(side): side for side in SIDES}

WEBP = "image/webp"

Find = Callable[[str, int], Awaitable[OpenFile | None]]

log = structlog.get_logger()


class PictureCutOff(Exception):
    """The store failed after a part of the picture was sent. The connection is closed, so the client sees it."""


def media(*, find_image: Find, find_picture: Find) -> list[Route]:
    """Return the routes of pictures. Each function takes a name and a size, and may raise NotReady."""

    async def monogram(request: Request) -> Response:
        found = Monogram.from_address(request.path_params["edition"], request.path_params["name"])
        return _picture(request, found.draw().encode() if found else None, "image/svg+xml")

    return [
        Route("/images/{name}/{size}.webp", _stored(find_image, IMAGE_SIZES)),
        Route("/pictures/{name}/{size}.webp", _stored(find_picture, PICTURE_SIDES)),
        Route("/monograms/{edition}/{name}.svg", monogram),
    ]


def _stored(find: Find, sizes: Mapping[str, int]) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of stored files."""

    async def endpoint(request: Request) -> Response:
        name, size = request.path_params["name"], sizes.get(request.path_params["size"])
        try:
            found = await find(name, size) if size else None
        except NotReady as error:
            return error.response()
        if found is None:
            return HTTPError(404, "There is no such picture.").response()
        # A name is never reused, so it stands for the content.
        headers = _headers(f"{name}/{size}".encode())
        if _is_known(request, headers):
            return Response(status_code=304, headers=headers)
        headers["content-length"] = str(found.size)
        if request.method == "HEAD":
            return Response(headers=headers, media_type=WEBP)
        return StreamingResponse(_parts(found), headers=headers, media_type=WEBP)

    return endpoint


async def _parts(file: OpenFile) -> AsyncIterator[bytes]:
    """Yield the content.

    Raises:
        PictureCutOff: The store does not answer any more.
    """
    try:
        async for part in file.parts():
            yield part
    except PicturesUnavailable as error:
        log.warning("picture.cut_off", reason=error.reason)
        raise PictureCutOff from None


def _picture(request: Request, content: bytes | None, media_type: str) -> Response:
    if content is None:
        return HTTPError(404, "There is no such picture.").response()
    headers = _headers(content)
    if _is_known(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _headers(content: bytes) -> dict[str, str]:
    """Return the headers of an answer whose content these bytes identify."""
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    return {"cache-control": FOR_GOOD, "content-security-policy": POLICY, "etag": etag}


def _is_known(request: Request, headers: Mapping[str, str]) -> bool:
    """Return whether the client has the content already."""
    return headers["etag"] in request.headers.get("if-none-match", "")
