"""The short form of `make deployment-test`: a few steps on a whole site of the built wheel, while people use it."""

from pathlib import Path

from serving.pages import BUILT
from tests.deployment.report import table
from tests.deployment.run import deploy
from tests.deployment.steps import steps
from tests.lacking import lacking

SHORT = ("web-1 restarted", "worker-1 restarted", "primary stepped down", "Redis killed, its replica promoted")


async def test_no_request_fails_and_no_post_is_lost_while_an_operator_works(tmp_path: Path) -> None:
    if not (BUILT / "index.html").exists():
        lacking("the client is not built: make web")
    chosen = [step for step in steps() if step.name in SHORT]
    assert len(chosen) == len(SHORT)
    outcome = await deploy(tmp_path, chosen, seed=1, say=lambda text: print(text))  # noqa: T201  # shown where it fails
    assert not outcome.problems, "\n".join([table(outcome), *outcome.problems])
    assert outcome.life.reads > 100
    assert [taken.step for taken in outcome.taken] == [step.name for step in chosen]
