"""What browsers load: the pages that `make web` builds in web/dist, and their assets."""

from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB = Path(__file__).parent.parent / "web"
BUILT = WEB / "dist"
UNBUILT = WEB / "unbuilt.html"
CLOSED = WEB / "closed.html"

CLIENT = "index"
PLAYGROUND = "playground"
# Each is one page to a browser, which knows what to show at which address (web/src/app/Pages.tsx).
CLIENT_PATHS = (
    *("/", "/login", "/register", "/search", "/settings"),
    *("/@{alias}", "/@{alias}/followers", "/@{alias}/followees", "/@{alias}/posts/{id}"),
)

A_YEAR_S = 365 * 24 * 60 * 60
# Nothing from anywhere else. Images may come from the page itself, such as one that is about to be uploaded.
_SAME_ORIGIN = (
    "default-src 'self'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)
# The editor writes styles as it runs, and its styles carry its fonts; the page before the build has one of its own.
_WITH_STYLES = f"{_SAME_ORIGIN}; style-src 'self' 'unsafe-inline'; font-src 'self' data:"
_POLICIES = {CLIENT: _SAME_ORIGIN}

SUFFIXES = {"br": ".br", "gzip": ".gz"}  # by encoding, the smaller first


def page(name: str, *, built: Path = BUILT, status: int = 200) -> Response:
    """A built page, or one that says how to build it."""
    path = built / f"{name}.html"
    is_built = path.is_file()
    policy = _POLICIES.get(name, _WITH_STYLES) if is_built else _WITH_STYLES
    return FileResponse(path if is_built else UNBUILT, status_code=status, headers=_headers(policy))


def wants_page(request: HTTPConnection) -> bool:
    """True for a person's visit; false for what a page loads, and for programs."""
    return "text/html" in request.headers.get("accept", "")


def closed_playground() -> Response:
    """A page that says why there is none."""
    return FileResponse(CLOSED, status_code=404, headers=_headers(_WITH_STYLES))


def _headers(policy: str) -> dict[str, str]:
    return {"cache-control": "no-cache", "content-security-policy": policy, "vary": "accept"}


class Assets(StaticFiles):
    """Their names contain a hash of what is in them, so that a browser need not ask twice.

    The build lays compressed forms beside them (web/build/compressed.ts).
    """

    def __init__(self, *, built: Path = BUILT) -> None:
        super().__init__(directory=built / "assets", check_dir=False)

    async def check_config(self) -> None:
        """The directory may come later."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Errors: HTTPException."""
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


def accepted(header: str) -> list[str]:
    """The encodings of SUFFIXES that an Accept-Encoding header admits."""
    admitted = set()
    for part in header.lower().split(","):
        encoding, _, weight = part.partition(";")
        if weight.replace(" ", "").rstrip("0.") != "q=":
            admitted.add(encoding.strip())
    return [encoding for encoding in SUFFIXES if encoding in admitted]
