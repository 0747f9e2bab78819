"""Fills the head of the client's page with what is known of its subject."""

import os
import re
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from serving.page_subjects import Subject
from serving.pages import CLIENT, page, page_headers
from serving.sharing.addresses import Site
from serving.sharing.previews import post_head, profile_head
from serving.sharing.reading import answer

_DESCRIPTION = re.compile(r'<meta name="description"[^>]*>\n?')
_TITLE = re.compile(r"<title>[^<]*</title>")


def client_page(request: Request, subject: Subject, site: Site, *, built: Path) -> Response:
    """Return the client's page. Its head describes a post, or the account whose page it is."""
    is_profile = request.url.path.count("/") == 1  # and not one of the lists below it
    if subject.post is not None:
        head = post_head(subject.post, site)
    elif subject.user is not None and is_profile:
        head = profile_head(subject.user, site)
    else:
        return page(CLIENT, built=built)
    path = built / f"{CLIENT}.html"
    try:
        status = os.stat(path)
    except OSError:
        return page(CLIENT, built=built)
    before, after = _around_the_title(str(path), status.st_mtime_ns, status.st_size)
    return answer(request, f"{before}{head}{after}", "text/html", headers=page_headers(CLIENT))


@lru_cache(maxsize=8)
def _around_the_title(path: str, *_version: int) -> tuple[str, str]:
    """Return what is before and after the title in one version of the page."""
    html = _DESCRIPTION.sub("", Path(path).read_text())
    title = _TITLE.search(html)
    return (html[: title.start()], html[title.end() :]) if title else (html, "")
