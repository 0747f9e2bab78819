"""The ASGI application: routes and lifespan. `uvicorn app:app` serves it."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute

import logs
from compat.asyncio import stop
from composition.documents import persisted_documents_of
from composition.tracing import tracing_of
from composition.web import rates_of, services_of
from domain.callers import Caller
from domain.errors import PicturesUnavailable
from domain.rates import LIMITS, Rates
from monitoring.metrics_of_web import WebMetrics
from resolvers.context import claim_of, viewer_of
from schema.context import RequestContext
from serving.graphql.endpoint import Endpoint
from serving.graphql.persisted_documents import PersistedDocuments
from serving.health import Health, healthz
from serving.http_errors import EXCEPTION_HANDLERS, NotReady, http_exception_handler
from serving.installable import installable
from serving.media import media
from serving.middleware.bodies import BodyLimitMiddleware
from serving.middleware.cors import cross_origin
from serving.middleware.headers import SecurityHeadersMiddleware
from serving.middleware.metrics import MetricsMiddleware
from serving.middleware.proxies import behind
from serving.middleware.rate_limit import RateLimitMiddleware
from serving.middleware.request_ids import RequestIdMiddleware
from serving.middleware.tracing import TracingMiddleware
from serving.page_subjects import find_subject
from serving.pages import BUILT, CLIENT, CLIENT_PATHS, PLAYGROUND, Assets, closed_playground, page, wants_page
from serving.probes import Probes
from serving.sampling import Sampler
from serving.server.process import give_up
from serving.sharing.filled_pages import client_page
from serving.sharing.routes import Sharing
from serving.startup import Startup
from settings import Settings
from storage import DatabaseError, Misconfigured, Storage, create_indexes, wait_or_give_up
from storage.clock import watching_clock
from storage.memory.rate_limits import LocalRateLimiter
from storage.pictures.files import OpenFile
from tasks.messages import QUEUES

LISTENS_WITHIN_S = 20.0  # of its start, if MongoDB does not answer: /readyz then says so, as a closed port would not

log = structlog.get_logger()


class Web:
    """One web process: what it opens when it starts, and what requests get of it."""

    def __init__(self, settings: Settings, rates: Rates, registry: PersistedDocuments) -> None:
        settings.check_addresses()
        self._settings = settings
        self._rates = rates
        self._registry = registry
        self.local_limiter = LocalRateLimiter()
        self.metrics = WebMetrics(limits=LIMITS)
        self.startup = Startup()
        probes = Probes(self.startup)
        self.sampler = Sampler(
            self.startup, self.metrics, probes, queues=QUEUES, measures_unasked=bool(settings.admin_port)
        )
        self.health = Health(probes, self.sampler, self.metrics, metrics_token=settings.metrics_token)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        logs.configure(self._settings.log_level, self._settings.log_format, process="web")
        self._registry.refresh()
        async with AsyncExitStack() as stack:
            stack.enter_context(tracing_of(self._settings, service="tweeter-web"))
            opened = services_of(
                self._settings,
                self._rates,
                self.local_limiter,
                note_slow=self.metrics.slow_readers.inc,
                note_refusal=self.metrics.note_refusal,
                note_dropped=self.metrics.dropped.inc,
            )
            services = self.startup.services = await stack.enter_async_context(opened)
            preparing = asyncio.create_task(self._prepare(services.storage))
            stack.push_async_callback(stop, preparing)
            stack.push_async_callback(stop, asyncio.create_task(self.sampler.run()))
            await stack.enter_async_context(watching_clock(services.storage.mongo, self.metrics.clock_offset.set))
            await self._until_prepared(preparing)
            yield

    async def _until_prepared(self, preparing: "asyncio.Task[None]") -> None:
        """Wait until requests can be served, for LISTENS_WITHIN_S at most.

        Raises:
            Exception: What ends the preparation for good.
        """
        prepared = asyncio.create_task(self.startup.prepared.wait())
        await asyncio.wait({preparing, prepared}, timeout=LISTENS_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        await stop(prepared)
        if preparing.done():
            preparing.result()
        elif not self.startup.prepared.is_set():
            log.warning("mongodb.away", hint="listening all the same; /readyz answers 503 until MongoDB is there")
            preparing.add_done_callback(_log_failure)

    async def _prepare(self, storage: Storage) -> None:
        """Create the indexes as soon as MongoDB answers, then complete what an older version has stored.

        Ends the process if waiting cannot help.
        """
        while True:
            try:
                await create_indexes(storage.mongo)
                self.startup.prepared.set()
                await storage.search.complete()
                return
            except DatabaseError as error:
                await wait_or_end(error)

    async def make_context(self, token: str | None, caller: Caller, *, may_presume: bool = False) -> RequestContext:
        """Return the context of one request. If it `may_presume`, it has a claim if the token's account is known.

        Raises:
            NotReady: MongoDB has not answered once, or does not say now whose token it is.
        """
        services = self.startup.require_services()
        since = services.live.moment()  # before anything is waited for
        if may_presume and (claim := claim_of(services.storage, token)):
            return RequestContext(
                services=services, since=since, viewer=claim.account, token=token, caller=caller, claim=claim
            )
        try:
            async with asyncio.timeout(services.request_timeout_s):
                viewer = await viewer_of(services.storage, token)
        except (DatabaseError, TimeoutError) as error:
            log.warning("mongodb.away", error=type(error).__name__)
            raise NotReady from None
        return RequestContext(services=services, since=since, viewer=viewer, token=token, caller=caller)

    async def find_image(self, image: str, size: int) -> OpenFile | None:
        """Return the file of an account's image in the size, if there is one.

        Raises:
            NotReady: The store does not answer.
        """
        return await self._opened(self.startup.require_services().storage.images.open_rendition(image, size))

    async def find_picture(self, file: str, side: int) -> OpenFile | None:
        """Return the file of a post's picture in the size, if there is one.

        Raises:
            NotReady: The store does not answer.
        """
        return await self._opened(self.startup.require_services().storage.media.open_rendition(file, side))

    async def _opened(self, opening: Awaitable[OpenFile | None]) -> OpenFile | None:
        try:
            async with asyncio.timeout(self._settings.request_timeout_s):
                return await opening
        except PicturesUnavailable as error:
            log.warning("media.store_away", reason=error.reason)
            raise NotReady(str(error)) from None
        except (DatabaseError, TimeoutError):
            raise NotReady from None


async def wait_or_end(error: DatabaseError) -> None:
    """Wait a moment, or end this process if waiting cannot help. No request has been served yet."""
    try:
        await wait_or_give_up(error)
    except Misconfigured as misconfigured:
        log.critical("mongodb.misconfigured", reason=str(misconfigured))
        give_up()


def _log_failure(preparing: "asyncio.Task[None]") -> None:
    if not preparing.cancelled() and (error := preparing.exception()):
        log.error("mongodb.unusable", exc_info=error)


def create_app(settings: Settings, *, built: Path = BUILT, rates: Rates | None = None) -> Starlette:
    """`built` is what browsers load; the rates are the settings' where none are given. Errors: BadSetting."""
    rates = rates or rates_of(settings)
    registry = persisted_documents_of(settings, built=built)
    web = Web(settings, rates, registry)
    origins = [origin for origin in settings.cors_origins.split(",") if origin]

    def playground() -> Response:
        is_open = settings.playground == "on" and settings.documents == "any"
        return page(PLAYGROUND, built=built) if is_open else closed_playground()

    graphql = Endpoint(
        web.make_context,
        playground=playground,
        note_slow=web.metrics.slow_readers.inc,
        note_answer=web.metrics.note_answer,
        registry=registry,
        allowed_origins=origins,
    )

    async def client(request: Request) -> Response:
        subject = await find_subject(request, web.make_context)
        if subject.is_gone:
            raise HTTPException(404)
        return client_page(request, subject, sharing.site(request), built=built)

    async def missing(request: Request, error: Exception) -> Response:
        if wants_page(request):
            return page(CLIENT, built=built, status=404)
        return await http_exception_handler(request, error)

    sharing = Sharing(web.make_context, public_origin=settings.public_origin)
    routes = [
        Route("/graphql", graphql),  # first, since routes are tried in this order
        WebSocketRoute("/graphql", graphql),
        *sharing.routes(),
        *installable(built),
        *(Route(path, client) for path in CLIENT_PATHS),
        Mount("/assets", Assets(built=built)),
        Mount("/media", routes=media(find_image=web.find_image, find_picture=web.find_picture)),
        Route("/healthz", healthz),
        Route("/readyz", web.health.readyz),
        Route("/metrics", web.health.show_metrics),
    ]
    middleware = [
        behind(settings.trusted_proxies),
        Middleware(MetricsMiddleware, metrics=web.metrics),
        Middleware(TracingMiddleware, continues=settings.trace_parents == "on"),
        Middleware(RequestIdMiddleware),
        Middleware(SecurityHeadersMiddleware),
        *cross_origin(origins),
        Middleware(
            RateLimitMiddleware,
            allowance=rates.request,
            limiter=web.local_limiter,
            note_refusal=web.metrics.note_refusal,
        ),
        Middleware(BodyLimitMiddleware),
    ]
    return Starlette(
        routes=routes,
        lifespan=web.lifespan,
        middleware=middleware,
        exception_handlers=EXCEPTION_HANDLERS | {404: missing},
    )


def __getattr__(name: str) -> Starlette:
    """`app`, made when a server asks for it: tests make their own."""
    if name == "app":
        settings = Settings.from_environment()
        logs.configure(settings.log_level, settings.log_format, process="web")  # before uvicorn's first line
        made = create_app(settings)
        # Freeze the start-up objects, so that full collections do not pause requests.
        gc.collect()
        gc.freeze()
        return made
    raise AttributeError(name)
