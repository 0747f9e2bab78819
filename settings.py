"""Settings: the only reader of the environment.

The front doors, `commands` and `launch` read them; the other rooms are passed what they need. A setting is one field:
its type holds its bounds, and its description is its row of docs/configuration.md (`make docs`).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from annotated_types import Ge, Le
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from domain.errors import OperatorError
from domain.visibility import REPEAT_AFTER
from setting_types import (
    BrokerAddress,
    Credentials,
    Endpoint,
    Files,
    Host,
    MediaStoreAddress,
    MongoDBAddress,
    Name,
    Networks,
    Origin,
    Origins,
    Port,
    PortOrNone,
    Processes,
    RedisAddress,
    Seconds,
    Switch,
    Token,
    wanted,
)
from storage.redis.addresses import SCHEMES as REDIS_SCHEMES


class BadSetting(OperatorError, ValueError):
    """Variables of the environment have values that Tweeter cannot start with. The text has a line for each."""


class Settings(BaseSettings):
    """One attribute for each environment variable, in lower case. Secrets stay out of the repr and of errors.

    The constructor takes values by name and does not read the environment.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: Host = Field(
        default="127.0.0.1",
        description="Address that the web process listens on. A host name stands for all its addresses, `::` for every"
        " IPv6 and IPv4 address.",
    )
    port: Port = Field(default=8000, description="Port that the web process listens on.")
    flower_port: Port = Field(default=5555, description="Port of Flower, which listens on loopback.")
    flower_basic_auth: Credentials = Field(
        default="",
        repr=False,
        description="`user:password` for Flower's pages and API; separate several with commas. If it is empty, Flower's"
        " API is closed.",
    )
    mongodb_url: MongoDBAddress = Field(
        default="",
        repr=False,
        description="A replica set; if it is empty, the embedded one. Tweeter refuses a standalone mongod and a mongos."
        " It reads from the primary, even if the address asks for secondaries.",
    )
    mongodb_database: Name = Field(default="tweeter", description="Name of the database.")
    mongodb_driver: Literal["pymongo", "motor"] = Field(
        default="pymongo",
        description="`pymongo` (its async client) or `motor`; see [ADR 0004](adr/0004-two-drivers.md).",
    )
    redis_url: RedisAddress = Field(
        default="",
        repr=False,
        description="Live updates, rate limits and, if `BROKER_URL` is empty, the broker: `redis://`, `rediss://` or"
        " `unix:///path?db=0`; if it is empty, the embedded one. `rediss://` verifies the certificate with the system's"
        " authorities. To change that for every process, add `ssl_ca_certs`, `ssl_cert_reqs`, `ssl_check_hostname`,"
        " `ssl_certfile` or `ssl_keyfile` to the address. Tweeter refuses Redis Cluster. For Sentinel, use a proxy that"
        " follows the primary.",
    )
    broker_url: BrokerAddress = Field(
        default="",
        repr=False,
        description="The broker of the messages to the workers: a Redis, Redis Sentinel or RabbitMQ. If it is empty,"
        " the Redis of `REDIS_URL`. See [another broker](#another-broker).",
    )
    media_store: MediaStoreAddress = Field(
        default="",
        repr=False,
        description="Where pictures are stored: `s3://bucket/prefix?endpoint=https://host&region=name`; if it is empty,"
        " in MongoDB. See [pictures in a bucket](#pictures-in-a-bucket).",
    )
    data_dir: Path = Field(
        default=Path(".data"),
        description="Folder for everything that Tweeter writes: the embedded servers' files, Flower's history and the"
        " metrics of several web processes. Tweeter creates it if it is missing. It survives restarts.",
    )
    celebrity_threshold: Annotated[int, Ge(1), Le(10**9)] = Field(
        default=10_000,
        description="Number of followers from which an account's posts are pulled when a feed is read.",
    )
    feed_window: Annotated[int, Ge(1), Le(10**6)] = Field(
        default=1_000, description="Entries kept per feed. Older pages are pulled."
    )
    dormant_after_days: Annotated[int, Ge(1), Le(36_500)] = Field(
        default=30, description="Days without a read after which nothing is pushed to a reader."
    )
    repeat_after_days: Annotated[int, Ge(0), Le(3_650)] = Field(
        default=REPEAT_AFTER.days,
        description="Days within which a post comes by only once in a feed, however many accounts repost it.",
    )
    session_ttl_days: Annotated[int, Ge(1), Le(3_650)] = Field(
        default=30,
        description="Days after its last use at which a session ends. Every session ends a year after it was opened.",
    )
    cors_origins: Origins = Field(
        default="",
        description="Origins whose pages may send requests; separate several with commas. They may send any header"
        " except those of proxies.",
    )
    public_origin: Origin = Field(
        default="",
        description="Scheme and host under which readers reach the site, as `https://tweeter.example`: link previews,"
        " feeds, embedded posts and the sitemap name it. If it is empty, they name the host that a request names.",
    )
    max_connections: Annotated[int, Ge(10), Le(10**6)] = Field(
        default=2_000, description="Connections of a web process. Three quarters of them may be WebSockets."
    )
    keep_alive_s: Annotated[int, Ge(1), Le(86_400)] = Field(
        default=75,
        description="Seconds for which an idle connection stays open. It must be longer than the proxy's own timeout.",
    )
    request_timeout_s: Seconds = Field(default=10, description="Seconds after which an operation is stopped.")
    stop_within_s: Seconds = Field(
        default=45,
        description="Seconds after SIGTERM at which a web process answers unfinished requests with an error.",
    )
    loop_stuck_s: Seconds = Field(
        default=30, description="Seconds after which a web process with a stuck event loop is ended."
    )
    metrics_token: Token = Field(
        default="",
        repr=False,
        description="Bearer token for `/metrics` and the details of `/readyz`, at least 16 characters.",
    )
    admin_host: Host = Field(
        default="127.0.0.1", description="Address of the admin ports. They show load and errors: keep them private."
    )
    admin_port: PortOrNone = Field(
        default=0,
        description="Port on which the web processes show `/metrics`, `/healthz` and `/readyz`; 0: none. See"
        " [monitoring](monitoring.md).",
    )
    worker_admin_port: PortOrNone = Field(
        default=0, description="Port on which a worker shows the same; 0: none, and workers measure nothing."
    )
    rate_limits: Switch = Field(
        default="on", description="`off`: nothing is counted. [SECURITY.md](../SECURITY.md) lists the limits."
    )
    trusted_proxies: Networks = Field(
        default="",
        description="Addresses and networks whose `X-Forwarded-For` is trusted; separate several with commas. If it is"
        " empty, all clients of a proxy count as one.",
    )
    playground: Switch = Field(
        default="on",
        description="`off`: no playground, no introspection, no suggestions of field names in errors.",
    )
    documents: Literal["any", "registered"] = Field(
        default="any",
        description="`registered`: only the documents of the web client (`web/dist/persisted-documents.json`) and of"
        " `DOCUMENTS_FILE` are executed. The start stops if the client is not built (`make web`).",
    )
    documents_file: Files = Field(
        default="",
        description="Up to 16 files, separated by commas, with the documents that other clients request by name: the"
        " persisted documents of graphql-codegen and Relay, Apollo's manifest. They are read at the start, which stops"
        " if a file cannot be used.",
    )
    web_concurrency: Processes = Field(default=1, description="Number of web processes.")
    worker_concurrency: Processes = Field(default=2, description="Number of worker processes.")
    otel_exporter_otlp_endpoint: Endpoint = Field(
        default="",
        description="Address to which traces are sent, by OTLP over HTTP, as `http://127.0.0.1:4318`; if it is empty,"
        " no trace is recorded. Needs the extra `tracing`. See [traces](monitoring.md#traces).",
    )
    otel_traces_sampler_arg: Annotated[float, Ge(0), Le(1)] = Field(
        default=0.01, description="Share of the requests and sweeps that are recorded as traces."
    )
    trace_parents: Switch = Field(
        default="off",
        description="`on`: the header `traceparent` of a request decides whether it is recorded. Only behind a proxy"
        " that sets or removes the header, since any client could have all its requests recorded.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="`debug`, `info`, `warning` or `error`."
    )
    log_format: Literal["logfmt", "json"] = Field(
        default="logfmt",
        description="`json`: each line of each process is a JSON object. See [logs](monitoring.md#logs).",
    )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the constructor read its arguments and not the environment."""
        return (init_settings,)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the variables. An empty variable counts as unset.

        Raises:
            BadSetting: Each of its lines names a variable and says what it must be. None shows a secret.
        """
        given = {name: text for name in cls.model_fields if (text := environment.get(name.upper()))}
        source = EnvSettingsSource(cls)
        source.env_vars = given
        try:
            return cls(**source())
        except ValidationError as error:
            faults = {str(fault["loc"][0]): fault for fault in error.errors(include_url=False)}
        raise BadSetting("\n".join(cls._line(name, fault, given[name]) for name, fault in faults.items()))

    @classmethod
    def _line(cls, name: str, fault: Mapping[str, Any], text: str) -> str:
        setting = cls.model_fields[name]
        reason = fault.get("ctx", {}).get("error") or wanted(setting)
        shown = "" if not setting.repr else f", not {text!r}"
        return f"{name.upper()} must be {reason}{shown}"

    def replace(self, **values: Any) -> Self:
        """Return a copy with the given values.

        Raises:
            pydantic.ValidationError: A value is bad, or there is no such setting.
        """
        return type(self)(**{**dict(self), **values})

    @property
    def broker(self) -> str:
        """The address of the broker. It is empty until the embedded Redis runs."""
        return self.broker_url or self.redis_url

    @property
    def redis_addresses(self) -> dict[str, str]:
        """The address by variable, of each variable that names a single Redis."""
        given = {"REDIS_URL": self.redis_url, "BROKER_URL": self.broker_url}
        return {variable: url for variable, url in given.items() if url.partition("://")[0] in REDIS_SCHEMES}

    def check_addresses(self) -> None:
        """Check that the addresses of the servers are set.

        Raises:
            BadSetting: An address is missing.
        """
        if not self.mongodb_url or not self.redis_url:
            raise BadSetting("MONGODB_URL and REDIS_URL must be set; `tweeter up` starts servers if they are empty")

    def environment(self, around: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Return the environment of another process that is to read the same settings."""
        ours = {name.upper(): str(value) for name, value in self}
        # Not those that are empty: Flower would ask for a password that nobody can give.
        return {name: value for name, value in {**around, **ours}.items() if value or name not in ours}
