"""Serves what makes the client an application of the device: manifest, icons, service worker and offline page.

The names are fixed, so the files are revalidated. The icons may be a day old.
"""

import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from serving.pages import OFFLINE, page

A_DAY_S = 24 * 60 * 60
# The worker asks this server alone. A page's own policy does not hold for it.
WORKER_POLICY = "default-src 'none'; connect-src 'self'"
REVALIDATED = {"cache-control": "no-cache"}

_ICON = re.compile(r"[a-z0-9-]{1,40}")


def installable(built: Path) -> list[Route]:
    """Return the routes of the files in the build."""

    async def worker(_: Request) -> Response:
        headers = REVALIDATED | {"content-security-policy": WORKER_POLICY}
        return _file(built / "sw.js", "text/javascript", headers)

    async def manifest(_: Request) -> Response:
        return _file(built / "manifest.webmanifest", "application/manifest+json", REVALIDATED)

    async def icon(request: Request) -> Response:
        name = request.path_params["name"]
        if not _ICON.fullmatch(name):
            raise HTTPException(404)
        headers = {"cache-control": f"public, max-age={A_DAY_S}"}
        return _file(built / "icons" / f"{name}.png", "image/png", headers)

    async def offline(_: Request) -> Response:
        if not (built / f"{OFFLINE}.html").is_file():
            raise HTTPException(404)
        return page(OFFLINE, built=built)

    return [
        Route("/sw.js", worker),
        Route("/manifest.webmanifest", manifest),
        Route("/icons/{name}.png", icon),
        Route("/offline", offline),
    ]


def _file(path: Path, media_type: str, headers: dict[str, str]) -> Response:
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type=media_type, headers=headers)
