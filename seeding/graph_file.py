"""Reads a follow graph: a tab-separated file with a header and two account numbers on each line, gzipped or not."""

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from domain.errors import OperatorError

HEADER = "follower\tfollowee"
GZIP_MAGIC = b"\x1f\x8b"
SHOWN = 40  # characters of a bad line
_ROW = re.compile(r"(\d{1,18})\t(\d{1,18})", re.ASCII)

Pair = tuple[int, int]  # the follower, the followee


class BadGraph(OperatorError, ValueError):
    """The file is not a graph of follows. The message is one line that names the file and the line in it."""


def read_graph(file: Path) -> list[Pair]:
    """Return each pair once, in the order of the file.

    Raises:
        BadGraph: The file cannot be read, a line is malformed, or an account follows itself.
    """
    try:
        with _open(file) as lines:
            return _read(file, lines)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadGraph(f"{file}: its gzip data is damaged or cut short") from None
    except OSError as error:
        raise BadGraph(f"{file}: cannot be read: {error.strerror}") from None


@contextmanager
def _open(file: Path) -> Iterator[TextIO]:
    with file.open("rb") as raw:
        is_gzip = file.suffix == ".gz" or raw.peek(2)[:2] == GZIP_MAGIC
    # Invalid UTF-8 becomes a character that no row matches, so that the error names the line.
    opened = gzip.open if is_gzip else open
    with opened(file, "rt", encoding="utf-8-sig", errors="replace") as lines:
        yield lines


def _read(file: Path, lines: TextIO) -> list[Pair]:
    header = lines.readline()
    if not header:
        raise BadGraph(f"{file}: is empty; expected the header `follower<TAB>followee` and rows below it")
    if header.rstrip("\n") != HEADER:
        raise BadGraph(f"{file}, line 1: expected the header `follower<TAB>followee`, not {_shown(header)}")
    pairs: dict[Pair, None] = {}
    for number, line in enumerate(lines, 2):
        row = _ROW.fullmatch(line.removesuffix("\n"))
        if row is None:
            raise BadGraph(f"{file}, line {number}: expected two numbers with a tab between, not {_shown(line)}")
        pair = int(row[1]), int(row[2])
        if pair[0] == pair[1]:
            raise BadGraph(f"{file}, line {number}: expected two different accounts; {pair[0]} cannot follow itself")
        pairs[pair] = None
    if not pairs:
        raise BadGraph(f"{file}: expected rows below the header; there are none")
    return list(pairs)


def _shown(line: str) -> str:
    line = line.rstrip("\n")
    return repr(line) if len(line) <= SHOWN else f"{line[:SHOWN]!r}…"
