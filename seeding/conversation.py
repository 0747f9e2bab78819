"""Reads a conversation: a text file of posts with the replies, quotes and reposts of each below it.

    ada: A post
    + kofi amara
    > grace: A reply to it
    >> ada: A reply to the reply
    >+ linus
    " zoe: A quote of the first post

A line with `+` names who has reposted the post. The marks before it say which: the last one above that is so deep.
"""

import re
from dataclasses import dataclass, replace

_LINE = re.compile(r"(?:(?P<marks>>*[>\"]) )?(?P<alias>\w+): (?P<text>.+)", re.ASCII | re.DOTALL)
_REPOSTS = re.compile(r"(?P<marks>>*)\+ (?P<aliases>[\w ]+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A post. Its place in the list of lines names it."""

    alias: str
    text: str
    depth: int
    reply_to: int | None
    quote: int | None
    reposted_by: tuple[str, ...] = ()

    @property
    def above(self) -> int | None:
        """The line that this one answers or quotes."""
        return self.quote if self.reply_to is None else self.reply_to


def read_conversation(text: str) -> list[Line]:
    """Return the posts. Each comes after the one that it answers or quotes.

    Raises:
        ValueError: A line has another form, or answers nothing.
    """
    rows = text.splitlines()
    lines: list[Line] = []
    latest: list[int] = []  # the latest line of each depth
    reposters: dict[int, tuple[str, ...]] = {}
    for number, row in enumerate(rows, 1):
        if found := _REPOSTS.fullmatch(row):
            depth = len(found["marks"])
            if depth >= len(latest):
                raise ValueError(f"line {number} reposts nothing: {row}")
            reposters[latest[depth]] = tuple(found["aliases"].split())
            continue
        found = _LINE.fullmatch(row)
        depth = len(found["marks"] or "") if found else 0
        if found is None or depth > len(latest):
            raise ValueError(f"line {number} is no post, or answers nothing: {row}")
        above = latest[depth - 1] if depth else None
        is_quote = (found["marks"] or "").endswith('"')
        reply_to, quote = (None, above) if is_quote else (above, None)
        latest[depth:] = [len(lines)]
        lines.append(Line(alias=found["alias"], text=found["text"], depth=depth, reply_to=reply_to, quote=quote))
    return [replace(line, reposted_by=reposters.get(place, ())) for place, line in enumerate(lines)]
