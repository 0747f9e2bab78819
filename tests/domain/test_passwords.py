"""The rules for passwords. A password is the same in every Unicode form."""

import sys
import unicodedata
from typing import Literal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.errors import FieldErrorCode, InvalidInput
from domain.passwords import MAX_CONTEXTUAL, MAX_PASSWORD_BYTES, check_password, prepare_password, typed_forms

SPACES = [chr(point) for point in range(sys.maxunicode + 1) if unicodedata.category(chr(point)) == "Zs"]
COMPOSED = [chr(point) for point in range(sys.maxunicode + 1) if unicodedata.decomposition(chr(point))[:1] not in "<"]
Form = Literal["NFC", "NFD"]
FORMS: list[Form] = ["NFC", "NFD"]
LETTERS = st.sampled_from([*"aZ5!", "ß", "й", "한", "ﬁ", "😀", "क", "ή", "ệ", "Å", "\N{ANGSTROM SIGN}", "ſ"])
characters = LETTERS | st.sampled_from(SPACES) | st.sampled_from(COMPOSED) | st.characters()


def composed_otherwise(password: str, data: st.DataObject) -> str:
    """Return the text in another form: some characters decomposed, some spaces replaced."""
    forms = []
    for character in password:
        if unicodedata.category(character) == "Zs":
            forms.append(data.draw(st.sampled_from(SPACES)))
        else:
            form = data.draw(st.sampled_from([*FORMS, None]))
            forms.append(unicodedata.normalize(form, character) if form else character)
    return "".join(forms)


# PRECIS refuses most random texts. Only the accepted ones are compared in full.
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(characters, min_size=6, max_size=30).map("".join), st.data())
def test_every_form_of_a_password_is_hashed_alike(password: str, data: st.DataObject) -> None:
    other = composed_otherwise(password, data)
    prepared, problem = prepare_password(password)
    assert prepare_password(other) == (prepared, problem)
    assume(problem is None)
    assert typed_forms(other)[0] == prepared
    assert prepare_password(prepared) == (prepared, None)
    assert set(typed_forms(other)) == {prepared, other}


@given(st.text(max_size=40))
def test_a_typed_password_has_one_form_or_two(typed: str) -> None:
    forms = typed_forms(typed)
    assert len(forms) in (1, 2)
    assert forms == ("",) or typed in forms, "accounts of older versions may have it"


@pytest.mark.parametrize(
    "password",
    ["12345678", "x" * 1024, "é" * 512, "пароль‽‽", "  leading and trailing  ", "😀😀😀😀😀😀😀😀", "پاس\u200cورد‽‽"],
)
def test_a_valid_password_is_kept_unchanged(password: str) -> None:
    assert check_password(password, field="password") == password


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("letter", ["é", "ΐ", "한", "ᾂ"])
def test_the_maximum_length_is_the_same_in_every_unicode_form(letter: str, form: Form) -> None:
    longest = MAX_PASSWORD_BYTES // len(letter.encode())
    typed = unicodedata.normalize(form, letter * longest)
    assert check_password(typed, field="password") == letter * longest
    _, problem = prepare_password(typed + unicodedata.normalize(form, letter))
    assert problem is not None
    assert problem.code is FieldErrorCode.TOO_LONG


@pytest.mark.parametrize("form", FORMS)
def test_the_minimum_length_is_the_same_in_every_unicode_form(form: Form) -> None:
    _, problem = prepare_password(unicodedata.normalize(form, "ééééééé"))
    assert problem is not None
    assert problem.code is FieldErrorCode.TOO_SHORT
    assert prepare_password(unicodedata.normalize(form, "éééééééé"))[1] is None


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\n",
        "\x7f",
        "\x85",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\ufe0f",
        "\ue000",
        "\uffff",
        "\u0378",
        "\U000e0041",
    ],
)
def test_characters_that_precis_refuses_are_refused_only_in_a_new_password(character: str) -> None:
    password = f"correct horse{character}"
    with pytest.raises(InvalidInput) as refused:
        check_password(password, field="newPassword")
    (error,) = refused.value.fields
    assert error.field == "newPassword"
    assert "correct" not in error.message
    assert refused.value.__context__ is None, "the library's error quotes the password"
    if character != "\0":
        assert typed_forms(password) == (password,)


@pytest.mark.parametrize("character", ["\u0661", "\u06f1"])
def test_characters_that_need_a_scan_of_the_whole_text_are_limited(character: str) -> None:
    assert prepare_password(character * MAX_CONTEXTUAL)[1] is None
    assert prepare_password(character * (MAX_CONTEXTUAL + 1))[1] is not None


def test_a_long_run_of_marks_is_never_normalised() -> None:
    endless = "correct horse" + "\u0301\u0316" * 250
    assert prepare_password(endless)[1] is not None
    assert typed_forms(endless) == (endless,)


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("", ("",)),  # an account from before the limits may have it
        ("x" * MAX_PASSWORD_BYTES, ("x" * MAX_PASSWORD_BYTES,)),
        ("x" * (MAX_PASSWORD_BYTES + 1), ("",)),
        ("ü" * (MAX_PASSWORD_BYTES // 2 + 1), ("",)),
        ("e\u0301" * 342, ("é" * 342,)),
        ("\ud800", ("",)),
        ("\0", ("",)),
    ],
)
def test_text_that_no_account_can_have_as_its_password_is_given_as_empty(typed: str, forms: tuple[str, ...]) -> None:
    assert typed_forms(typed) == forms
