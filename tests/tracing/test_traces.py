"""One trace goes from a request through the queue to the entries in MongoDB, over OTLP's wire format."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from composition.tasks import task_services_of
from settings import Settings
from storage import Storage
from tests.pipeline.stack import stack
from tests.pipeline.star import star_with_followers
from tests.tracing.receiver import Received, Receiver, receiving
from tests.waiting import wait_for
from tests.world import World

SERVER, CONSUMER = 2, 5  # kinds of spans
CREATE = 'mutation Distinctive1 { createPost(input: {text: "Distinctive2"}) { ... on PostCreated { post { id } } } }'
KNOWN = "query Trending { trends { tag } }"
ASKED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
NOT_SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def settings(mongodb_url: str, redis_url: str, receiver: Receiver, tmp_path: Path) -> Settings:
    (tmp_path / "documents.json").write_text(json.dumps({"trending": KNOWN}))
    return Settings(
        mongodb_url=mongodb_url,
        redis_url=f"{redis_url.rpartition('/')[0]}/5",
        mongodb_database="traced",
        documents_file=str(tmp_path / "documents.json"),
        log_format="json",
        otel_exporter_otlp_endpoint=receiver.url,
        otel_traces_sampler_arg=1.0,
    )


@pytest.fixture
async def storage(settings: Settings) -> AsyncIterator[Storage]:
    async with task_services_of(settings) as services:
        await services.storage.mongo.database.client.drop_database(settings.mongodb_database)
    async with task_services_of(settings) as services:
        yield services.storage


def ancestors(receiver: Receiver, span: Received) -> list[str]:
    """Return the names from the span to the root of its trace."""
    by_id = {each.id: each for each in receiver.spans(trace=span.trace)}
    names = [span.name]
    while span.parent:  # ends: a trace is a tree
        span = by_id[span.parent]
        names.append(span.name)
    return names


async def post(url: str, query: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        return await http.post("/graphql", json={"query": query}, headers=headers)


async def test_one_trace_leads_from_the_request_to_the_entries(
    settings: Settings, storage: Storage, receiver: Receiver, tmp_path: Path
) -> None:
    token, _ = await star_with_followers(World(storage), 3_000)  # too many for one task, so a second message follows
    with stack(settings.replace(log_level="debug"), tmp_path, "web", "worker") as running:
        answer = await post(running.url, CREATE, Authorization=f"Bearer {token}")
        assert "errors" not in answer.json()
        wait_for(lambda: receiver.spans(name="insert feeds"))
        wait_for(lambda: receiver.spans(name="POST /graphql"))
        for name in ("web", "worker"):
            running.end(name)
        (root,) = receiver.spans(name="POST /graphql")
        entries = receiver.spans(name="insert feeds", trace=root.trace)
        web_log, worker_log = running.log("web"), running.log("worker")

    assert entries
    assert {tuple(ancestors(receiver, span)) for span in entries} == {
        ("insert feeds", "fan_out.deliver", "fan_out.start", "graphql other", "POST /graphql")
    }
    assert (root.kind, root.service, root.parent) == (SERVER, "tweeter-web", b"")
    assert root.attributes["http.response.status_code"] == 200
    (task,) = receiver.spans(name="fan_out.start", trace=root.trace)
    assert (task.kind, task.service) == (CONSUMER, "tweeter-worker")
    assert "insert feeds" not in {span.name for span in receiver.spans(service="tweeter-web")}
    assert receiver.spans(name="redis rate_limit", trace=root.trace)
    for log in (web_log, worker_log):
        assert any(json.loads(line).get("trace_id") == root.trace.hex() for line in log.splitlines())
    for secret in (token, "Distinctive1", "Distinctive2", "createPost"):
        assert secret.encode() not in receiver.raw


async def test_operations_and_failures_are_told_by_names_and_codes(
    settings: Settings, storage: Storage, receiver: Receiver, tmp_path: Path
) -> None:
    with stack(settings, tmp_path, "web") as running:
        await post(running.url, KNOWN)
        await post(running.url, "{ Distinctive3 }")
        async with httpx.AsyncClient(base_url=running.url) as http:
            await http.request("PROPFIND", "/Distinctive5?Distinctive6=1", headers={"traceparent": ASKED})
        running.end("web")
    assert receiver.spans(name="graphql Trending", is_failed=False)
    (refused,) = receiver.spans(name="graphql other")
    assert refused.is_failed
    assert refused.attributes["error.type"] == "GRAPHQL_VALIDATION_FAILED"
    (strange,) = receiver.spans(name="_OTHER other")
    assert strange.attributes["http.response.status_code"] == 404
    assert strange.trace.hex() not in ASKED
    assert b"istinctive" not in receiver.raw.lower()


@pytest.mark.parametrize(("trace_parents", "is_followed"), [("off", False), ("on", True)])
async def test_a_stranger_cannot_choose_what_is_recorded(
    settings: Settings, storage: Storage, receiver: Receiver, tmp_path: Path, trace_parents: str, is_followed: bool
) -> None:
    ratio = 0.0 if trace_parents == "off" else 1.0
    chosen = settings.replace(trace_parents=trace_parents, otel_traces_sampler_arg=ratio)
    with stack(chosen, tmp_path, "web") as running:
        await post(running.url, KNOWN, traceparent=ASKED)
        await post(running.url, KNOWN, traceparent=NOT_SAMPLED)
        await post(running.url, KNOWN, traceparent="00-Distinctive7")
        running.end("web")
    followed = receiver.spans(name="POST /graphql", trace=bytes.fromhex(ASKED.split("-")[1]))
    assert len(followed) == is_followed
    assert len(receiver.spans(name="POST /graphql")) == 2 * is_followed


@pytest.mark.parametrize("program", ["import app; app.app", "import worker"])
def test_without_an_endpoint_the_library_is_not_loaded(program: str, root: Path) -> None:
    """redis-py loads OpenTelemetry's metrics if they are installed, and uses them for nothing."""
    listing = f"{program}\nimport sys\nprint(*sys.modules)"
    environment = {"MONGODB_URL": "mongodb://127.0.0.1:9", "REDIS_URL": "redis://127.0.0.1:9", "PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", listing], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    assert "tracing.spans" in loaded
    assert not {"tracing.otel", "opentelemetry.sdk.trace", "opentelemetry.exporter", "google.protobuf"} & loaded


def test_without_the_extra_the_start_stops_with_one_line(root: Path) -> None:
    hidden = "import sys; sys.modules['opentelemetry'] = None; import cli; sys.argv = ['tweeter', 'web']; cli.main()"
    environment = {
        "MONGODB_URL": "mongodb://127.0.0.1:9",
        "REDIS_URL": "redis://127.0.0.1:9",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    }
    ran = subprocess.run(
        [sys.executable, "-c", hidden], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    said = "tweeter: OTEL_EXPORTER_OTLP_ENDPOINT needs the extra `tracing`: install `tweeter[tracing]`"
    assert said in ran.stderr.splitlines()


async def test_a_receiver_that_is_away_stops_no_request(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    with stack(settings.replace(otel_exporter_otlp_endpoint="http://127.0.0.1:9"), tmp_path, "web") as running:
        for _ in range(5):
            assert (await post(running.url, KNOWN)).status_code == 200
        running.end("web")
