"""What browsers load: the pages that `make web` builds in web/dist, and their assets."""

from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

WEB = Path(__file__).parent.parent / "web"
BUILT = WEB / "dist"
UNBUILT = WEB / "unbuilt.html"
CLOSED = WEB / "closed.html"

A_YEAR_S = 365 * 24 * 60 * 60
# Nothing from anywhere else. The editor writes styles as it runs, and its styles carry its fonts and images.
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {"cache-control": "no-cache", "content-security-policy": POLICY, "vary": "accept"}


def page(name: str, *, built: Path = BUILT) -> Response:
    """A built page, or one that says how to build it."""
    path = built / f"{name}.html"
    return FileResponse(path if path.is_file() else UNBUILT, headers=HEADERS)


def closed_playground() -> Response:
    """A page that says why there is none."""
    return FileResponse(CLOSED, status_code=404, headers=HEADERS)


class Assets(StaticFiles):
    """Their names contain a hash of what is in them, so that a browser need not ask twice."""

    def __init__(self, *, built: Path = BUILT) -> None:
        super().__init__(directory=built / "assets", check_dir=False)

    async def check_config(self) -> None:
        """The directory may come later."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = f"public, max-age={A_YEAR_S}, immutable"
        return response
