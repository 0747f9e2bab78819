"""The types of settings, which check the text of a variable. Each message completes "VARIABLE must be …"."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Annotated, Literal, get_args

from annotated_types import Ge, Le
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from storage.pictures.addresses import check_media_store
from storage.redis.addresses import check_redis_address
from tasks.broker_addresses import check_broker_address

MAX_FILES = 16

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")  # as a bearer token may look (RFC 6750)
_ENDPOINT = re.compile(r"https?://[^\s@/?#]+(/[^\s@?#]*)?")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")  # as browsers write it


def _if_given(check: Callable[[str], str]) -> AfterValidator:
    """Return a validator that checks a text unless it is empty."""
    return AfterValidator(lambda text: check(text) if text else text)


def _name(text: str) -> str:
    if not text or not all(c.isalnum() or c in "-_" for c in text):
        raise ValueError("letters, digits, - and _")
    return text


def _host(text: str) -> str:
    if not text or any(c.isspace() or c == "/" for c in text):
        raise ValueError("a host name or an address")
    return text


def _mongodb(text: str) -> str:
    if not text.startswith(("mongodb://", "mongodb+srv://")):
        raise ValueError("empty, or an address that begins with mongodb:// or mongodb+srv://")
    return text


def _origins(text: str) -> str:
    if not all(_ORIGIN.fullmatch(origin) for origin in text.split(",")):
        raise ValueError("origins with commas between them, as https://tweeter.example,http://localhost:5173")
    return text


def _endpoint(text: str) -> str:
    if not _ENDPOINT.fullmatch(text):
        raise ValueError("an address without credentials, as http://127.0.0.1:4318")
    return text


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise ValueError("a scheme and a host, as https://tweeter.example")
    return text


def _files(text: str) -> str:
    files = text.split(",")
    if len(files) > MAX_FILES or not all(file.strip() for file in files):
        raise ValueError(f"one to {MAX_FILES} files with commas between them")
    return text


def _networks(text: str) -> str:
    for network in text.split(","):
        try:
            ip_network(network.strip())
        except ValueError:
            raise ValueError("addresses and networks with commas between them, as 127.0.0.1,10.0.0.0/8") from None
    return text


def _credentials(text: str) -> str:
    # Flower splits them at commas, and can compare ASCII only.
    pairs = [each.partition(":") for each in text.split(",")]
    if not text.isascii() or not text.isprintable() or not all(user and password for user, _, password in pairs):
        raise ValueError("user:password, in ASCII; more of them after a comma")
    return text


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise ValueError("at least 16 letters, digits and - . _ ~ + /")
    return text


Host = Annotated[str, AfterValidator(_host)]
Port = Annotated[int, Ge(1), Le(65_535)]
PortOrNone = Annotated[int, Ge(0), Le(65_535)]
Name = Annotated[str, AfterValidator(_name)]
MongoDBAddress = Annotated[str, _if_given(_mongodb)]
MediaStoreAddress = Annotated[str, _if_given(check_media_store)]
BrokerAddress = Annotated[str, _if_given(check_broker_address)]
RedisAddress = Annotated[str, _if_given(check_redis_address)]
Origin = Annotated[str, _if_given(_origin)]
Endpoint = Annotated[str, _if_given(_endpoint)]
Origins = Annotated[str, _if_given(_origins)]
Files = Annotated[str, _if_given(_files)]
Networks = Annotated[str, _if_given(_networks)]
Credentials = Annotated[str, _if_given(_credentials)]
Token = Annotated[str, _if_given(_token)]
Switch = Literal["on", "off"]
Processes = Annotated[int, Ge(1), Le(256)]
Seconds = Annotated[int, Ge(1), Le(3_600)]


def wanted(setting: FieldInfo) -> str:
    """Return what a setting must be: one of its choices, or a number within its bounds."""
    if choices := get_args(setting.annotation):
        return " or ".join(choices)
    low = next(each.ge for each in setting.metadata if isinstance(each, Ge))
    high = next(each.le for each in setting.metadata if isinstance(each, Le))
    kind = "a number" if setting.annotation is float else "a whole number"
    return f"{kind} from {low} to {high}"
