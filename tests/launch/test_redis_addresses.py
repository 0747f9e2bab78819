"""Each kind of Redis address, in everything that opens Redis: it works for all of them, or for none."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from celery import Celery
from flower.utils.broker import Broker as FlowerBroker  # type: ignore[import-untyped]
from kombu import pools
from kombu.exceptions import OperationalError
from redis import Redis as PlainRedis

from compat.flower import count_queues_with
from domain.announcements import Alive
from domain.rates import Rate
from launch import LaunchError, Server
from launch.checks import check_servers
from settings import Settings
from storage import ChannelLost
from storage.redis.addresses import SCHEMES
from storage.redis.announcements import Announcements
from storage.redis.client import Redis
from storage.redis.rate_limits import RateLimiter
from tasks.broker import Broker, make_celery
from tasks.messages import MAINTENANCE, Message
from tests.bad_settings import refusal_of
from tests.servers import Certificates, make_certificates, start_other_redis, tls_redis

PASSWORD = "p@ss/w:rd?#%"
QUOTED = "p%40ss%2Fw%3Ard%3F%23%25"


def forget_pools(app: Celery) -> None:
    """Close kombu's pools of one application and no other: kombu finds a pool by its address without its options."""
    producers, connections = app.producer_pool, app.pool
    connections.force_close_all()  # type: ignore[attr-defined]  # the stubs take it for a pool of producers
    for pool, group in ((producers, pools.producers), (connections, pools.connections)):
        for key in [key for key, kept in group.items() if kept is pool]:
            dict.__delitem__(group, key)  # its own way asks for a connection


# Each says whether the client reaches the Redis of the address.


async def health_check(url: str) -> bool:
    redis = Redis(url)
    try:
        return await redis.is_reachable()
    finally:
        await redis.close()


async def announcements(url: str) -> bool:
    channel = Announcements(url, database="tests")
    try:
        await channel.send("me", [Alive()])
    except ChannelLost:
        return False
    finally:
        await channel.close()
    return True


async def rate_limits(url: str) -> bool:
    """One process sees what another has counted."""
    one, another = RateLimiter(url), RateLimiter(url)
    rate = Rate(1, per_s=60)
    try:
        await one.count_hit("key", rate)
        return await another.count_hit("key", rate) > 0
    finally:
        await one.close()
        await another.close()


async def start_checks(url: str) -> bool:
    try:
        check_servers(Settings(redis_url=url))
    except LaunchError:
        return False
    return True


async def celery(url: str) -> bool:
    app = make_celery(url)
    broker = Broker(app)
    try:
        broker.publish([Message("feed.trim", (1,), MAINTENANCE)])
        return broker.count() > 0
    except OperationalError:
        return False
    finally:
        forget_pools(app)
        broker.close()


async def flower(url: str) -> bool:
    """As its page of queues asks (flower/views/__init__.py, `get_broker`)."""
    app = make_celery(url)
    replaced = FlowerBroker.__dict__["__new__"]
    count_queues_with(Broker(app).counts)
    try:
        uri = app.connection().as_uri(include_password=True)
        await FlowerBroker(
            uri, http_api=None, broker_options=app.conf.broker_transport_options, broker_use_ssl=app.conf.broker_use_ssl
        ).queues([MAINTENANCE])
    except OperationalError:
        return False
    finally:
        FlowerBroker.__new__ = replaced
        forget_pools(app)
        app.close()
    return True


