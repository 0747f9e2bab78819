"""The addresses of what is shown outside of the client's pages."""

from functools import partial

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.accounts import is_alias
from domain.errors import BadUserInput
from domain.ids import MAX_ID
from resolvers import sharing
from schema.global_ids import IdKind, decode_as
from serving.graphql.auth import MakeContext
from serving.http_errors import HTTPError
from serving.sharing import crawlers, embeds, feeds, oembed
from serving.sharing.addresses import Site
from serving.sharing.reading import answer, read_anonymously

# Arguments, because an error that is raised again and again keeps the frames of each time.
NO_ACCOUNT = 404, "There is no such account."
NO_POST = 404, "There is no such post."
NO_PART = 404, "There is no such part of the sitemap."
NO_XML = 501, "The only format is JSON: leave `format` out, or set it to `json`."
NO_ADDRESS = 400, "Give the address of a post as `url`."
BAD_SIZE = 400, "`maxwidth` and `maxheight` are whole numbers of pixels."

MAX_DIGITS = 6
# Other sites ask in browsers, too. No answer depends on who asks.
FOR_EVERY_ORIGIN = {"access-control-allow-origin": "*"}
XML = "application/xml"


class Sharing:
    """Answers for everybody. `public_origin` is empty if the request says where the site is."""

    def __init__(self, make_context: MakeContext, *, public_origin: str) -> None:
        self._make_context = make_context
        self._public_origin = public_origin

    def routes(self) -> list[Route]:
        return [
            Route("/@{alias}/feed.xml", self.feed),
            Route("/embed/{id}", self.embed),
            Route("/oembed", self.oembed),
            Route("/robots.txt", self.robots),
            Route("/sitemap.xml", self.sitemap_index),
            Route("/sitemaps/{part}.xml", self.sitemap),
        ]

    def site(self, request: Request) -> Site:
        return Site.of(request, self._public_origin)

    async def feed(self, request: Request) -> Response:
        alias = request.path_params["alias"]
        try:
            if not is_alias(alias):
                raise HTTPError(*NO_ACCOUNT)
            read = partial(sharing.find_story, alias=alias)
            story = await read_anonymously(request, self._make_context, read)
            if story is None:
                raise HTTPError(*NO_ACCOUNT)
        except HTTPError as error:
            return error.response()
        return feeds.feed(request, story, self.site(request))

    async def embed(self, request: Request) -> Response:
        try:
            number = decode_as(IdKind.POST, request.path_params["id"])
            read = partial(sharing.find_post, number=number)
            shared = await read_anonymously(request, self._make_context, read)
        except BadUserInput:
            return embeds.unavailable(request, 404)
        except HTTPError as error:
            return embeds.unavailable(request, error.status, retry_after=error.retry_after)
        return embeds.embedded(request, shared, self.site(request)) if shared else embeds.unavailable(request, 404)

    async def oembed(self, request: Request) -> Response:
        try:
            content = await self._describe(request)
        except HTTPError as error:
            refused = error.response()
            refused.headers.update(FOR_EVERY_ORIGIN)
            return refused
        headers = {"cache-control": "public, max-age=300", **FOR_EVERY_ORIGIN}
        return answer(request, orjson.dumps(content).decode(), "application/json", headers=headers)

    async def _describe(self, request: Request) -> dict[str, object]:
        asked, site = request.query_params, self.site(request)
        if asked.get("format", "json") != "json":
            raise HTTPError(*NO_XML)
        if not asked.get("url"):
            raise HTTPError(*NO_ADDRESS)
        sizes = [asked.get(name) for name in ("maxwidth", "maxheight")]
        if not all(size is None or (size.isascii() and size.isdecimal() and len(size) <= MAX_DIGITS) for size in sizes):
            raise HTTPError(*BAD_SIZE)
        max_width, max_height = (int(size) if size else None for size in sizes)
        if (number := oembed.post_at(asked["url"], site)) is None:
            raise HTTPError(*NO_POST)
        shared = await read_anonymously(request, self._make_context, partial(sharing.find_post, number=number))
        if shared is None:
            raise HTTPError(*NO_POST)
        return oembed.describe(shared, site, max_width=max_width, max_height=max_height)

    async def robots(self, request: Request) -> Response:
        return answer(request, crawlers.robots(self.site(request)), "text/plain", headers=_FRESH)

    async def sitemap_index(self, request: Request) -> Response:
        try:
            parts = await read_anonymously(request, self._make_context, sharing.list_parts)
        except HTTPError as error:
            return error.response()
        return answer(request, crawlers.sitemap_index(parts, self.site(request)), XML, headers=_FRESH)

    async def sitemap(self, request: Request) -> Response:
        try:
            after, until = _ids_of(request.path_params["part"])
            read = partial(sharing.list_accounts, after=after, until=until)
            accounts = await read_anonymously(request, self._make_context, read)
        except HTTPError as error:
            return error.response()
        return answer(request, crawlers.sitemap(accounts, self.site(request)), XML, headers=_FRESH)


_FRESH = {"cache-control": f"public, max-age={crawlers.FRESH_S}", "content-security-policy": "default-src 'none'"}


def _ids_of(part: str) -> tuple[int, int]:
    """Return the ids (after, until] in the name of a part.

    Raises:
        HTTPError: It is no name of a part.
    """
    ends = part.split("-")
    if len(ends) != 2 or not all(end.isascii() and end.isdecimal() and len(end) <= 19 for end in ends):
        raise HTTPError(*NO_PART)
    after, until = map(int, ends)
    if not 0 <= after < until <= MAX_ID:
        raise HTTPError(*NO_PART)
    return after, until
