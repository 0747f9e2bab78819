"""The wheel, installed into an environment of its own, serves from a directory that has nothing of the repository."""

import json
import os
import re
import signal
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from launch.ports import free_port
from serving.pages import BUILT
from tests.answering import answers
from tests.deployment.release import ROOT, Release, install
from tests.lacking import lacking
from tests.waiting import wait_for

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
OURS = (
    "app",
    "cli",
    "domain",
    "schema",
    "settings",
    "storage",
    "tasks",
    "worker",
)  # some of the names that Tweeter uses
STOPPED_WITHIN_S = 30
LOGIN = 'mutation { login(input: {alias: "ada", password: "tweeter-demo"}) { ... on Session { token } } }'
FEED = "{ feed(first: 3) { edges { node { text } } } }"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    if not (BUILT / "index.html").exists():
        lacking("the client is not built: make web")
    return install(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of an operator, with modules of our names that must not be imported."""
    return with_decoys(tmp_path_factory.mktemp("operator"))


def with_decoys(directory: Path) -> Path:
    for name in OURS:
        (directory / f"{name}.py").write_text("raise SystemExit('a file of the operator was imported')")
    return directory


def environment(directory: Path, **settings: str) -> dict[str, str]:
    names = ("PATH", "HOME", "TMPDIR", "LANG")
    kept = {name: value for name, value in os.environ.items() if name in names}
    return kept | {"RATE_LIMITS": "off", "PORT": str(free_port()), "FLOWER_PORT": str(free_port())} | settings


def start(release: Release, directory: Path, given: Mapping[str, str], *words: str) -> "subprocess.Popen[bytes]":
    with (directory / "output").open("ab") as output:
        command = [str(release.programs / "tweeter"), *words]
        return subprocess.Popen(command, cwd=directory, env=given, stdout=output, stderr=output, start_new_session=True)


@pytest.fixture(scope="module")
def up(release: Release, directory: Path) -> Iterator[dict[str, str]]:
    """The environment of a running `tweeter up`. It must end well, and leave nothing but its DATA_DIR."""
    given = environment(directory)
    before = {path.name for path in directory.iterdir()} | {"output"}
    child = start(release, directory, given, "up")
    output = directory / "output"
    try:
        wait_for(lambda: b"Tweeter is ready" in output.read_bytes() or child.poll() is not None)
        assert child.poll() is None, output.read_text()
        yield given
    finally:
        child.terminate()
        status = child.wait(STOPPED_WITHIN_S)
    assert status == 0
    assert {path.name for path in directory.iterdir()} - before == {".data"}


def test_the_wheel_puts_one_folder_into_site_packages(release: Release) -> None:
    (wheel,) = release.programs.parents[1].glob("*.whl")
    tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    assert tops == {"tweeter", f"tweeter-{VERSION}.dist-info"}


def test_the_version_stands_in_one_place(release: Release, directory: Path) -> None:
    shown = release.run("tweeter", "--version", environment=environment(directory), at=directory, within_s=60)
    assert shown.stdout == f"tweeter, version {VERSION}\n"
    changes = (ROOT / "CHANGELOG.md").read_text()
    assert re.findall(r"^## \[(\d\S+)\]", changes, re.MULTILINE)[0] == VERSION


def test_everything_runs_from_an_empty_directory(release: Release, directory: Path, up: dict[str, str]) -> None:
    seeded = release.run("tweeter", "seed", "demo", environment=up, at=directory, within_s=120)
    assert seeded.returncode == 0, seeded.stderr
    with httpx.Client(base_url=f"http://127.0.0.1:{up['PORT']}", headers={"accept": "text/html"}) as http:
        for path in ("/", "/graphql"):  # the client and the playground, each with its script
            scripts = re.findall(r'<script[^>]* src="([^"]+)"', http.get(path).text)
            assert scripts
            assert {http.get(script).status_code for script in scripts} == {200}
        accept = {"accept": "application/json"}
        token = http.post("/graphql", json={"query": LOGIN}, headers=accept).json()["data"]["login"]["token"]
        signed = accept | {"authorization": f"Bearer {token}"}
        feed = http.post("/graphql", json={"query": FEED}, headers=signed).json()["data"]["feed"]["edges"]
        assert len(feed) == 3
    wait_for(lambda: answers(f"http://127.0.0.1:{up['FLOWER_PORT']}/healthcheck"))
    audited = release.run("tweeter", "audit", "--all", environment=up, at=directory, within_s=120)
    assert audited.returncode == 0, audited.stdout + audited.stderr


@pytest.mark.parametrize("name", ["web", "worker", "beat", "flower"])
def test_each_process_runs_alone_and_gets_its_signals(
    release: Release, directory: Path, up: dict[str, str], tmp_path: Path, name: str
) -> None:
    running = json.loads((directory / ".data" / "running.json").read_text())
    servers = {"MONGODB_URL": running["mongodb_url"], "REDIS_URL": running["redis_url"]}
    given = environment(tmp_path, **servers, DATA_DIR="own")
    words = ["--hostname=alone@%h"] if name == "worker" else []
    child = start(release, with_decoys(tmp_path), given, "run", name, *words)

    def works() -> bool:
        match name:
            case "web":
                return answers(f"http://127.0.0.1:{given['PORT']}/readyz")
            case "flower":
                return answers(f"http://127.0.0.1:{given['FLOWER_PORT']}/healthcheck")
            case _:
                return {"worker": "alone@", "beat": "is starting"}[name] in (tmp_path / "output").read_text()

    try:
        wait_for(lambda: works() or child.poll() is not None)
        assert child.poll() is None, (tmp_path / "output").read_text()
    finally:
        child.terminate()
        status = child.wait(STOPPED_WITHIN_S)
    assert status in (0, -signal.SIGTERM), (tmp_path / "output").read_text()
    if name == "flower":  # the others write nothing
        assert any((tmp_path / "own").iterdir())


def test_an_unknown_process_is_named_with_those_that_there_are(release: Release, directory: Path) -> None:
    done = release.run("tweeter", "run", "wbe", environment=environment(directory), at=directory, within_s=60)
    assert done.returncode == 2
    assert done.stderr == "tweeter: there is no process 'wbe': name one of web, worker, beat, flower\n"
