"""Explains errors of Redis. A retry may help for all of them, except for a Redis Cluster."""

from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
)

KINDS: tuple[tuple[type[Exception], str], ...] = (
    (AuthenticationError, "it refuses the user or the password: correct them in {variable}"),
    (NoPermissionError, "its user may not do this: grant it all commands and all keys"),
    (OutOfMemoryError, "it has no memory left: raise its maxmemory, or start more workers"),
    (ReadOnlyError, "it is a replica, which takes no writes: name its primary in {variable}"),
    (BusyLoadingError, "it is still loading its data"),
)
SIGNS = (
    ("Hostname mismatch", "its certificate is for another host name: name the host as the certificate does"),
    ("IP address mismatch", "its certificate is for another host name: name the host as the certificate does"),
    ("certificate verify failed", "its certificate is not trusted: name its authority with ssl_ca_certs in {variable}"),
    ("refused", "the connection is refused: see that it runs and that {variable} names its host and port"),
    ("Connect call failed", "the connection is refused: see that it runs and that {variable} names its host and port"),
    ("No such file", "there is no such socket: see the path in {variable}"),
    ("Name or service not known", "no such host: see the host of {variable}"),
    ("SSL", "the TLS handshake failed: see that rediss:// and the server's port agree"),
    ("losed", "it closes the connection: see that redis:// or rediss:// and the server's port agree"),
)


def cluster_refusal(variable: str) -> str:
    """Return why the Redis of the variable cannot be used."""
    return f"{variable} cannot be used: it is a node of a Redis Cluster, and Celery needs a single Redis or a primary"


def explain_redis(error: Exception, *, variable: str = "REDIS_URL") -> str:
    """Return the reason in one line without a secret, for the variable. Only known phrases of the text are used."""
    text = str(error)
    known = (reason for kind, reason in KINDS if isinstance(error, kind))
    signs = (reason for sign, reason in SIGNS if sign in text)
    return next(known, next(signs, type(error).__name__)).format(variable=variable)
