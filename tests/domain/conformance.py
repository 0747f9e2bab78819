"""`python -m tests.domain.conformance`: prints how our links, mentions and tags do on the cases of twitter-text."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import click
import yaml

from domain.accounts import is_alias
from domain.segments import Segment, SegmentKind, cut_segments

DIRECTORY = Path(__file__).with_name("twitter-text")


def _segments_of(text: str, kind: SegmentKind) -> list[tuple[Segment, list[int]]]:
    """Return the segments of a kind, each with its start and end."""
    segments = cut_segments(text)
    ends = list(accumulate(len(segment.text) for segment in segments))
    return [
        (segment, [end - len(segment.text), end])
        for segment, end in zip(segments, ends, strict=True)
        if segment.kind is kind
    ]


def _mentions(text: str) -> list[str | None]:
    return [mention.alias for mention, _ in _segments_of(text, SegmentKind.MENTION)]


def _mentions_with_indices(text: str) -> list[dict[str, Any]]:
    found = _segments_of(text, SegmentKind.MENTION)
    return [{"screen_name": mention.alias, "indices": place} for mention, place in found]


def _mentions_or_lists_with_indices(text: str) -> list[dict[str, Any]]:
    return [mention | {"list_slug": ""} for mention in _mentions_with_indices(text)]


def _reply(text: str) -> str | None:
    """Return the alias at the beginning of the text, after spaces."""
    return next((segment.alias for segment in cut_segments(text) if segment.text.strip()), None)


def _links(text: str) -> list[str]:
    return [link.text for link, _ in _segments_of(text, SegmentKind.LINK)]


def _links_with_indices(text: str) -> list[dict[str, Any]]:
    return [{"url": link.text, "indices": place} for link, place in _segments_of(text, SegmentKind.LINK)]


def _tags(text: str) -> list[str | None]:
    return [tag.tag for tag, _ in _segments_of(text, SegmentKind.TAG)]


def _tags_with_indices(text: str) -> list[dict[str, Any]]:
    return [{"hashtag": tag.tag, "indices": place} for tag, place in _segments_of(text, SegmentKind.TAG)]


def _is_tag(text: str) -> bool:
    return [segment.kind for segment in cut_segments(text)] == [SegmentKind.TAG]


def _is_username(text: str) -> bool:
    return text.startswith("@") and is_alias(text[1:])


def _is_link(text: str) -> bool:
    return _links(text) == [text]


ANSWERS: dict[str, Callable[[str], object]] = {
    "extract/mentions": _mentions,
    "extract/mentions_with_indices": _mentions_with_indices,
    "extract/mentions_or_lists_with_indices": _mentions_or_lists_with_indices,
    "extract/replies": _reply,
    "extract/urls": _links,
    "extract/urls_with_indices": _links_with_indices,
    "extract/urls_with_directional_markers": _links_with_indices,
    "extract/tco_urls_with_params": _links,
    "extract/hashtags": _tags,
    "extract/hashtags_from_astral": _tags,
    "extract/hashtags_with_indices": _tags_with_indices,
    "validate/usernames": _is_username,
    "validate/hashtags": _is_tag,
    "validate/urls": _is_link,
    "validate/urls_without_protocol": _is_link,
}


@dataclass(frozen=True, slots=True)
class Case:
    suite: str
    description: str
    text: str
    expected: object

    def __str__(self) -> str:
        return f"{self.suite}: {self.description}"

    @property
    def is_met(self) -> bool:
        return ANSWERS[self.suite](self.text) == self.expected


def read_suites() -> dict[str, list[Case]]:
    """Return every suite of both files, also those that do not concern us."""
    suites = {}
    for file in ("extract", "validate"):
        for name, cases in yaml.safe_load((DIRECTORY / f"{file}.yml").read_text())["tests"].items():
            suite = f"{file}/{name}"
            suites[suite] = [Case(suite, case["description"], case["text"], case["expected"]) for case in cases]
    return suites


@dataclass(frozen=True, slots=True)
class Disagreements:
    reasons: dict[str, str]  # keyed by str(case)
    suites_not_run: dict[str, str]  # reasons, keyed by suite


def read_disagreements() -> Disagreements:
    table = tomllib.loads((DIRECTORY / "disagreements.toml").read_text())
    reasons = {case: each["reason"] for each in table["disagreement"] for case in each["cases"]}
    not_run = {suite: each["reason"] for each in table["not-run"] for suite in each["suites"]}
    return Disagreements(reasons, not_run)


def table() -> list[str]:
    """Return the lines of a table in Markdown."""
    known = read_disagreements()
    lines = ["| suite | cases | agree | disagree, and why |", "|---|---|---|---|"]
    total = agreed = 0
    for suite, cases in read_suites().items():
        if suite in known.suites_not_run:
            lines.append(f"| {suite} | {len(cases)} | not run | {known.suites_not_run[suite]} |")
            continue
        unmet = [case for case in cases if not case.is_met]
        why = [f"“{case.description}”: {known.reasons.get(str(case), 'NOT LISTED')}" for case in unmet]
        lines.append(f"| {suite} | {len(cases)} | {len(cases) - len(unmet)} | {'<br>'.join(why)} |")
        total, agreed = total + len(cases), agreed + len(cases) - len(unmet)
    return [*lines, f"| in all, of those run | {total} | {agreed} | {total - agreed} |"]


if __name__ == "__main__":
    click.echo("\n".join(table()))
