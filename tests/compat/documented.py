"""The modules that our libraries document. Only compat/ may import others, which may change at any time.

A library that is not listed has no known undocumented module without an underscore.
"""

DOCUMENTED: dict[str, frozenset[str]] = {
    # https://docs.celeryq.dev/en/stable/reference/
    "celery": frozenset(
        {
            *("celery", "celery.beat", "celery.exceptions", "celery.schedules", "celery.signals"),
            "celery.worker.request",
        }
    ),
    "cross_web": frozenset(),  # a dependency of Strawberry, not ours
    # https://flower.readthedocs.io: documents commands and settings, but no module
    "flower": frozenset(),
    # https://graphql-core-3.readthedocs.io: the top-level package exports all of it, and pyutils is "subject to change"
    "graphql": frozenset({"graphql"}),
    "httptools": frozenset({"httptools"}),
    # https://docs.celeryq.dev/projects/kombu/en/stable/reference/; the methods of transports are not described there
    "kombu": frozenset({"kombu", "kombu.exceptions"}),
    # https://limits.readthedocs.io/en/stable/api.html
    "limits": frozenset({"limits", "limits.aio.storage", "limits.aio.strategies"}),
    # https://pymongo.readthedocs.io/en/stable/api/, where `pymongo.asynchronous.pool` is not
    "bson": frozenset({"bson", "bson.json_util", "bson.raw_bson"}),
    "gridfs": frozenset({"gridfs", "gridfs.errors"}),
    "motor": frozenset({"motor.motor_asyncio"}),
    "pymongo": frozenset(
        {
            *("pymongo", "pymongo.collection", "pymongo.database", "pymongo.errors", "pymongo.monitoring"),
            *("pymongo.read_concern", "pymongo.read_preferences", "pymongo.write_concern"),
            *("pymongo.asynchronous.client_session", "pymongo.asynchronous.collection"),
            "pymongo.asynchronous.database",
        }
    ),
    # https://redis.readthedocs.io/en/stable/
    "redis": frozenset(
        {
            *("redis", "redis.asyncio", "redis.asyncio.client", "redis.asyncio.connection", "redis.asyncio.retry"),
            *("redis.asyncio.sentinel", "redis.backoff", "redis.exceptions", "redis.retry", "redis.sentinel"),
        }
    ),
    # https://strawberry.rocks/docs
    "strawberry": frozenset(
        {
            *("strawberry", "strawberry.asgi", "strawberry.dataloader", "strawberry.exceptions"),
            *("strawberry.extensions", "strawberry.schema", "strawberry.schema.config", "strawberry.subscriptions"),
            *("strawberry.types", "strawberry.types.field", "strawberry.types.graphql", "strawberry.types.scalar"),
        }
    ),
    # https://www.uvicorn.org; Starlette's documentation names the middleware: https://www.starlette.io/middleware
    "uvicorn": frozenset({"uvicorn", "uvicorn.middleware.proxy_headers"}),
    "websockets": frozenset({"websockets"}),
}

# Variables of modules that a library documents as assignable.
SETTINGS = frozenset(
    {
        # https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.open
        "PIL.Image.MAX_IMAGE_PIXELS",
    }
)
