"""robots.txt and the sitemap (https://www.sitemaps.org/protocol.html)."""

from collections.abc import Sequence

from domain.ids import instant_of
from domain.sharing import ListedAccount
from serving.sharing.addresses import Site
from serving.sharing.markup import xml_text

FRESH_S = 60 * 60

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# Pages without content of their own. A crawler that renders pages needs /graphql.
CLOSED = (
    *("/search", "/bookmarks", "/notifications", "/settings", "/compose", "/login", "/oembed"),
    "/@*/known_followers",
)


def robots(site: Site) -> str:
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
    return f"User-agent: *\n{closed}\nSitemap: {site.origin}/sitemap.xml\n"


def sitemap_index(parts: Sequence[tuple[int, int]], site: Site) -> str:
    listed = "".join(
        f"<sitemap><loc>{xml_text(site.origin)}/sitemaps/{after}-{until}.xml</loc></sitemap>\n"
        for after, until in parts
    )
    return f"{_OPEN}<sitemapindex {_NAMESPACE}>\n{listed}</sitemapindex>\n"


def sitemap(accounts: Sequence[ListedAccount], site: Site) -> str:
    listed = "".join(
        f"<url><loc>{xml_text(site.origin)}/@{account.alias}</loc>"
        f"<lastmod>{instant_of(account.newest).isoformat(timespec='seconds')}</lastmod></url>\n"
        for account in accounts
    )
    return f"{_OPEN}<urlset {_NAMESPACE}>\n{listed}</urlset>\n"
