"""The picture of an account without an image: its own, at an address that says all there is to draw."""

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
def test_its_letters_are_the_initials_or_else_the_aliases(first_name: str, last_name: str, letters: str) -> None:
    assert Monogram.of_user(make_user(first_name, last_name)).letters == letters


def test_where_there_is_no_letter_at_all_none_is_drawn() -> None:
    nameless = User(id=1, alias="_", first_name="🦊", last_name="")
    assert Monogram.of_user(nameless).address == f"/media/monograms/{EDITION}/001-.svg"
    assert Monogram.of_user(nameless).draw().endswith("></text></svg>")


@given(names, names, st.integers(0, 2**62))
def test_what_is_drawn_is_known_from_the_address(first_name: str, last_name: str, number: int) -> None:
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
def test_nothing_is_drawn_that_is_nobodys(name: str) -> None:
    assert Monogram.from_address(str(EDITION), name) is None


def test_an_older_edition_is_not_drawn_in_a_newer_way() -> None:
    assert Monogram.from_address(str(EDITION + 1), "001-AL") is None


def test_accounts_of_one_name_look_different() -> None:
    assert len({Monogram(seed, "AL").draw() for seed in range(SEEDS)}) == SEEDS


def test_it_is_drawn_without_styles_and_scripts_which_its_page_would_not_allow() -> None:
    drawn = {element.tag.split("}")[1] for element in ElementTree.fromstring(Monogram(1, "AL").draw()).iter()}
    assert drawn == {"svg", "linearGradient", "stop", "path", "g", "circle", "text"}
    assert "style" not in Monogram(1, "AL").draw()


@pytest.mark.parametrize("colour", [colour for colours in COLOURS for colour in colours])
def test_large_white_letters_can_be_read_on_every_colour_and_on_two_veils_over_it(colour: str) -> None:
    """WCAG 2 wants a contrast of 3."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    veiled = [1 - (1 - share) * 0.9**2 for share in shares]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in veiled)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 3


def test_an_image_takes_the_place_of_the_monogram() -> None:
    assert Avatar.of_user(make_user()) == (
        f"/media/monograms/{EDITION}/001-AL.svg",
        f"/media/monograms/{EDITION}/001-AL.svg 400w",
    )
    assert Avatar.of_user(make_user(image="f00")) == (
        "/media/images/f00/192.webp",
        "/media/images/f00/48.webp 48w, /media/images/f00/96.webp 96w, "
        "/media/images/f00/192.webp 192w, /media/images/f00/400.webp 400w",
    )
