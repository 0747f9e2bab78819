"""The rules for accounts. A form reports all its problems at once."""

import pytest

from domain.accounts import (
    ProfileChange,
    Registration,
    alias_key,
    check_change,
    check_registration,
    is_alias,
)
from domain.errors import InvalidInput
from domain.images import MAX_IMAGE_BYTES


def make_registration(
    *,
    alias: str = "bob",
    first_name: str = "Bob",
    last_name: str = "Smith",
    password: str = "correct horse",
    image: bytes | None = None,
) -> Registration:
    return Registration(alias=alias, first_name=first_name, last_name=last_name, password=password, image=image)


def refused_fields(registration: Registration) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        check_registration(registration)
    return [error.field for error in refused.value.fields]


@pytest.mark.parametrize("alias", ["a", "A_9", "_", "9", "a" * 30])
def test_an_alias_has_letters_digits_and_underscores(alias: str) -> None:
    assert is_alias(alias)
    assert check_registration(make_registration(alias=alias)).alias == alias


@pytest.mark.parametrize(
    "alias", ["", " ", "a" * 31, "a b", "a-b", "é", "ａ", "٣", "a\n", "@a", "a\0", "\ud800", "\N{KELVIN SIGN}"]
)
def test_other_characters_make_no_alias(alias: str) -> None:
    assert not is_alias(alias)
    assert refused_fields(make_registration(alias=alias)) == ["alias"]


def test_aliases_are_compared_case_insensitively() -> None:
    assert alias_key("BoB_1") == alias_key("bOb_1") != alias_key("bob_2")


def test_names_are_trimmed_and_the_last_one_may_be_missing() -> None:
    checked = check_registration(make_registration(first_name="  Ann \n", last_name="  "))
    assert (checked.first_name, checked.last_name) == ("Ann", "")


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u2800", "x" * 51, "x" * 100_000, "\ud800", "a\0b"])
def test_a_first_name_is_visible_and_short(name: str) -> None:
    assert refused_fields(make_registration(first_name=name)) == ["firstName"]


def test_a_name_may_have_fifty_characters_of_many_code_points() -> None:
    name = "👨‍👩‍👧‍👦" * 50
    assert check_registration(make_registration(first_name=name, last_name=name)).last_name == name


@pytest.mark.parametrize("password", ["", "1234567", "\ud800" * 8, "12345678\0"])
def test_a_password_has_rules(password: str) -> None:
    assert refused_fields(make_registration(password=password)) == ["password"]


def test_a_registration_has_the_password_in_the_form_to_be_hashed() -> None:
    assert check_registration(make_registration(password="cafe\u0301\u3000olé")).password == "café olé"


def test_a_registration_reports_every_bad_field() -> None:
    bad = make_registration(alias="", first_name="", last_name="x" * 51, password="", image=b"")
    assert refused_fields(bad) == ["alias", "firstName", "lastName", "password", "image"]


def test_the_repr_of_a_registration_has_no_password() -> None:
    assert "correct horse" not in repr(make_registration())


def test_a_name_that_is_not_given_does_not_change() -> None:
    assert check_change(ProfileChange()) == {}
    assert check_change(ProfileChange(first_name=" Ann ")) == {"first_name": "Ann"}
    assert check_change(ProfileChange(last_name="")) == {"last_name": ""}


def test_a_change_reports_every_bad_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_change(ProfileChange(first_name=" ", last_name="\ud800", image=b""))
    assert [error.field for error in refused.value.fields] == ["firstName", "lastName", "image"]


@pytest.mark.parametrize(
    ("size", "is_good"), [(0, False), (1, True), (MAX_IMAGE_BYTES, True), (MAX_IMAGE_BYTES + 1, False)]
)
def test_an_image_has_bounds(size: int, is_good: bool) -> None:
    image = bytes(size)
    if is_good:
        assert check_registration(make_registration(image=image)).image == image
    else:
        assert refused_fields(make_registration(image=image)) == ["image"]
