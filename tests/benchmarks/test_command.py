"""How the command runs its parts."""

from asyncio import Event
from collections.abc import AsyncIterator

import pytest
from click.testing import CliRunner

from benchmarks.command import bench, report_of
from benchmarks.figures import Figure
from benchmarks.parts import PARTS, WHEN_ASKED
from benchmarks.sizes import FULL, QUICK, Size
from launch.embedded import Say

QUICKLY_S = 180


async def broken(*, say: Say) -> AsyncIterator[Figure]:
    yield Figure(name="page", samples=[0.002])
    say("going on")
    raise ConnectionError("gone")


def test_a_failed_part_keeps_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    report = report_of("page", broken, expected_s=60, say=said.append)
    assert [figure.name for figure in report.figures] == ["page"]
    assert report.failure == "ConnectionError: gone"
    assert said[0] == "page: going on"
    assert "page (failed)" in capsys.readouterr().out


def test_a_part_that_hangs_fails() -> None:
    async def hang(*, say: Say) -> AsyncIterator[Figure]:
        yield Figure(name="page", samples=[0.002])
        await Event().wait()

    report = report_of("page", hang, expected_s=0, say=lambda text: None)
    assert [figure.name for figure in report.figures] == ["page"]
    assert report.failure.startswith("TimeoutError")


@pytest.mark.parametrize("size", [QUICK, FULL], ids=["quick", "full"])
def test_every_part_has_an_expected_duration(size: Size) -> None:
    assert PARTS.keys() <= size.expected_s.keys()


def test_a_quick_run_of_all_parts_is_quick() -> None:
    assert sum(seconds for part, seconds in QUICK.expected_s.items() if part not in WHEN_ASKED) < QUICKLY_S


def test_an_unknown_part_is_refused_before_anything_is_started() -> None:
    result = CliRunner().invoke(bench, ["--part", "nonsense"])
    assert result.exit_code == 2
    assert "'posting'" in result.output
