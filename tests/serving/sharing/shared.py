"""Made-up accounts and posts, without a database, and documents as a browser or a feed reader parses them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hypothesis import strategies as st

from domain.records import Media, Post, User
from domain.sharing import QuotedPost, SharedPost
from domain.visibility import PostHidden
from serving.sharing.addresses import Site

SITE = Site("https://tweeter.example")
HOSTILE = [
    *("</script>", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onload='x", "<!--", "-->", "]]>"),
    *(
        "</title>",
        "</style>",
        "</textarea>",
        "<svg/onload=x>",
        "&lt;",
        "&#0;",
        "&#x3c;",
        "\\u003c",
        "\\",
        "${x}",
        "{{x}}",
    ),
    *("\u2028", "\u2029", "\x00", "\x0b", "\x1b[0m", "\x85", "\ufffe", "\uffff", "\u202e", "\ufeff", "\r\n", "\t"),
    *("@ada", "https://example.org/?a='\"<b>&c", "javascript:alert(1)", "https://e.org/\u202e", "日本", "🇩🇪", " ", "a"),
]
TEXTS = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=12
).map("".join)
# Every character that a Host header may have (serving/server/request_heads.py).
SITES = st.text("abcZ09._~!$&'()*+,;=%-:", min_size=1, max_size=12).map(lambda host: Site(f"http://{host}"))


def make_user(number: int = 7, *, alias: str = "ada", first: str = "Ada", last: str = "", bio: str = "") -> User:
    return User(id=number << 21, alias=alias, first_name=first, last_name=last, bio=bio)


def make_post(
    text: str,
    *,
    author: User | None = None,
    quoted: str | None = None,
    gap: PostHidden | None = None,
    alts: Sequence[str] = (),
) -> SharedPost:
    author = author or make_user()
    media = [Media(id=place, file=f"f{place}", width=2_000, height=1_000, alt=alt) for place, alt in enumerate(alts)]
    quote = None if quoted is None and gap is None else 8 << 21
    post = Post(id=9 << 21, author=author.id, text=text, quote=quote, media=media)
    other = make_user(8, alias="bob", first=author.first_name, last=author.last_name)
    return SharedPost(
        post=post,
        author=author,
        replies_to=other,
        quoted=None
        if quoted is None
        else QuotedPost(post=Post(id=8 << 21, author=other.id, text=quoted), author=other),
        gap=gap,
    )


@dataclass
class Parsed(HTMLParser):
    """The elements of a document with their attributes, and its text."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements, self.texts, self.comments = [], [], []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:  # ends: each turn takes one
            pass

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements with the names of their attributes."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    def attributes_of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def meta(self, name: str) -> str | None:
        """The content of a meta element by its name or property. Also asserts that there is one at most."""
        found = [
            each["content"] for each in self.attributes_of("meta") if name in (each.get("name"), each.get("property"))
        ]
        assert len(found) <= 1, name
        return found[0] if found else None

    def links(self, rel: str) -> list[dict[str, str | None]]:
        return [each for each in self.attributes_of("link") if each.get("rel") == rel]
