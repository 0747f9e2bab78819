"""Explains errors of MongoDB: the reason, and whether a retry can help."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from pymongo.errors import ConfigurationError, OperationFailure, PyMongoError

from domain.errors import OperatorError

AGAIN_AFTER_S = 1.0
MAX_QUOTED = 300  # characters

GRANT = "grant its user the role readWrite on the database that MONGODB_DATABASE names"
# Final errors by the server's error code. A retry may help for all others.
# Codes: https://github.com/mongodb/mongo, base/error_codes.yml
FINAL = {
    13: f"MONGODB_URL cannot be used: Unauthorized: {GRANT}",
    18: "MONGODB_URL cannot be used: AuthenticationFailed: correct its user, its password or its authSource",
    85: "MONGODB_DATABASE cannot be used: IndexOptionsConflict: drop the index that is in the way",
    86: "MONGODB_DATABASE cannot be used: IndexKeySpecsConflict: drop the index that is in the way",
    8000: "MONGODB_URL cannot be used: AtlasError: correct its user or its password, and let Atlas admit this host",
    11000: "MONGODB_DATABASE cannot be used: DuplicateKey: remove the documents that break a unique index",
}
QUOTED = {85, 86, 11000}  # their messages name the index and no part of the URL
ANOTHER_HOST = "its certificate is for another host name: name the host in MONGODB_URL as the certificate does"
SIGNS = (
    ("Hostname mismatch", ANOTHER_HOST),
    ("IP address mismatch", ANOTHER_HOST),
    ("CERTIFICATE_VERIFY_FAILED", "its certificate is not trusted: name its authority with tlsCAFile in MONGODB_URL"),
    ("refused", "the connection is refused: see that it runs and that MONGODB_URL names its host and port"),
    ("Connect call failed", "the connection is refused: see that it runs and that MONGODB_URL names its host and port"),
    ("Name or service not known", "no such host: see the host of MONGODB_URL"),
    ("getaddrinfo failed", "no such host: see the host of MONGODB_URL"),
    ("nodename nor servname", "no such host: see the host of MONGODB_URL"),
    ("SSL", "the TLS handshake failed: see that it and MONGODB_URL agree on tls"),
    ("connection closed", "it closes the connection: see that it and MONGODB_URL agree on tls"),
    ("No primary available", "there is no primary: one is being elected, or a majority of the members is away"),
    ("No replica set members match selector", "there is no primary: one is being elected, or a majority is away"),
    ("No replica set members available", "no member of that replica set is there: see replicaSet in MONGODB_URL"),
    ("timed out", "it does not answer in time"),
    ("Timeout", "it does not answer in time"),
)
PASSING_CONFIGURATION = ("DNS", "nameserver", "resolution")  # errors of mongodb+srv:// that the network causes

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Fault:
    """An explained error.

    `reason` is one line without a secret that says what to do. A final one names the variable.
    """

    reason: str
    is_final: bool


class Unfit(PyMongoError):
    """This kind of server is not supported. The message says why."""


class Misconfigured(OperatorError):
    """The configuration of a server is wrong, so a retry cannot help. The message says what to do."""


def explain(error: Exception) -> Fault:
    """Return the reason of an error of MongoDB's driver.

    Only known phrases of the error's text are used. The text may quote a part of the URL that the driver took for a
    host name and that may be a password.
    """
    text = str(error)
    if isinstance(error, Unfit):
        return Fault(text, is_final=True)
    if isinstance(error, OperationFailure):
        return _explain_answer(error)
    if isinstance(error, ConfigurationError | ValueError | TypeError):
        if any(sign in text for sign in PASSING_CONFIGURATION):
            return Fault("the DNS has no answer for the host of MONGODB_URL", is_final=False)
        return Fault(f"MONGODB_URL cannot be used: {_bad_address(text)}", is_final=True)
    reason = next((reason for sign, reason in SIGNS if sign in text), "it does not answer")
    return Fault(f"{type(error).__name__}: {reason}", is_final=False)


def refuse_unfit(hello: Mapping[str, Any]) -> None:
    """Check the answer of a server to `hello`.

    Raises:
        Unfit: The server is a mongos or no member of a replica set. Feeds would not be exact on it.
    """
    if hello.get("msg") == "isdbgrid":
        raise Unfit("MONGODB_URL is a mongos: sharded clusters are not supported; name one replica set instead")
    if "setName" not in hello and not hello.get("isreplicaset"):
        raise Unfit("MONGODB_URL is not a replica set: start its mongod with --replSet, and run rs.initiate() once")


async def wait_or_give_up(error: Exception) -> None:
    """Log the reason and wait AGAIN_AFTER_S, if a retry can help.

    Raises:
        Misconfigured: A retry cannot help.
    """
    fault = refuse_final(error)
    log.warning("mongodb.away", reason=fault.reason)
    await asyncio.sleep(AGAIN_AFTER_S)


def refuse_final(error: Exception) -> Fault:
    """Return the fault if a retry can help.

    Raises:
        Misconfigured: A retry cannot help.
    """
    fault = explain(error)
    if fault.is_final:
        raise Misconfigured(fault.reason) from None
    return fault


def _explain_answer(error: OperationFailure) -> Fault:
    details = error.details or {}
    if error.code not in FINAL:
        name = details.get("codeName") or f"error {error.code}"
        return Fault(f"it answers with {name}", is_final=False)
    quoted = f" ({details.get('errmsg', '')[:MAX_QUOTED]})" if error.code in QUOTED else ""
    return Fault(FINAL[error.code] + quoted, is_final=True)


def _bad_address(text: str) -> str:
    if "cannot be combined with" in text:
        return "remove its readPreferenceTags and maxStalenessSeconds, since all reads go to the primary"
    if "replica set named" in text:
        return "it names another replica set than the one that is there: correct its replicaSet"
    return "correct its form or its options, and percent-encode its password"
