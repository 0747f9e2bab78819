"""The ASGI application: routes and lifespan. `uvicorn app:app` serves it."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

import logs
from composition import policy_of, rates_of, storage_of
from domain.callers import Caller
from domain.rates import Rates
from launch.checks import registry_of
from live.background import stop
from live.hub import LiveHub
from resolvers.context import viewer_of
from schema.context import RequestContext
from serving.coalescing import Coalesced
from serving.graphql.endpoint import Endpoint
from serving.graphql.persisted_documents import PersistedDocuments
from serving.http_errors import EXCEPTION_HANDLERS, RETRY_SOON, NotReady, http_exception_handler
from serving.media import media
from serving.middleware.bodies import BodyLimitMiddleware
from serving.middleware.cors import cross_origin
from serving.middleware.headers import SecurityHeadersMiddleware
from serving.middleware.metrics import Metrics, MetricsMiddleware
from serving.middleware.proxies import behind
from serving.middleware.rate_limit import RateLimitMiddleware
from serving.middleware.request_ids import RequestIdMiddleware
from serving.operators import error_for_stranger
from serving.page_status import is_gone
from serving.pages import BUILT, CLIENT, CLIENT_PATHS, PLAYGROUND, Assets, closed_playground, page, wants_page
from serving.server.process import give_up
from settings import Settings
from storage import DatabaseError, Misconfigured, Storage, create_indexes, wait_or_give_up
from storage.clock import watching_clock
from storage.memory.rate_limits import LocalRateLimiter
from tasks.broker import make_celery
from tasks.publisher import Publisher
from threads.images import ImageConverter
from threads.passwords import PasswordHashing

ANSWER_WITHIN_S = 2.0
MAX_COUNTED_IN_FLIGHT = 100_000
COUNT_FRESH_FOR_S = 5.0
ANSWER_FRESH_FOR_S = 0.5
LISTENS_WITHIN_S = 20.0  # of its start, if MongoDB does not answer: /readyz then says so, as a closed port would not

log = structlog.get_logger()


class Web:
    """One web process: what it opens when it starts, and its endpoints."""

    def __init__(self, settings: Settings, rates: Rates, registry: PersistedDocuments) -> None:
        settings.check_addresses()
        self._settings = settings
        self._policy = policy_of(settings)
        self._rates = rates
        self._registry = registry
        self.buckets = LocalRateLimiter()
        self._publisher = Publisher(make_celery(settings.redis_url))
        self._passwords = PasswordHashing()
        self._images = ImageConverter()
        self._storage: Storage | None = None
        self._live: LiveHub | None = None
        self._prepared = asyncio.Event()
        self._mongodb = Coalesced(self._mongodb_answers, fresh_for_s=ANSWER_FRESH_FOR_S)
        self._redis = Coalesced(self._redis_answers, fresh_for_s=ANSWER_FRESH_FOR_S)
        self._in_flight = Coalesced(self._count_in_flight, fresh_for_s=COUNT_FRESH_FOR_S)
        self.metrics = Metrics()

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        logs.configure(self._settings.log_level)
        self._registry.refresh()
        async with AsyncExitStack() as stack:
            stack.callback(self._passwords.close)
            stack.callback(self._images.close)
            self._storage = await stack.enter_async_context(storage_of(self._settings))
            self._live = LiveHub(self._storage, note_slow=self.metrics.slow_readers.inc)
            await stack.enter_async_context(self._live.running())
            self._publisher.start()
            stack.callback(self._publisher.close)
            preparing = asyncio.create_task(self._prepare(self._storage))
            stack.push_async_callback(stop, preparing)
            await stack.enter_async_context(watching_clock(self._storage.mongo, self.metrics.clock_offset.set))
            await self._until_prepared(preparing)
            yield

    async def _until_prepared(self, preparing: "asyncio.Task[None]") -> None:
        """Wait until requests can be served, but not for ever. Raises: what ends the preparation for good."""
        prepared = asyncio.create_task(self._prepared.wait())
        await asyncio.wait({preparing, prepared}, timeout=LISTENS_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        await stop(prepared)
        if preparing.done():
            preparing.result()
        elif not self._prepared.is_set():
            log.warning("mongodb.away", hint="listening all the same; /readyz answers 503 until MongoDB is there")
            preparing.add_done_callback(_log_failure)

    async def _prepare(self, storage: Storage) -> None:
        """Create the indexes as soon as MongoDB answers, then complete what an older version has stored.

        Ends the process if waiting cannot help.
        """
        while True:
            try:
                await create_indexes(storage.mongo)
                self._prepared.set()
                await storage.search.complete()
                return
            except DatabaseError as error:
                await wait_or_end(error)

    async def make_context(self, token: str | None, caller: Caller) -> RequestContext:
        """Errors: NotReady until MongoDB has answered once, and while it does not say whose token it is."""
        if self._storage is None or self._live is None or not self._prepared.is_set():
            raise NotReady
        since = self._live.moment()  # before anything is waited for
        try:
            async with asyncio.timeout(self._settings.request_timeout_s):
                viewer = await viewer_of(self._storage, token)
        except (DatabaseError, TimeoutError) as error:
            log.warning("mongodb.away", error=type(error).__name__)
            raise NotReady from None
        return RequestContext(
            storage=self._storage,
            policy=self._policy,
            passwords=self._passwords,
            images=self._images,
            send=self._publisher.put,
            live=self._live,
            since=since,
            viewer=viewer,
            token=token,
            timeout_s=self._settings.request_timeout_s,
            caller=caller,
            rates=self._rates,
            buckets=self.buckets,
            may_introspect=self._settings.playground == "on",
        )

    async def find_image(self, image: str, size: int) -> bytes | None:
        """Errors: NotReady while MongoDB does not say."""
        if self._storage is None or not self._prepared.is_set():
            raise NotReady
        try:
            async with asyncio.timeout(self._settings.request_timeout_s):
                return await self._storage.images.find(image, size)
        except (DatabaseError, TimeoutError):
            raise NotReady from None

    async def readyz(self, request: Request) -> Response:
        """Say to everybody whether requests can be served; to operators also which server does not answer."""
        mongodb, redis = await asyncio.gather(self._mongodb.get(), self._redis.get())
        state = {True: "ok", False: "unreachable"}
        is_stranger = error_for_stranger(request, self._settings.metrics_token) is not None
        content = {"ready": mongodb} if is_stranger else {"mongodb": state[mongodb], "redis": state[redis]}
        status, headers = (200, None) if mongodb else (503, RETRY_SOON)
        return JSONResponse(content, status_code=status, headers=headers)

    async def show_metrics(self, request: Request) -> Response:
        if refusal := error_for_stranger(request, self._settings.metrics_token):
            return refusal.response()
        if (in_flight := await self._in_flight.get()) is not None:
            self.metrics.in_flight.set(in_flight)
        if self._live is not None:
            self.metrics.subscriptions.set(self._live.subscriptions)
        self.metrics.connections.set(len(request.scope.get("state", {}).get("connections", ())))
        return PlainTextResponse(self.metrics.text(), media_type="text/plain; version=0.0.4")

    async def _count_in_flight(self) -> int | None:
        """None while MongoDB does not say."""
        if self._storage is None or not await self._mongodb.get():
            return None
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await self._storage.ledgers.count(limit=MAX_COUNTED_IN_FLIGHT)
        except (DatabaseError, TimeoutError):
            return None

    async def _redis_answers(self) -> bool:
        return self._storage is not None and await self._storage.redis.is_reachable()

    async def _mongodb_answers(self) -> bool:
        if self._storage is None or not self._prepared.is_set():
            return False
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await self._storage.mongo.ping()
        except (DatabaseError, TimeoutError):
            return False
        return True


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


async def healthz(_: Request) -> Response:
    return PlainTextResponse("alive\n")


def create_app(settings: Settings, *, built: Path = BUILT, rates: Rates | None = None) -> Starlette:
    """`built` is what browsers load; the rates are the settings' where none are given. Errors: BadSetting."""
    rates = rates or rates_of(settings)
    registry = registry_of(settings, built=built)
    web = Web(settings, rates, registry)
    origins = [origin for origin in settings.cors_origins.split(",") if origin]

    def playground() -> Response:
        is_open = settings.playground == "on" and settings.documents == "any"
        return page(PLAYGROUND, built=built) if is_open else closed_playground()

    graphql = Endpoint(
        web.make_context,
        playground=playground,
        note_slow=web.metrics.slow_readers.inc,
        registry=registry,
        allowed_origins=origins,
    )

    async def client(request: Request) -> Response:
        if await is_gone(request, web.make_context):
            raise HTTPException(404)
        return page(CLIENT, built=built)

    async def missing(request: Request, error: Exception) -> Response:
        return (
            page(CLIENT, built=built, status=404)
            if wants_page(request)
            else await http_exception_handler(request, error)
        )

    routes = [
        *(Route(path, client) for path in CLIENT_PATHS),
        Route("/graphql", graphql),
        WebSocketRoute("/graphql", graphql),
        Mount("/assets", Assets(built=built)),
        Mount("/media", routes=media(web.find_image)),
        Route("/healthz", healthz),
        Route("/readyz", web.readyz),
        Route("/metrics", web.show_metrics),
    ]
    middleware = [
        behind(settings.trusted_proxies),
        Middleware(MetricsMiddleware, metrics=web.metrics),
        Middleware(RequestIdMiddleware),
        Middleware(SecurityHeadersMiddleware),
        *cross_origin(origins),
        Middleware(RateLimitMiddleware, allowance=rates.request, buckets=web.buckets),
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
        logs.configure(settings.log_level)  # before uvicorn's first line
        made = create_app(settings)
        # What is there by now stays: to look through it for garbage, now and again, would halt all requests meanwhile.
        gc.collect()
        gc.freeze()
        return made
    raise AttributeError(name)
