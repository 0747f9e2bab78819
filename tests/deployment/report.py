"""The table of a run, and its JSON."""

from pathlib import Path

from benchmarks.report import machine
from tests.deployment.run import Outcome

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "deployment.json"


def table(outcome: Outcome) -> str:
    """Return a table in Markdown."""
    lines = ["| step | seconds | feeds compared | posts | requests failed |", "|---|---|---|---|---|"]
    lines += [
        f"| {each.step} | {each.seconds:.1f} | {each.reads:,} | {each.posts:,} | {each.failed:,} |"
        for each in outcome.taken
    ]
    posts = sum(len(book.posts) for book in outcome.life.books.values())
    lines.append(f"| in all | | {outcome.life.reads:,} | {posts:,} | {outcome.failed:,} |")
    lines += [
        "",
        f"Posts lost: {outcome.lost}. Feeds wrong: {outcome.wrong}, of {outcome.life.reads:,} read in between",
    ]
    lines[-1] += f" and {outcome.verdict.feeds_read:,} whole ones afterwards. Subscriptions ended: {_ends(outcome)}."
    return "\n".join(lines)


def summary(outcome: Outcome) -> dict[str, object]:
    return {
        "machine": machine(),
        "seed": outcome.seed,
        "steps": [
            {
                "step": each.step,
                "seconds": round(each.seconds, 1),
                "reads": each.reads,
                "posts": each.posts,
                "failed": each.failed,
            }
            for each in outcome.taken
        ],
        "reads": outcome.life.reads,
        "posts": sum(len(book.posts) for book in outcome.life.books.values()),
        "requests_failed": outcome.failed,
        "posts_lost": outcome.lost,
        "feeds_wrong": outcome.wrong,
        "feeds_compared_afterwards": outcome.verdict.feeds_read,
        "problems": outcome.problems,
    }


def _ends(outcome: Outcome) -> str:
    total = sum((watcher.ends for watcher in outcome.watchers), start=type(outcome.watchers[0].ends)())
    return ", ".join(f"{number} with {code}" for code, number in sorted(total.items())) or "none"
