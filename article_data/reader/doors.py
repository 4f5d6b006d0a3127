"""Doors: the links of an article that lead to articles of the build, in the order of its text.

Owns telling where a link leads. Texts name their targets as the wiki does, redirects included; the link graph knows where they end.
Pure over an open build and a text; some ten microseconds a link, so it is done beside the loop.
"""

from __future__ import annotations

from article_data.article import ArticleText
from article_data.store.build import Build


def doors(build: Build, text: ArticleText) -> list[tuple[int, str]]:
    """Return each linked article once, never the article itself, with its title; "" where the link names it otherwise.

    Pages that only list namesakes are left out. Raises StoreError when the build has no such article.
    """
    linked = set(build.graph.links(text.article_id)) - {text.article_id}
    found: dict[int, str] = {}
    for link in text.links:
        titled = build.names.titled(link.target)
        if titled in linked:
            found[titled] = link.target
        elif titled is None:
            hits = build.names.exact(link.target)
            by_redirect = next(
                (hit.article_id for hit in hits if hit.kind == "alias" and hit.article_id in linked), None
            )
            if by_redirect is not None:
                found.setdefault(by_redirect, "")
    return list(found.items())
