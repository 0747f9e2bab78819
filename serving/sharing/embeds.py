"""A post in a frame of another site: a page without scripts, forms and sessions."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from domain.excerpts import display_name
from domain.records import User
from domain.sharing import SharedPost, avatar_path
from serving.middleware.headers import FRAMEABLE
from serving.sharing.addresses import Site
from serving.sharing.markup import element, pictures_html, text_html
from serving.sharing.reading import answer
from serving.sharing.texts import Texts, choose_texts

STYLES = (Path(__file__).parent / "embed.css").read_text()
# Any site may frame it. It loads pictures and nothing else, and has the one style whose hash this is.
POLICY = (
    f"default-src 'none'; img-src 'self'; style-src 'sha256-{b64encode(sha256(STYLES.encode()).digest()).decode()}'; "
    f"base-uri 'none'; form-action 'none'; {FRAMEABLE}"
)
THEMES = ("light", "dark")
# Links leave the frame. The other site is not told of, and the linked one gets no part of its rank from here.
OUTSIDE = {"target": "_blank", "rel": "noopener noreferrer"}
OF_USERS = {"target": "_blank", "rel": "noopener noreferrer nofollow ugc"}


def texts_of(request: Request) -> Texts:
    return choose_texts(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def embedded(request: Request, shared: SharedPost, site: Site) -> Response:
    """Return the page of a post, or 304 if the reader has it."""
    texts, post, author = texts_of(request), shared.post, shared.author
    name, address = display_name(author), site.post(shared.post, author)
    created_at = post.created_at.isoformat(timespec="milliseconds")
    replies_to = shared.replies_to
    content = [
        f'<article aria-label="{escape(f"{texts.posted_by} {name}")}"><header>',
        element("img", {"src": avatar_path(author), "alt": "", "width": "48", "height": "48"}),
        _author(author, site, "h1"),
        "</header>",
        f'<p class="soft">{texts.replying} {text_html(f"@{replies_to.alias}", site, **OUTSIDE)}</p>'
        if replies_to
        else "",
        f'<p class="text" dir="auto">{text_html(post.text, site, **OF_USERS)}</p>' if post.text else "",
        f'<div class="pictures">{pictures_html(post)}</div>' if post.media else "",
        _quote(shared, site, texts),
        f"<footer>{element('a', {'href': address, **OUTSIDE})}"
        f'<time datetime="{created_at}">{texts.format_time(post.created_at)}</time></a>',
        f"{element('a', {'href': address, 'class': 'view', **OUTSIDE})}{texts.view}</a></footer></article>",
    ]
    return _page(request, texts, title=f"{name} (@{author.alias})", content="".join(content), canonical=address)


def unavailable(request: Request, status: int, *, retry_after: str | None = None) -> Response:
    """Return the page of a post that is missing (404) or cannot be shown now."""
    texts = texts_of(request)
    said = texts.unavailable if status == 404 else texts.failed
    return _page(request, texts, title="Tweeter", content=f"<h1>{said}</h1>", status=status, retry_after=retry_after)


def _page(
    request: Request,
    texts: Texts,
    *,
    title: str,
    content: str,
    status: int = 200,
    canonical: str | None = None,
    retry_after: str | None = None,
) -> Response:
    theme = request.query_params.get("theme")
    scheme = theme if theme in THEMES else "light dark"
    html = [
        f'<!doctype html>\n<html lang="{texts.language}">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f'<meta name="color-scheme" content="{scheme}">\n<meta name="robots" content="noindex">\n',
        f"<title>{escape(title)} · Tweeter</title>\n",
        f"{element('link', {'rel': 'canonical', 'href': canonical})}\n" if canonical else "",
        f"<style>{STYLES}</style>\n</head>\n<body>\n<main>{content}</main>\n</body>\n</html>\n",
    ]
    headers = {
        "cache-control": "no-cache",
        "content-security-policy": POLICY,
        "cross-origin-resource-policy": "cross-origin",
        "vary": "accept-encoding, accept-language",
    }
    headers |= {"retry-after": retry_after} if retry_after else {}
    return answer(request, "".join(html), "text/html", status=status, headers=headers)


def _quote(shared: SharedPost, site: Site, texts: Texts) -> str:
    if quoted := shared.quoted:
        quote = element("blockquote", {"cite": site.post(quoted.post, quoted.author)})
        text = text_html(quoted.post.text, site, **OF_USERS)
        return f'{quote}{_author(quoted.author, site, "p")}<p class="text" dir="auto">{text}</p></blockquote>'
    return f'<p class="gap soft">{texts.gaps[shared.gap]}</p>' if shared.gap else ""


def _author(user: User, site: Site, kind: str) -> str:
    """Return name and alias. A name is isolated, so that it cannot turn what stands around it."""
    link = element("a", {"href": site.profile(user), **OUTSIDE})
    return (
        f'<{kind} class="author">{link}<bdi>{escape(display_name(user))}</bdi> '
        f'<span class="soft" dir="ltr">@{user.alias}</span></a></{kind}>'
    )
