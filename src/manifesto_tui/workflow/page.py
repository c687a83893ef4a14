"""Frames one page of the web site, with a key over all that it tells."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from manifesto_tui import __version__
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.edition import number_of
from manifesto_tui.publish import site
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.paper import Paper


@dataclass(frozen=True)
class Page:
    """One file of the site: where it is, the key over what it tells, and how it is made."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Frame:
    """What all pages of one site share.

    `source` says which text the site shows; `markdown` is for a site that something else makes.
    """

    assembly: Assembly
    source: Provenance
    markdown: bool

    def page(self, path: str, told: object, make: Callable[[], Paper]) -> Page:
        """Returns a page of the site; `told` is all that the paper is made of."""
        key = key_of((told, self.assembly.manifesto))
        if self.markdown:
            path = path.removesuffix(".html") + ".md"
            return Page(path, key, lambda: site.page_markdown(make()))
        return Page(path, key, lambda: site.page_html(make(), path))

    def about(self, commit: str, digest: str, published: str, shows: str) -> Provenance:
        """Says of an earlier text which it is, in words that later acts leave alone."""
        return replace(
            self.source,
            commit=commit,
            digest=digest,
            published=published,
            verified="",
            edition=number_of(self.assembly.editions, digest),
            shows=shows,
        )


def key_of(told: object) -> str:
    """Returns a key that differs where anything differs that is told."""
    return hashlib.sha256(f"{__version__}\n{told!r}".encode("utf-8", "replace")).hexdigest()[:32]
