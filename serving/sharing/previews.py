"""The head of a shared page: title, description, Open Graph, Twitter card, JSON-LD, canonical address."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from domain.excerpts import MAX_DESCRIPTION, MAX_TITLE, display_name, excerpt, one_line
from domain.media import address, sizes_of
from domain.records import User
from domain.sharing import Picture, SharedPost, picture_of_post, picture_of_user
from serving.sharing.addresses import Site
from serving.sharing.markup import data_script, element

CONTEXT = "https://schema.org"
NAME = "Tweeter"


def post_head(shared: SharedPost, site: Site) -> str:
    """Return the elements for the page of a post."""
    name, here = display_name(shared.author), site.post(shared.post, shared.author)
    text = description_of(shared)
    oembed = f"{site.origin}/oembed?{urlencode({'format': 'json', 'url': here})}"
    return _head(
        title=f"{name}: “{excerpt(text, MAX_TITLE)}”" if text else name,
        heading=f"{name} (@{shared.author.alias})",
        description=text,
        address=here,
        picture=picture_of_post(shared),
        site=site,
        properties={"og:type": "article", "article:published_time": shared.post.created_at.isoformat()},
        links=[{"rel": "alternate", "type": "application/json+oembed", "href": oembed}],
        data={"@context": CONTEXT, **_posting(shared, site)},
    )


def profile_head(user: User, site: Site) -> str:
    """Return the elements for the page of an account."""
    name, here = display_name(user), site.profile(user)
    follows = {"@type": "InteractionCounter", "interactionType": f"{CONTEXT}/FollowAction"}
    person = {
        **_person(user, site),
        "identifier": user.alias,
        "description": one_line(user.bio),
        "interactionStatistic": follows | {"userInteractionCount": user.follower_count},
    }
    return _head(
        title=name,
        heading=f"{name} (@{user.alias})",
        description=excerpt(user.bio, MAX_DESCRIPTION),
        address=here,
        picture=picture_of_user(user),
        site=site,
        properties={"og:type": "profile", "profile:username": user.alias},
        links=[{"rel": "alternate", "type": "application/rss+xml", "href": site.feed(user)}],
        data={
            "@context": CONTEXT,
            "@type": "ProfilePage",
            "url": here,
            "dateCreated": user.created_at.isoformat(),
            "mainEntity": person,
        },
    )


def description_of(shared: SharedPost) -> str:
    """Return the text on one line. A quote without a comment is described by the post that it quotes."""
    text = excerpt(shared.post.text, MAX_DESCRIPTION)
    if text or shared.quoted is None:
        return text
    return excerpt(f"@{shared.quoted.author.alias}: {shared.quoted.post.text}", MAX_DESCRIPTION)


def _head(
    *,
    title: str,
    heading: str,
    description: str,
    address: str,
    picture: Picture,
    site: Site,
    properties: Mapping[str, str],
    links: list[dict[str, str]],
    data: Mapping[str, Any],
) -> str:
    properties = {
        "og:site_name": NAME,
        "og:title": heading,
        "og:description": description,
        "og:url": address,
        **properties,
        "og:image": f"{site.origin}{picture.path}",
        "og:image:width": str(picture.width),
        "og:image:height": str(picture.height),
        "og:image:alt": picture.alt,
    }
    names = {
        "description": description,
        "twitter:card": "summary_large_image" if picture.is_large else "summary",
    }
    return "\n".join(
        [
            f"<title>{escape(title)} · {NAME}</title>",
            *(element("meta", {"name": name, "content": text}) for name, text in names.items() if text),
            *(element("meta", {"property": name, "content": text}) for name, text in properties.items() if text),
            *(element("link", link) for link in [{"rel": "canonical", "href": address}, *links]),
            data_script(data),
        ]
    )


def _posting(shared: SharedPost, site: Site) -> dict[str, Any]:
    here = site.post(shared.post, shared.author)
    posting: dict[str, Any] = {
        "@type": "DiscussionForumPosting",
        "url": here,
        "mainEntityOfPage": here,
        "text": shared.post.text,
        "datePublished": shared.post.created_at.isoformat(),
        "author": _person(shared.author, site),
    }
    if media := shared.post.media:
        sides = [max(sizes_of(one.width, one.height)) for one in media]
        posting["image"] = [f"{site.origin}{address(one.file, side)}" for one, side in zip(media, sides, strict=True)]
    if quoted := shared.quoted:
        posting["sharedContent"] = _posting(SharedPost(post=quoted.post, author=quoted.author), site)
    return posting


def _person(user: User, site: Site) -> dict[str, Any]:
    picture = picture_of_user(user)
    return {
        "@type": "Person",
        "name": display_name(user),
        "alternateName": f"@{user.alias}",
        "url": site.profile(user),
        "image": f"{site.origin}{picture.path}",
    }
