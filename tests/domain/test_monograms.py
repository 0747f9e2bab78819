"""Monograms: the avatar of an account without an image, which its URL describes completely."""

from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.avatars import Avatar
from domain.monograms import COLOURS, EDITION, SEEDS, Monogram
from domain.records import User

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


def make_user(first_name: str = "Ada", last_name: str = "Lovelace", *, id: int = 1, image: str | None = None) -> User:
    return User(id=id, alias="ada_l", first_name=first_name, last_name=last_name, image=image)


@pytest.mark.parametrize(
    ("first_name", "last_name", "letters"),
    [
        ("Ada", "Lovelace", "AL"),
        ("ada", "", "A"),
        ("  «Émile»", "é", "ÉÉ"),
        ("E\u0301mile", "", "É"),
        ("🦊 fox", "9 lives", "F9"),
        ("жук", "小明", "Ж小"),
        ("ß", "ŉ", "ßŉ"),
        ("🦊", "", "A"),
        ("<b>", '"&', "B"),
    ],
)
def test_a_monogram_has_the_initials_of_the_names_or_of_the_alias(
    first_name: str, last_name: str, letters: str
) -> None:
    assert Monogram.of_user(make_user(first_name, last_name)).letters == letters


def test_a_monogram_without_letters_is_drawn_empty() -> None:
    nameless = User(id=1, alias="_", first_name="🦊", last_name="")
    assert Monogram.of_user(nameless).address == f"/media/monograms/{EDITION}/001-.svg"
    assert Monogram.of_user(nameless).draw().endswith("></text></svg>")


@given(names, names, st.integers(0, 2**62))
def test_a_monogram_is_drawn_from_its_address_alone(first_name: str, last_name: str, number: int) -> None:
    monogram = Monogram.of_user(make_user(first_name, last_name, id=number))
    *_, edition, name = unquote(monogram.address).split("/")
    assert monogram.address.isascii()
    assert Monogram.from_address(edition, name.removesuffix(".svg")) == monogram
    drawn = ElementTree.fromstring(monogram.draw())
    assert [text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text")] == [monogram.letters]


@pytest.mark.parametrize(
    "name",
    ["", "-", "001", "001AL", "1-AL", "0001-AL", "00g-AL", "001-ABC", "001-<>", "001-a ", "001-\n", "001-A\0", "٠٠١-A"],
)
def test_an_address_that_no_account_can_have_is_refused(name: str) -> None:
    assert Monogram.from_address(str(EDITION), name) is None


def test_an_address_of_another_edition_is_refused() -> None:
    assert Monogram.from_address(str(EDITION + 1), "001-AL") is None


def test_accounts_with_the_same_name_have_different_monograms() -> None:
    assert len({Monogram(seed, "AL").draw() for seed in range(SEEDS)}) == SEEDS


def test_the_svg_has_no_styles_and_no_scripts() -> None:
    drawn = {element.tag.split("}")[1] for element in ElementTree.fromstring(Monogram(1, "AL").draw()).iter()}
    assert drawn == {"svg", "linearGradient", "stop", "path", "g", "circle", "text"}
    assert "style" not in Monogram(1, "AL").draw()


@pytest.mark.parametrize("colour", [colour for colours in COLOURS for colour in colours])
def test_white_letters_have_enough_contrast_on_every_background(colour: str) -> None:
    """WCAG 2 requires a contrast of 3."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    veiled = [1 - (1 - share) * 0.9**2 for share in shares]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in veiled)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3


def test_an_image_replaces_the_monogram() -> None:
    assert Avatar.of_user(make_user()) == (
        f"/media/monograms/{EDITION}/001-AL.svg",
        f"/media/monograms/{EDITION}/001-AL.svg 400w",
    )
    assert Avatar.of_user(make_user(image="f00")) == (
        "/media/images/f00/192.webp",
        "/media/images/f00/48.webp 48w, /media/images/f00/96.webp 96w, "
        "/media/images/f00/192.webp 192w, /media/images/f00/400.webp 400w",
    )
