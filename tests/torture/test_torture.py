"""The short form of `make torture`: each fault at least once, while clients post, delete, follow and read."""

from pathlib import Path

from tests.torture.faults import OF_MONGODB, OF_PROCESSES
from tests.torture.report import findings, rows, table
from tests.torture.run import Plan, torture

SHORT = Plan(seed=1, seconds=10, calm_s=1.0)


async def test_killed_processes_lose_double_or_hide_no_post(tmp_path: Path) -> None:
    outcome = await torture(tmp_path, SHORT, say=lambda text: print(text))  # noqa: T201  # shown where it fails
    in_all = rows(outcome)[-1]
    assert outcome.is_good, "\n".join([table(outcome), *findings(outcome)])
    assert {window.fault for window in outcome.diary.windows} == {fault.name for fault in OF_PROCESSES + OF_MONGODB}
    assert in_all.posts > 50
    assert in_all.reposts > 10
    assert outcome.life.done["likes"] > 10
    assert outcome.life.reads > 20
