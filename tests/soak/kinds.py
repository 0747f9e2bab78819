"""Requests of many kinds. Each kind varies something that a server might cache."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson

from tests.client import parts
from tests.pictures import picture

JSON = {"content-type": "application/json"}
QUERY = "{ viewer { alias } }"
MERGED = 18  # fields of one name, each with its own variable: 262,143 ways to merge them
PICTURE = picture(size=(8, 8))


@dataclass(frozen=True, slots=True)
class Sent:
    path: str = "/graphql"
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    files: Any = None

    async def by(self, http: httpx.AsyncClient) -> httpx.Response:
        content = None if self.files else self.content
        return await http.request(self.method, self.path, headers=self.headers, content=content, files=self.files)


def asked(query: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Sent:
    return Sent(headers=JSON | dict(headers or {}), content=orjson.dumps({"query": query} | more))


def merged_by_variables(number: int) -> Sent:
    names = [f"v{place}" for place in range(MERGED)]
    declared = ", ".join(f"${name}: Boolean = false" for name in names)
    selected = " ".join(f'user(alias: "ann") @include(if: ${name}) {{ ...F }}' for name in names)
    chosen = {name: bool(number >> place & 1) for place, name in enumerate(names)}
    fields = "id alias firstName lastName imageUrl imageSrcset createdAt followerCount followeeCount"
    return asked(f"query ({declared}) {{ {selected} }} fragment F on User {{ {fields} }}", variables=chosen)


def operation_name(number: int) -> Sent:
    names = [f"q{place}" for place in range(100)]
    document = " ".join(f"query {name} {{ __typename }}" for name in names)
    return asked(document, operationName=names[number % 100])


def by_address(number: int) -> Sent:
    return Sent(f"/graphql?{urlencode({'query': QUERY, 'extensions': orjson.dumps({'n': number}).decode()})}", "GET")


def upload(number: int) -> Sent:
    query = "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename } }"
    return Sent(headers={"GraphQL-Require-Preflight": "1"}, files=parts(query, PICTURE, {"firstName": f"n{number}"}))


KINDS: dict[str, Callable[[int], Sent]] = {
    "documents": lambda n: asked(f"{{ viewer {{ a{n}: alias }} }}"),
    "long documents": lambda n: asked(f"{{ viewer {{ alias }} }} #{n}".ljust(1_500, ".")),
    "documents that are refused": lambda n: asked(f"{{ viewer {{ no{n} }} }}"),
    "documents that do not parse": lambda n: asked(f"{{ viewer {{ a{n}: }} }}"),
    "fields merged by variables": merged_by_variables,
    "operation names": operation_name,
    "unknown operation names": lambda n: asked("query A { __typename }", operationName=f"n{n}"),
    "names of types": lambda n: asked(f'{{ __type(name: "T{n}") {{ name }} }}'),
    "variables": lambda n: asked(
        "query ($a: String!) { user(alias: $a) { id } }", variables={"a": f"u{n}", f"x{n}": n}
    ),
    "ids": lambda n: asked("query ($id: ID!) { node(id: $id) { id } }", variables={"id": f"x{n}"}),
    "words of a search": lambda n: asked(f'{{ searchUsers(query: "w{n}") {{ edges {{ cursor }} }} }}'),
    "registered documents": lambda n: Sent(headers=JSON, content=orjson.dumps({"documentId": f"sha256:{n:064x}"})),
    "user agents": lambda n: asked(QUERY, headers={"user-agent": f"Agent/{n}"}),
    "addresses": lambda n: asked(QUERY, headers={"x-forwarded-for": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"}),
    "request ids": lambda n: asked(QUERY, headers={"x-request-id": f"request-{n}"}),
    "origins": lambda n: asked(QUERY, headers={"origin": f"https://o{n}.example"}),
    "accepted media types": lambda n: asked(QUERY, headers={"accept": f"application/x{n}, */*;q=0.{n}"}),
    "other headers": lambda n: asked(QUERY, headers={f"x-h{n}": "x"}),
    "tokens": lambda n: asked(QUERY, headers={"authorization": f"Bearer t{n}"}),
    "queries by address": by_address,
    "paths": lambda n: Sent(f"/p{n}", "GET"),
    "pictures": lambda n: Sent(f"/media/i{n}/200", "GET"),
    "hosts of pages": lambda n: Sent("/@ann", "GET", headers={"accept": "text/html", "host": f"h{n}.example"}),
    "embedded posts": lambda n: Sent(f"/embed/p{n}?lang=l{n}", "GET", headers={"accept-language": f"l{n}"}),
    "addresses of oEmbed": lambda n: Sent(f"/oembed?url=http://h{n}/&maxwidth={n}", "GET"),
    "methods": lambda n: Sent(method=f"M{n}"),
    "media types": lambda n: Sent(headers={"content-type": f"text/x{n}"}, content=b"{}"),
    "bodies": lambda n: Sent(headers=JSON, content=b"[%d" % n),
    "sign-ins": lambda n: asked(f"mutation {{ logout a{n}: logout }}"),
    "uploads": upload,
}
