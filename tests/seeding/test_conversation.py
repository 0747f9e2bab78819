"""The file of a conversation says what answers, quotes and reposts what."""

import pytest

from seeding.conversation import read_conversation

TEXT = """\
ada: A post: with a colon
+ kofi amara
> grace: A reply
>> ada: A reply to the reply
>+ linus
" zoe: A quote of the post
> theo: A second reply
linus: Another post
+ ada
"""


def test_marks_say_which_post_a_line_belongs_to() -> None:
    lines = read_conversation(TEXT)
    assert [(line.alias, line.depth, line.reply_to, line.quote, line.reposted_by) for line in lines] == [
        ("ada", 0, None, None, ("kofi", "amara")),
        ("grace", 1, 0, None, ("linus",)),
        ("ada", 2, 1, None, ()),
        ("zoe", 1, None, 0, ()),
        ("theo", 1, 0, None, ()),
        ("linus", 0, None, None, ("ada",)),
    ]
    assert [line.above for line in lines] == [None, 0, 1, 0, 0, None]
    assert lines[0].text == "A post: with a colon"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("> ada: too early", 1),
        ("ada: a\n>> ada: too deep", 2),
        ("ada: a\n>+ linus", 2),
        ("+ linus", 1),
        ("ada", 1),
        ("ada:", 1),
        ("ada: a\n\nada: b", 2),
        ("ada: a\n>grace: no space", 2),
    ],
)
def test_a_line_that_belongs_to_nothing_is_named(text: str, number: int) -> None:
    with pytest.raises(ValueError, match=f"line {number} "):
        read_conversation(text)
