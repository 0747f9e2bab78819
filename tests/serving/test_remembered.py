"""What is read from headers is remembered within bounds, and is what would be read anew."""

from collections.abc import Callable

import pytest

from serving.remembered import MAX_CHARACTERS, MAX_TEXTS, remembered


class Reading:
    """Notes the texts that are read."""

    def __init__(self, result: Callable[[str], object]) -> None:
        self.texts: list[str] = []
        self._result = result

    def __call__(self, text: str) -> object:
        self.texts.append(text)
        return self._result(text)


def test_a_text_is_read_once() -> None:
    find = remembered(read := Reading(str.upper))
    assert [find(text) for text in ("a", "b", "a")] == ["A", "B", "A"]
    assert read.texts == ["a", "b"]


def test_errors_are_not_remembered() -> None:
    find = remembered(read := Reading(int))
    for _ in range(2):
        with pytest.raises(ValueError, match="x"):
            find("x")
    assert read.texts == ["x", "x"]


def test_texts_are_bounded_in_number_and_length() -> None:
    find = remembered(read := Reading(len))
    long = "x" * (MAX_CHARACTERS + 1)
    assert [find(long), find(long)] == [len(long)] * 2
    assert read.texts == [long, long]
    for place in range(MAX_TEXTS + 1):
        find(str(place))
    read.texts.clear()
    find(str(MAX_TEXTS))
    find("0")
    assert read.texts == ["0"], "the oldest was forgotten"
