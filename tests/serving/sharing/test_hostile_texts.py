"""No text of a user and no Host header breaks out of what is shown outside."""

import json
import re
from xml.etree import ElementTree

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from domain.excerpts import one_line
from domain.sharing import ListedAccount, SharedPost, SharedStory
from domain.visibility import PostHidden
from serving.sharing.addresses import Site
from serving.sharing.crawlers import sitemap, sitemap_index
from serving.sharing.embeds import embedded
from serving.sharing.feeds import rss
from serving.sharing.oembed import describe
from serving.sharing.previews import post_head, profile_head
from tests.serving.sharing.shared import SITE, SITES, TEXTS, Parsed, make_post, make_user

POST_SHAPE = Parsed(post_head(make_post("hello"), SITE)).shape
PROFILE_SHAPE = Parsed(profile_head(make_user(bio="hello"), SITE)).shape
DESCRIPTION = {("meta", ("name", "content")), ("meta", ("property", "content"))}
ATTRIBUTES = {
    "html": {"lang"},
    "meta": {"charset", "name", "content"},
    "link": {"rel", "href"},
    "article": {"aria-label"},
    "img": {"src", "alt", "width", "height"},
    "a": {"href", "target", "rel", "class"},
    "div": {"class"},
    "p": {"class", "dir"},
    "h1": {"class"},
    "span": {"class", "dir"},
    "time": {"datetime"},
    "blockquote": {"cite"},
}
BARE = {"head", "title", "style", "body", "main", "header", "footer", "bdi", "br"}


def without_xml_faults(text: str) -> str:
    return regex.sub(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]", "", text)


@st.composite
def shared_posts(draw: st.DrawFn) -> SharedPost:
    author = make_user(first=draw(TEXTS), last=draw(TEXTS), bio=draw(TEXTS))
    alts = draw(st.lists(TEXTS, max_size=4))
    if draw(st.booleans()):
        return make_post(draw(TEXTS), author=author, quoted=draw(TEXTS), alts=alts)
    return make_post(draw(TEXTS), author=author, gap=draw(st.sampled_from([None, *PostHidden])), alts=alts)


def page_of(shared: SharedPost, site: Site) -> str:
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    return bytes(embedded(Request(scope), shared, site).body).decode()


def expect_known_elements(html: str) -> Parsed:
    parsed = Parsed(html)
    assert parsed.comments == []
    for tag, attributes in parsed.elements:
        assert tag in BARE | ATTRIBUTES.keys()
        assert attributes.keys() <= ATTRIBUTES.get(tag, set())
    for link in parsed.attributes_of("a"):
        assert re.match("https?://", link["href"] or "")
    return parsed


@given(shared_posts(), SITES)
def test_the_head_of_a_page_keeps_its_shape(shared: SharedPost, site: Site) -> None:
    head = post_head(shared, site)
    parsed, profile = Parsed(head), Parsed(profile_head(shared.author, site))
    assert [one for one in parsed.shape if one not in DESCRIPTION] == [
        one for one in POST_SHAPE if one not in DESCRIPTION
    ]
    assert [one for one in profile.shape if one not in DESCRIPTION] == [
        one for one in PROFILE_SHAPE if one not in DESCRIPTION
    ]
    assert parsed.comments == profile.comments == []
    assert head.lower().count("<script") == head.lower().count("</script") == 1


@given(shared_posts(), SITES)
def test_the_data_of_a_page_is_the_text_as_written(shared: SharedPost, site: Site) -> None:
    script = re.search(r'<script type="application/ld\+json">(.*)</script>', post_head(shared, site), re.DOTALL)
    assert script is not None
    assert not re.search("[<>&\u2028\u2029]", script[1])
    data = json.loads(script[1])
    assert data["text"] == shared.post.text
    assert ("sharedContent" in data) == (shared.quoted is not None)
    if shared.quoted:
        assert data["sharedContent"]["text"] == shared.quoted.post.text


@given(shared_posts(), SITES)
def test_an_embedded_post_has_only_known_elements_and_its_whole_text(shared: SharedPost, site: Site) -> None:
    parsed = expect_known_elements(page_of(shared, site))
    shown = "".join("".join(parsed.texts).split())
    for text in (shared.post.text, shared.quoted.post.text if shared.quoted else ""):
        assert "".join(regex.sub(r"[\p{Cc}]", "", text).split()) in shown


@given(shared_posts(), SITES)
def test_a_feed_is_valid_xml_with_the_texts(shared: SharedPost, site: Site) -> None:
    root = ElementTree.fromstring(rss(SharedStory(user=shared.author, posts=[shared, shared]), site))
    items = root.findall("./channel/item")
    assert len(items) == 2
    content = items[0].findtext("description") or ""
    parsed = expect_known_elements(content)
    shown = "".join("".join(parsed.texts).split())
    assert "".join(without_xml_faults(regex.sub(r"[\p{Cc}]", "", shared.post.text)).split()) in shown
    assert root.findtext("./channel/description") in (
        without_xml_faults(one_line(shared.author.bio)),
        root.findtext("./channel/title"),
    )


@given(shared_posts(), SITES)
def test_the_frame_of_oembed_is_one_element(shared: SharedPost, site: Site) -> None:
    parsed = Parsed(describe(shared, site, max_width=None, max_height=None)["html"])
    assert parsed.shape == [("iframe", ("src", "title", "width", "height", "sandbox", "loading", "style"))]
    assert parsed.texts == parsed.comments == []


@given(SITES)
def test_the_sitemap_is_valid_xml(site: Site) -> None:
    ElementTree.fromstring(sitemap_index([(0, 5)], site))
    ElementTree.fromstring(sitemap([ListedAccount(alias="ada", newest=5)], site))


@pytest.mark.parametrize(
    "text",
    ["x" * 280, "<&\"'" * 70, "👩‍👩‍👧" * 280, "a\u0301\u0302" * 280, "@a https://a.de " * 18, "#𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀 " * 20],
)
def test_what_is_shown_of_the_largest_post_is_bounded(text: str) -> None:
    user = make_user(first="<" * 50, last="&" * 50)
    shared = make_post(text, author=user, quoted=text)
    assert len(post_head(shared, SITE).encode()) < 64 * 1024
    assert len(page_of(shared, SITE).encode()) < 64 * 1024
