"""RSS 2.0 of an account's posts (https://www.rssboard.org/rss-specification)."""

from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from domain.excerpts import display_name, one_line
from domain.sharing import SharedPost, SharedStory, picture_of_user
from serving.sharing.addresses import Site
from serving.sharing.markup import element, pictures_html, text_html, xml_text
from serving.sharing.previews import NAME
from serving.sharing.reading import answer

MEDIA_TYPE = "application/rss+xml"
FRESH_S = 60  # readers ask again after it

_NAMESPACES = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def feed(request: Request, story: SharedStory, site: Site) -> Response:
    """Return the feed, or 304 if the reader has it."""
    headers = {
        "cache-control": f"public, max-age={FRESH_S}",
        "last-modified": format_datetime(story.changed_at.replace(microsecond=0), usegmt=True),
    }
    return answer(request, rss(story, site), MEDIA_TYPE, headers=headers)


def rss(story: SharedStory, site: Site) -> str:
    """Return the story as XML. Items have no titles, as a post has none."""
    user = story.user
    title, picture = f"{display_name(user)} (@{user.alias})", f"{site.origin}{picture_of_user(user).path}"
    address = xml_text(site.profile(user))
    return "".join(
        [
            f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {_NAMESPACES}>\n<channel>\n',
            f"<title>{xml_text(title)}</title>\n<link>{address}</link>\n",
            f"<description>{xml_text(one_line(user.bio) or title)}</description>\n",
            f'<atom:link href="{xml_text(site.feed(user))}" rel="self" type="{MEDIA_TYPE}"/>\n',
            f"<image><url>{xml_text(picture)}</url><title>{xml_text(title)}</title><link>{address}</link></image>\n",
            f"<generator>{NAME}</generator>\n",
            *(_item(post, site) for post in story.posts),
            "</channel>\n</rss>\n",
        ]
    )


def _item(shared: SharedPost, site: Site) -> str:
    address = xml_text(site.post(shared.post, shared.author))
    created_at = format_datetime(shared.post.created_at.replace(microsecond=0), usegmt=True)
    return (
        f'<item>\n<link>{address}</link>\n<guid isPermaLink="true">{address}</guid>\n<pubDate>{created_at}</pubDate>\n'
        f"<dc:creator>{xml_text(display_name(shared.author))}</dc:creator>\n"
        f"<description>{xml_text(_content(shared, site))}</description>\n</item>\n"
    )


def _content(shared: SharedPost, site: Site) -> str:
    """Return the post as HTML."""
    content = f"<p>{_paragraph(shared.post.text, site)}</p>" if shared.post.text else ""
    if shared.post.media:
        content += f"<p>{pictures_html(shared.post, site.origin)}</p>"
    if quoted := shared.quoted:
        quote = element("blockquote", {"cite": site.post(quoted.post, quoted.author)})
        by = text_html(f"@{quoted.author.alias}", site)
        content += f"{quote}<p>{by}: {_paragraph(quoted.post.text, site)}</p></blockquote>"
    elif shared.gap:
        content += "<blockquote><p>This post is not available.</p></blockquote>"
    return content


def _paragraph(text: str, site: Site) -> str:
    return text_html(text, site).replace("\n", "<br>")
