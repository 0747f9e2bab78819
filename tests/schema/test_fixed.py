"""What is kept of posts is used only for the same text."""

import pytest

from domain.ids import instant_of
from schema.fixed import KEPT, LONGEST_KEPT, fixed_part
from schema.global_ids import IdKind, encode
from schema.segment import segments_of

NUMBER = 1 << 60


@pytest.mark.parametrize("text", ["", "plain", "@ann, look: https://example.org #now", "x" * (LONGEST_KEPT + 1)])
def test_the_part_is_that_of_the_id_and_the_text(text: str) -> None:
    for _ in range(2):
        part = fixed_part(NUMBER, text)
        assert (part.id, part.cursor) == (encode(IdKind.POST, NUMBER), encode(IdKind.POST_CURSOR, NUMBER))
        assert part.created_at == instant_of(NUMBER)
        assert part.segments == segments_of(text)


def test_another_text_of_the_same_id_gets_a_part_of_its_own() -> None:
    assert fixed_part(NUMBER, "#old").segments == segments_of("#old")
    assert fixed_part(NUMBER, "#new").segments == segments_of("#new")


def test_no_more_than_a_number_of_short_texts_is_kept() -> None:
    short, long = "x" * LONGEST_KEPT, "x" * (LONGEST_KEPT + 1)
    kept = fixed_part(NUMBER, short)
    assert fixed_part(NUMBER, short) is kept
    assert fixed_part(NUMBER, long) is not fixed_part(NUMBER, long)
    for place in range(KEPT):
        fixed_part(NUMBER + 1 + place, short)
    assert fixed_part(NUMBER, short) is not kept
