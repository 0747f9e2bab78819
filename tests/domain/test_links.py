"""The ends of all links are found in one pass over the text."""

import pytest

from domain import links
from domain.segments import MAX_SET_APART, cut_segments


class CountingPattern:
    def __init__(self, pattern: object) -> None:
        self._pattern, self.read = pattern, 0

    def match(self, *arguments: object) -> object:
        found = self._pattern.match(*arguments)  # type: ignore[attr-defined]  # a pattern of `regex`
        self.read += len(found[0]) if found else 0
        return found


@pytest.mark.parametrize("link", ["http://example.org/(", "example.org/[", "example.org?{", "example.org#'s("])
def test_a_path_with_many_links_is_scanned_once(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = CountingPattern(links._PATH)
    monkeypatch.setattr(links, "_PATH", path)
    text = link * MAX_SET_APART + "e\u0301" * 2_000
    assert sum(segment.url is not None for segment in cut_segments(text)) == MAX_SET_APART
    assert path.read <= len(text)
