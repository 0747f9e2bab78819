"""The answer to any request is JSON with codes."""

import json
from typing import Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.client import Client
from tests.fuzz.answers import check_answer
from tests.fuzz.values import anything, texts

QUERIES = [
    "{ viewer { alias } }",
    "mutation { logout }",
    "query A { __typename } query B { __typename }",
    "fragment F on User { id }",
    "subscription { nonsense }",
    "{",
]
MEDIA_TYPES = ["application/json", "application/graphql-response+json", "text/plain", "multipart/form-data; boundary=x"]

queries = st.sampled_from(QUERIES)
bodies = st.binary() | st.builds(
    lambda content: json.dumps(content).encode(),
    st.fixed_dictionaries(
        {"query": queries | anything},
        optional=dict.fromkeys(("operationName", "variables", "extensions", "documentId"), anything),
    )
    | anything,
)
latin = st.text(st.characters(max_codepoint=255))
headers = st.dictionaries(
    st.sampled_from(["accept", "content-type", "authorization", "x-request-id", "origin", "accept-encoding", "cookie"]),
    (latin | st.sampled_from([*MEDIA_TYPES, "Bearer x", "*/*;q=0.5", "application/json; charset=utf-8"])).map(
        lambda text: text.encode("latin-1")
    ),
)
fuzzed = settings(max_examples=settings().max_examples * 2, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzzed
@given(bodies, headers)
async def test_no_body_and_no_header_causes_an_internal_error(
    client: Client, body: bytes, given: dict[str, bytes]
) -> None:
    sent: Any = {"content-type": b"application/json"} | given
    check_answer(await client.http.post("/graphql", content=body, headers=sent))


short = texts.map(lambda text: text[:1_000])


@fuzzed
@given(queries | short, st.dictionaries(st.sampled_from(["operationName", "variables", "extensions"]), short))
async def test_no_address_causes_an_internal_error(client: Client, query: str, more: dict[str, str]) -> None:
    address = urlencode(more | {"query": query}, errors="surrogatepass")
    check_answer(await client.http.get(f"/graphql?{address}"))
