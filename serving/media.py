"""Serves accounts' pictures. The content of an address never changes, so clients may cache it for ever."""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.images import SIZES
from domain.monograms import Monogram
from serving.http_errors import HTTPError, NotReady

A_YEAR_S = 365 * 24 * 60 * 60
FOR_GOOD = f"public, max-age={A_YEAR_S}, immutable"
# A picture opened on its own is a document of this origin, so it may load nothing and run nothing.
POLICY = "default-src 'none'; sandbox"

SIZE_OF = {str(size): size for size in SIZES}

Find = Callable[[str, int], Awaitable[bytes | None]]


def media(find: Find) -> list[Route]:
    """Return the routes of pictures. `find` takes the name and the size of an image, and may raise NotReady."""

    async def image(request: Request) -> Response:
        name, size = request.path_params["image"], SIZE_OF.get(request.path_params["size"])
        try:
            return _picture(request, await find(name, size) if size else None, "image/webp")
        except NotReady as error:
            return error.response()

    async def monogram(request: Request) -> Response:
        found = Monogram.from_address(request.path_params["edition"], request.path_params["name"])
        return _picture(request, found.draw().encode() if found else None, "image/svg+xml")

    return [
        Route("/images/{image}/{size}.webp", image),
        Route("/monograms/{edition}/{name}.svg", monogram),
    ]


def _picture(request: Request, content: bytes | None, media_type: str) -> Response:
    if content is None:
        return HTTPError(404, "There is no such picture.").response()
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"cache-control": FOR_GOOD, "content-security-policy": POLICY, "etag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)
