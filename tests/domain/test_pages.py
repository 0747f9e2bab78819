"""A page has 1 to 100 items."""

import pytest

from domain.errors import BadUserInput
from domain.ids import MAX_ID
from domain.pages import PageRequest, RankedRequest, page_request, ranked_request


@pytest.mark.parametrize("first", [1, 20, 100])
def test_a_page_within_the_bounds_is_read(first: int) -> None:
    assert page_request(first, 7) == PageRequest(first, 7)
    assert ranked_request(first, (3, 7)) == RankedRequest(first, (3, 7))


def test_without_a_cursor_a_list_begins_above_every_id() -> None:
    assert page_request(5, None).before == MAX_ID + 1
    assert ranked_request(5, None).below > (MAX_ID, MAX_ID)


def test_the_lowest_cursor_is_valid() -> None:
    assert page_request(5, 0).before == 0


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1, -(2**31)])
def test_a_page_out_of_bounds_is_bad_input(first: int) -> None:
    with pytest.raises(BadUserInput, match=str(first)):
        page_request(first, None)
    with pytest.raises(BadUserInput, match=str(first)):
        ranked_request(first, None)
