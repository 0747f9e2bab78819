"""The repository's pages: their links, headings, names in backticks and code blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of code."""

    language: str
    code: str


@dataclass(frozen=True)
class Page:
    """A page in Markdown."""

    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def blocks(self) -> list[Block]:
        return [Block(*found) for found in _BLOCK.findall(self.text)]

    @cached_property
    def prose(self) -> str:
        """The text without its code blocks."""
        return _BLOCK.sub("", self.text)

    @cached_property
    def links(self) -> list[str]:
        return _LINK.findall(self.prose)

    @cached_property
    def names(self) -> list[str]:
        """The texts in backticks."""
        return _CODE.findall(self.prose)

    @cached_property
    def anchors(self) -> set[str]:
        """The anchors of the headings, in GitHub's form."""
        return {slug(heading) for heading in _HEADING.findall(self.prose)}

    @cached_property
    def map_entries(self) -> list[str]:
        """The files and folders at the beginnings of lines of an indented map."""
        return re.findall(r"^    (?:    )*([\w/]+(?:/|\.\w+)) {2,}\S", self.prose, re.MULTILINE)


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def read_pages() -> Iterator[Page]:
    """Yield the pages at the top, below docs/ and below .github/."""
    for pattern in ("*.md", "docs/**/*.md", ".github/**/*.md"):
        yield from (Page(path) for path in sorted(ROOT.glob(pattern)))


PAGES = list(read_pages())
