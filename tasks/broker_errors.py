"""Explains why a Sentinel or a RabbitMQ cannot be used, from known errors of kombu's transports."""

from storage.redis.errors import explain_redis

SIGNS = (
    ("ACCESS_REFUSED", "it refuses the user or the password: correct them in BROKER_URL"),
    ("NOT_ALLOWED", "its user may not use the virtual host, or there is none of that name: see the path of BROKER_URL"),
    ("MasterNotFoundError", "its Sentinels know no primary of that name: see master_name in BROKER_URL"),
    ("certificate verify failed", "its certificate is not trusted: name its authority with cacertfile in BROKER_URL"),
    ("UNEXPECTED_EOF", "the TLS handshake failed: see that amqps:// and the server's port agree"),
    (
        "Server unexpectedly closed",
        "it closes the connection: see that the scheme of BROKER_URL and the server's port agree",
    ),
)


def explain_broker(error: Exception) -> str:
    """Return the reason in one line without a secret. Only known phrases of the error's text are used."""
    text = f"{type(error).__name__}: {error}"
    return next((reason for sign, reason in SIGNS if sign in text), explain_redis(error, variable="BROKER_URL"))
