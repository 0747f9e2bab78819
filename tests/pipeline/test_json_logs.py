"""With LOG_FORMAT=json, each line of each process is an object, and one request id finds the whole path."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from launch.ports import free_port
from settings import Settings
from storage import Storage
from tasks.broker import Broker, make_celery
from tasks.messages import FAN_OUT_SMALL, Message
from tests.answering import answers
from tests.pipeline.stack import Stack, stack
from tests.pipeline.star import star_with_followers
from tests.waiting import wait_for
from tests.world import World

PROCESSES = ("web", "worker", "beat", "flower")
EACH = {"timestamp", "level", "event", "process"}
TOKEN = "Distinctive-0123456789abcdef"
CREATE = 'mutation { createPost(input: {text: "hello"}) { ... on PostCreated { post { author { firstName } } } } }'


def lines(running: Stack, name: str) -> list[dict[str, Any]]:
    """Return the log of the process.

    Raises:
        AssertionError: A line is no JSON object, or lacks a key of each line.
    """
    found = [json.loads(line) for line in running.log(name).splitlines()]
    for line in found:
        assert line.keys() >= EACH, line
        assert line["process"] == name
    return found


@pytest.mark.parametrize("web_concurrency", [1, 2])
async def test_each_line_is_an_object_and_a_request_id_finds_its_tasks(
    settings: Settings, storage: Storage, tmp_path: Path, web_concurrency: int
) -> None:
    token, _ = await star_with_followers(World(storage), 3_000)  # too many for one task
    chosen = settings.replace(
        log_format="json",
        log_level="debug",
        metrics_token=TOKEN,
        admin_port=free_port(),
        worker_admin_port=free_port(),
        web_concurrency=web_concurrency,
    )
    broker = Broker(make_celery(chosen.broker))
    with stack(chosen, tmp_path, *PROCESSES) as running:
        async with httpx.AsyncClient(base_url=running.url, timeout=60) as http:
            bearing = {"Authorization": f"Bearer {token}", "X-Request-ID": "request-to-follow"}
            made = await http.post("/graphql", json={"query": CREATE}, headers=bearing)
            assert "errors" not in made.json()
            await http.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
            broker.publish([Message("fan_out.start", ("not", "ids"), FAN_OUT_SMALL)])
            await storage.mongo.collection("users").update_many({}, {"$unset": {"first_name": ""}})
            failed = await http.post("/graphql", json={"query": CREATE}, headers={"Authorization": f"Bearer {token}"})
            request_id = failed.json()["errors"][0]["extensions"]["requestId"]
        wait_for(lambda: answers(f"http://127.0.0.1:{running.settings.flower_port}/healthcheck"))
        wait_for(lambda: any(line.get("task") == "fan_out.deliver" for line in lines(running, "worker")))
        wait_for(lambda: any("exception" in line for line in lines(running, "worker")))
        for name in reversed(PROCESSES):
            running.end(name)
        found = {name: lines(running, name) for name in PROCESSES}
        text = "".join(running.log(name) for name in PROCESSES)
    broker.close()

    (error,) = [line for line in found["web"] if line["event"] == "graphql.internal"]
    assert (error["request_id"], error["level"]) == (request_id, "error")
    assert "Traceback" in error["exception"]
    followed = [line for line in found["worker"] if line.get("request_id") == "request-to-follow"]
    assert {"fan_out.start", "fan_out.deliver"} <= {line["task"] for line in followed}
    assert all(line["task_id"] for line in followed)
    for name in PROCESSES:
        assert any(line["event"] != "output" for line in found[name])
    assert any("celery@" in line.get("text", "") for line in found["worker"]), "the banner is printed, not logged"
    assert any(line["event"] == "worker.stopping" for line in found["worker"])
    for secret in (token, TOKEN):
        assert secret not in text
