"""Serves the pages that `make web` builds in web/dist, and their assets."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from serving.encodings import SUFFIXES, accepted, gzipped

WEB = Path(__file__).parent.parent / "web"
BUILT = WEB / "dist"
UNBUILT = WEB / "unbuilt.html"
CLOSED = WEB / "closed.html"

CLIENT = "index"
PLAYGROUND = "playground"
OFFLINE = "offline"
# All are one HTML page, which chooses its content by the address (web/src/app/Pages.tsx).
CLIENT_PATHS = (
    *("/", "/login", "/register", "/explore", "/search", "/tags/{tag}"),
    *("/notifications", "/bookmarks", "/settings", "/compose"),
    *("/@{alias}", "/@{alias}/followers", "/@{alias}/followees", "/@{alias}/known_followers", "/@{alias}/posts/{id}"),
    *("/@{alias}/posts/{id}/likes", "/@{alias}/posts/{id}/reposts", "/@{alias}/posts/{id}/quotes"),
)

A_YEAR_S = 365 * 24 * 60 * 60
# Nothing of another origin. `data:` and `blob:` are for images made in the page, such as an upload's preview.
_SAME_ORIGIN = (
    "default-src 'self'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)
# The editor adds styles at run time, and its styles embed its fonts. The page shown before the build has a style.
_WITH_STYLES = f"{_SAME_ORIGIN}; style-src 'self' 'unsafe-inline'; font-src 'self' data:"
_POLICIES = {CLIENT: _SAME_ORIGIN, OFFLINE: _SAME_ORIGIN}


class Page(FileResponse):
    """A file with the same content for every visitor, compressed if the visitor accepts that."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_accepted = "gzip" in accepted(Headers(scope=scope).get("accept-encoding", ""))
        content = compressed_page(self.path) if is_accepted and scope["method"] == "GET" else None
        if content is None:
            await super().__call__(scope, receive, send)
        else:
            headers = {**self.headers, "content-encoding": "gzip"}
            await Response(content, self.status_code, headers)(scope, receive, send)


def compressed_page(path: "str | os.PathLike[str]") -> bytes | None:
    """Return the file compressed by gzip, or None if it is small or missing."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return _compressed(str(path), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _compressed(path: str, *_version: int) -> bytes | None:
    """Compress one version of a file. There are a few pages, which change with each build."""
    return gzipped(Path(path).read_bytes())


def page(name: str, *, built: Path = BUILT, status: int = 200) -> Response:
    """Return a built page, or one that says how to build it."""
    path = built / f"{name}.html"
    is_built = path.is_file()
    headers = page_headers(name) if is_built else _headers(_WITH_STYLES)
    return Page(path if is_built else UNBUILT, status_code=status, headers=headers)


def page_headers(name: str) -> dict[str, str]:
    """Return the headers of a built page."""
    return _headers(_POLICIES.get(name, _WITH_STYLES))


def wants_page(request: HTTPConnection) -> bool:
    """Return whether a person visits: false for assets of a page, and for programs."""
    return "text/html" in request.headers.get("accept", "")


def closed_playground() -> Response:
    """Return a page that says why the playground is off."""
    return Page(CLOSED, status_code=404, headers=_headers(_WITH_STYLES))


def _headers(policy: str) -> dict[str, str]:
    return {"cache-control": "no-cache", "content-security-policy": policy, "vary": "accept, accept-encoding"}


class Assets(StaticFiles):
    """Serves assets. Their names contain a hash of the content, so browsers may cache them for ever.

    The build writes compressed forms beside them (web/build/compressed.ts).
    """

    def __init__(self, *, built: Path = BUILT) -> None:
        super().__init__(directory=built / "assets", check_dir=False)

    async def check_config(self) -> None:
        """Check nothing, since the directory may be built later."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the asset, compressed if the client accepts that.

        Raises:
            HTTPException: There is no such asset.
        """
        if path.endswith(tuple(SUFFIXES.values())):
            raise HTTPException(404)
        for encoding in accepted(Headers(scope=scope).get("accept-encoding", "")):
            try:
                response = await super().get_response(path + SUFFIXES[encoding], scope)
            except HTTPException:
                continue
            response.headers["content-encoding"] = encoding
            return response
        return await super().get_response(path, scope)

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = f"public, max-age={A_YEAR_S}, immutable"
        response.headers["vary"] = "accept-encoding"
        return response