CLIENTS = [health_check, announcements, rate_limits, start_checks, celery, flower]
Client = Callable[[str], Awaitable[bool]]
every_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """On a port and on a socket."""
    directory = tmp_path_factory.mktemp("r e d i s")
    settings = {"unixsocket": str(directory / "redis.sock"), "unixsocketperm": "700"}
    server = start_other_redis(directory, settings, url="redis://127.0.0.1:{port}")
    with PlainRedis.from_url(server.url) as admin:
        admin.acl_setuser(
            "ann", enabled=True, passwords=[f"+{PASSWORD}"], categories=["+@all"], keys=["*"], channels=["*"]
        )
    yield server
    server.stop()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def secure(certificates: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {
        "port": "0",
        "tls-port": "{port}",
        "tls-cert-file": str(certificates.certificate),
        "tls-key-file": str(certificates.key),
        "tls-auth-clients": "no",
    }
    directory = tmp_path_factory.mktemp("tls")
    server = start_other_redis(directory, settings, url="rediss://127.0.0.1:{port}/0", program=tls_redis())
    yield server
    server.stop()


@every_client
@pytest.mark.parametrize("credentials", ["", f"ann:{QUOTED}@"], ids=["nobody", "user"])
@pytest.mark.parametrize("database", ["0", "3"])
async def test_an_address_with_a_port_works(client: Client, plain: Server, credentials: str, database: str) -> None:
    url = Settings.from_environment({"REDIS_URL": f"redis://{credentials}127.0.0.1:{plain.port}/{database}"}).redis_url
    assert await client(url)


@every_client
@pytest.mark.parametrize("credentials", ["", f"ann:{QUOTED}@"], ids=["nobody", "user"])
@pytest.mark.parametrize("database", ["", "?db=3"])
async def test_an_address_of_a_socket_works(client: Client, plain: Server, credentials: str, database: str) -> None:
    path = str(plain.directory / "redis.sock").replace(" ", "%20")
    url = Settings.from_environment({"REDIS_URL": f"unix://{credentials}{path}{database}"}).redis_url
    assert await client(url)


@every_client
async def test_a_wrong_password_is_refused(client: Client, plain: Server) -> None:
    path = str(plain.directory / "redis.sock").replace(" ", "%20")
    for url in (f"redis://ann:pass@127.0.0.1:{plain.port}/0", f"unix://ann:pass@{path}"):
        assert not await client(url)


@every_client
async def test_a_certificate_of_an_unknown_authority_is_refused(client: Client, secure: Server) -> None:
    assert not await client(f"rediss://localhost:{secure.port}/0")


@every_client
async def test_a_certificate_of_a_named_authority_is_accepted(
    client: Client, secure: Server, certificates: Certificates
) -> None:
    given = {"REDIS_URL": f"rediss://localhost:{secure.port}/0?ssl_ca_certs={certificates.authority}"}
    assert await client(Settings.from_environment(given).redis_url)


@every_client
async def test_a_certificate_for_another_host_is_refused(
    client: Client, secure: Server, certificates: Certificates
) -> None:
    assert not await client(f"rediss://127.0.0.1:{secure.port}/0?ssl_ca_certs={certificates.authority}")


@every_client
@pytest.mark.parametrize(
    "option", ["ssl_cert_reqs=none", "ssl_check_hostname=false&ssl_ca_certs={authority}"], ids=["none", "any host"]
)
async def test_the_address_may_ask_for_less(
    client: Client, secure: Server, certificates: Certificates, option: str
) -> None:
    options = option.format(authority=certificates.authority)
    given = {"REDIS_URL": f"rediss://127.0.0.1:{secure.port}/0?{options}"}
    assert await client(Settings.from_environment(given).redis_url)


def test_every_scheme_is_tried_here() -> None:
    assert set(SCHEMES) == {"redis", "rediss", "unix"}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sentinel://127.0.0.1:26379/0", "HAProxy"),
        ("redis+sentinel://127.0.0.1:26379/0", "HAProxy"),
        ("redis+socket:///run/redis.sock", "unix://"),
        ("amqp://127.0.0.1", "redis:// or rediss:// or unix://"),
        ("127.0.0.1:6379", "redis:// or rediss:// or unix://"),
        ("redis", "redis:// or rediss:// or unix://"),
        ("unix://run/redis.sock", "an absolute path"),
        ("redis://127.0.0.1/tweeter", "number of a database"),
        ("unix:///run/redis.sock?db=first", "percent-encoded"),
        ("redis://127.0.0.1/0?socket_timeout=5", "without the option 'socket_timeout'"),
        ("redis://127.0.0.1/0?ssl_cert_reqs=none", "'ssl_cert_reqs', which belongs to rediss://"),
        ("rediss://127.0.0.1/0?ssl_cert_reqs=CERT_NONE", "ssl_cert_reqs is none or optional or required"),
        ("rediss://127.0.0.1/0?ssl_ca_certs=/no/such/file", "ssl_ca_certs names a file"),
        *((f"redis://me:sec{c}ret@127.0.0.1:6379/0", "percent-encoded") for c in "/?#"),
        *((f"redis://me:12{c}secret@127.0.0.1:6379/0", "percent-encoded") for c in "/?#"),  # 12 could be a port
        ("redis://me:sec?ret=x@127.0.0.1:6379/0", "percent-encoded"),
        ("redis://127.0.0.1:secret/0", "percent-encoded"),
    ],
)
def test_an_address_that_cannot_work_for_everybody_is_refused_in_one_line(url: str, told: str) -> None:
    message = refusal_of("REDIS_URL", url)
    assert told in message
    assert "secret" not in message
    assert "ret@" not in message
