"""A name has no control characters, no invisible characters and none that change the text direction."""

import sys
import unicodedata
from collections.abc import Callable

import pytest
import regex

from domain.accounts import ProfileChange, Registration, check_change, check_registration
from domain.errors import InvalidInput
from domain.names import find_hidden, tidy_name


def register(first_name: str, last_name: str) -> tuple[str, str]:
    wanted = Registration(alias="ann", first_name=first_name, last_name=last_name, password="correct horse")
    checked = check_registration(wanted)
    return checked.first_name, checked.last_name


def change(first_name: str, last_name: str) -> tuple[str, str]:
    names = check_change(ProfileChange(first_name=first_name, last_name=last_name))
    return names["first_name"], names["last_name"]


BOTH = pytest.mark.parametrize("check", [register, change])
NEEDED = {
    "Persian": "می\u200cشود",
    "Persian with a mark": "سَ\u200cب",
    "Sinhala": "ක්\u200dර",
    "Malayalam": "ന്\u200d",
    "Hindi": "क्\u200cष",
    "Mongolian": "\u1820\u180b\u180e\u1820",
    "a form of a Han letter": "葛\U000e0100城",
    "Hangul in parts": "\u1112\u1161\u11ab",
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "profession with a skin tone": "👩🏽\u200d💻",
    "gender": "🧔🏽\u200d♂\ufe0f",
    "selector before the joiner": "❤\ufe0f\u200d🔥",
    "rainbow flag": "🏳\ufe0f\u200d🌈",
    "flag of England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "flag": "🇩🇪",
    "keycap": "1\ufe0f\u20e3",
    "as text": "☺\ufe0e",
}
HIDDEN = {
    "override": "Ann\u202eeel",
    "isolate": "Ann\u2066Lee\u2069",
    "left-to-right mark": "Ann\u200eLee",
    "right-to-left mark": "\u200fAnn",
    "Arabic letter mark": "Ann\u061c",
    "space of no width": "Ann\u200bLee",
    "joiner between Latin letters": "An\u200dn",
    "non-joiner between Latin letters": "An\u200cn",
    "second joiner": "ක්\u200d\u200dර",
    "non-joiner at the end": "می\u200c",
    "joiner after an emoji": "👩\u200d",
    "joiner before an emoji": "A\u200d👩",
    "selector after a letter": "Ann\ufe0f",
    "selector after a digit": "1\ufe0f",
    "Han selector after a Latin letter": "A\U000e0100",
    "Mongolian selector after a Latin letter": "A\u180b",
    "tags after a letter": "Ann\U000e0067\U000e007f",
    "tags without an end": "🏴\U000e0067\U000e0062",
    "soft hyphen": "An\u00adn",
    "tab": "Ann\tLee",
    "line end": "Ann\nLee",
    "line separator": "Ann\u2028Lee",
    "paragraph separator": "Ann\u2029Lee",
    "delete": "Ann\x7f!",
    "private use": "Ann\ue000",
    "private use beyond the first plane": "Ann\U00100000",
    "noncharacter": "Ann\ufffe",
    "Hangul filler": "Ann\u3164Lee",
    "grapheme joiner": "An\u034fn",
}


@BOTH
@pytest.mark.parametrize("name", NEEDED.values(), ids=NEEDED)
def test_hidden_characters_that_scripts_and_emoji_need_are_kept(
    check: Callable[[str, str], tuple[str, str]], name: str
) -> None:
    for text in (name, f"Ann {name}", f"{name} Lee", name * 2):
        assert check(text, text) == (text, text)


@BOTH
@pytest.mark.parametrize("name", HIDDEN.values(), ids=HIDDEN)
def test_other_hidden_characters_are_refused_in_each_name(
    check: Callable[[str, str], tuple[str, str]], name: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(name, name)
    assert [(error.field, error.message.split(",")[0]) for error in refused.value.fields] == [
        ("firstName", "The first name has an invisible or control character"),
        ("lastName", "The last name has an invisible or control character"),
    ]


def test_the_message_names_the_hidden_character() -> None:
    with pytest.raises(InvalidInput) as refused:
        register("Ann\u202eeel", "")
    assert refused.value.fields[0].message == (
        "The first name has an invisible or control character, U+202E. Type the name anew."
    )


def test_no_character_of_hidden_categories_is_allowed_between_letters() -> None:
    for point in range(sys.maxunicode + 1):
        character, name = chr(point), f"A{chr(point)}B"
        category = unicodedata.category(character)
        if category == "Cn":
            continue  # by the Unicode version of this Python; that of `regex` may be newer
        if category in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
            assert find_hidden(name) == character, f"U+{point:04X}"
        elif not regex.match(r"\p{Default_Ignorable_Code_Point}", character):
            assert find_hidden(name) is None, f"U+{point:04X}"


@BOTH
def test_runs_of_spaces_become_one_space(check: Callable[[str, str], tuple[str, str]]) -> None:
    assert check("\u00a0Ann  Marie\n", "山田\u3000太郎") == ("Ann Marie", "山田 太郎")


def test_a_tidy_name_is_left_as_it_is() -> None:
    for name in NEEDED.values():
        assert tidy_name(tidy_name(f" {name}  {name}")) == f"{name} {name}"
