"""Reports faults and their consequences as a table and as JSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import machine
from tests.torture.judging import Wrong
from tests.torture.run import Outcome

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "torture.json"
COLUMNS = ("fault", "times injected", "posts", "reposts", "lost", "doubled", "wrong feeds")
IN_ALL = "in all"
SHOWN = 20  # findings


class Row(NamedTuple):
    """The findings during or soon after a fault. The total also has those of the verdict."""

    fault: str
    times: int
    posts: int  # acknowledged, also replies and quotes
    reposts: int  # acknowledged
    lost: int
    doubled: int
    wrong_feeds: int


def rows(outcome: Outcome) -> list[Row]:
    names = [fault.name for front in outcome.plan.fronts for fault in front]
    return [*(_row_of(outcome, name) for name in names), _row_in_all(outcome)]


def _row_of(outcome: Outcome, fault: str) -> Row:
    books = outcome.life.books.values()
    felt = {
        post: acknowledged.key
        for book in books
        for post, acknowledged in book.posts.items()
        if fault in outcome.diary.during(acknowledged.began, acknowledged.at)
    }
    reposts = {
        repost
        for book in books
        for repost, made in book.reposts.items()
        if fault in outcome.diary.during(made.began, made.at)
    }
    lost = {*outcome.verdict.lost, *outcome.life.lost_before_deletion}
    return Row(
        fault=fault,
        times=sum(window.fault == fault for window in outcome.diary.windows),
        posts=len(felt),
        reposts=len(reposts),
        lost=len(lost & (felt.keys() | reposts)),
        doubled=len(set(outcome.verdict.doubled) & set(felt.values())),
        wrong_feeds=sum(fault in faults for _, faults in outcome.life.wrong),
    )


def _row_in_all(outcome: Outcome) -> Row:
    verdict = outcome.verdict
    return Row(
        fault=IN_ALL,
        times=len(outcome.diary.windows),
        posts=sum(len(book.posts) for book in outcome.life.books.values()),
        reposts=sum(len(book.reposts) for book in outcome.life.books.values()),
        lost=len({*verdict.lost, *outcome.life.lost_before_deletion}),
        doubled=len(verdict.doubled),
        wrong_feeds=len(outcome.life.wrong) + len(verdict.wrong_feeds),
    )


def table(outcome: Outcome) -> str:
    lines: list[tuple[str | int, ...]] = [COLUMNS, *rows(outcome)]
    cells = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in line] for line in lines]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    shown = [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(both)
        ).rstrip()
        for both in (list(zip(line, widths, strict=True)) for line in cells)
    ]
    rule = "-" * max(map(len, shown))
    return "\n".join([shown[0], rule, *shown[1:-1], rule, shown[-1]])


def remarks(outcome: Outcome) -> str:
    life, verdict = outcome.life, outcome.verdict
    silences = ", ".join(f"{times} × {name}" for name, times in sorted(outcome.silences.items())) or "none"
    return "\n".join(
        [
            f"seed {outcome.plan.seed}, {outcome.seconds:.0f} s; answers that did not come: {silences}",
            f"meanwhile: {life.reads:,} feeds compared ({life.pages:,} pages)",
            "done: " + ", ".join(f"{number:,} {what}" for what, number in sorted(life.done.items())),
            f"afterwards: {verdict.feeds_read:,} whole feeds, {verdict.left_open} ledgers left open, "
            f"{len(verdict.wrong_counts)} accounts with wrong counts ({verdict.counts_off_at_first} before the sweep)",
            f"audited: {', '.join(verdict.damage) or 'no damage'}, {verdict.leftovers:,} leftover entries",
            *findings(outcome)[:SHOWN],
        ]
    )


def findings(outcome: Outcome) -> list[str]:
    verdict = outcome.verdict
    told: dict[str, Sequence[object]] = {
        "posts lost": [*verdict.lost, *outcome.life.lost_before_deletion],
        "posts doubled": verdict.doubled,
        "deleted and there": verdict.returned,
        "never sent and there": verdict.strangers,
        "wrong likes": verdict.wrong_likes,
        "wrong follows and relations": verdict.wrong_wishes,
        "ended, and started again": verdict.restarted,
        "wrong counts": verdict.wrong_counts,
        "wrong feeds at the end": verdict.wrong_feeds,
        "damage": verdict.damage,
    }
    live = [_tell(outcome, wrong, faults) for wrong, faults in outcome.life.wrong]
    return [f"{what}: {some[:5]}" for what, some in told.items() if some] + live


def write_results(outcome: Outcome, file: Path = RESULTS) -> None:
    file.parent.mkdir(exist_ok=True)
    results = {
        "machine": machine(),
        "seed": outcome.plan.seed,
        "seconds": round(outcome.seconds),
        "rows": [row._asdict() for row in rows(outcome)],
        "reads": outcome.life.reads,
        "done": dict(outcome.life.done),
        "feeds_compared_afterwards": outcome.verdict.feeds_read,
        "ledgers_left_open": outcome.verdict.left_open,
        "counts_off_at_first": outcome.verdict.counts_off_at_first,
        "counts_wrong": len(outcome.verdict.wrong_counts),
        "damage": outcome.verdict.damage,
        "leftovers": outcome.verdict.leftovers,
        "silences": dict(outcome.silences),
        "findings": findings(outcome),
    }
    file.write_text(json.dumps(results, indent=2) + "\n")


def _tell(outcome: Outcome, wrong: Wrong, faults: set[str]) -> str:
    read, event = wrong.read, wrong.events[-1]
    books = outcome.life.books.values()
    made = next((made for book in books if (made := book.posts.get(event) or book.reposts.get(event))), None)
    felt = ", ".join(sorted(faults)) or "no fault"
    since = f", acknowledged {read.began - made.at:.3f} s before" if made else ""
    return (
        f"@{read.reader}, {wrong.problem}: {len(wrong.events)} events, the latest {event}{since}; "
        f"{len(read.seen)} events read in {read.ended - read.began:.3f} s, during: {felt}"
    )
