import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from launch import LaunchError
from launch.procfile import read_procfile
from settings import BadSetting, Settings
from tests.launch.supervised import HEALTHY, ROOT, Supervised

BAD_CREDENTIALS = "FLOWER_BASIC_AUTH must be user:password, in ASCII; more of them after a comma"


def tweeter(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "cli", *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_bad_variable_ends_with_one_line_that_names_it() -> None:
    ended = tweeter("up", PORT="eighty")
    assert ended.returncode == 2
    assert ended.stderr == "tweeter: PORT must be a whole number from 1 to 65535, not 'eighty'\n"


def test_several_bad_variables_are_a_line_each() -> None:
    ended = tweeter("up", PORT="eighty", LOG_LEVEL="loud")
    assert ended.returncode == 2
    assert [line.partition(" must be ")[0] for line in ended.stderr.splitlines()] == [
        "tweeter: PORT",
        "tweeter: LOG_LEVEL",
    ]


@pytest.mark.parametrize("processes", ["1", "2"])
def test_tweeter_web_without_servers_ends_with_one_line(processes: str) -> None:
    ended = tweeter("web", MONGODB_URL="", REDIS_URL="", WEB_CONCURRENCY=processes)
    assert ended.returncode == 2
    assert ended.stderr.startswith("tweeter: MONGODB_URL and REDIS_URL must be set")
    assert ended.stderr.count("\n") == 1


def test_bad_flower_credentials_end_with_one_line_that_hides_them() -> None:
    ended = tweeter("up", FLOWER_BASIC_AUTH="secret")
    assert ended.returncode == 2
    assert ended.stderr == f"tweeter: {BAD_CREDENTIALS}\n"


@pytest.mark.parametrize("bad", ["ann:", ":secret", "ann:secret,", "ann:sécret", "ann:secret\n"])
def test_flower_credentials_must_be_ascii_pairs(bad: str) -> None:
    with pytest.raises(BadSetting) as raised:
        Settings.from_environment({"FLOWER_BASIC_AUTH": bad})
    assert str(raised.value) == BAD_CREDENTIALS


def test_an_empty_setting_is_not_passed_to_processes() -> None:
    around = {"FLOWER_BASIC_AUTH": "", "LANG": "C", "EMPTY": ""}
    environment = Settings.from_environment(around).environment(around)
    assert {"LANG": "C", "EMPTY": "", "PORT": "8000"}.items() <= environment.items()
    assert "FLOWER_BASIC_AUTH" not in environment
    given = {"FLOWER_BASIC_AUTH": "ann:secret:1,bob:correct horse"}
    settings = Settings.from_environment(given)
    assert given.items() <= settings.environment(around).items()
    assert "secret" not in repr(settings)


def test_a_second_up_says_that_one_is_running(start: Callable[..., Supervised], addresses: dict[str, str]) -> None:
    supervised = start(addresses, web=HEALTHY)
    supervised.wait_for_output("Tweeter is ready")
    ended = tweeter("up", DATA_DIR=str(supervised.directory / "data"), **addresses)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert f"`tweeter up` is running (pid {supervised.child.pid}, http://127.0.0.1:{supervised.port})" in ended.stderr


def test_our_procfile_runs_web_worker_beat_and_flower() -> None:
    assert list(read_procfile(ROOT / "Procfile")) == ["web", "worker", "beat", "flower"]


def test_our_flower_listens_on_loopback_only() -> None:
    """By default Flower needs no password."""
    assert "--address=127.0.0.1 " in read_procfile(ROOT / "Procfile")["flower"]


def test_our_procfile_quotes_every_variable() -> None:
    for command in read_procfile(ROOT / "Procfile").values():
        assert "$" not in re.sub(r'"[^"]*"', "", command), command


@pytest.mark.parametrize("text", ["web uvicorn", "web:", ": uvicorn", "web: a\nweb: b"])
def test_a_bad_procfile_names_the_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "Procfile").write_text(f"# comment\n\n{text}\n")
    with pytest.raises(LaunchError, match=r"Procfile, line [34]: "):
        read_procfile(tmp_path / "Procfile")
