"""From what the index holds to what the public may see of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.safestring import SafeString
from wagtail.models import Page, get_page_models

from folkmoot.publishing.models import HomePage, StandardPage
from folkmoot.publishing.search.index import Hit, hits, texts
from folkmoot.publishing.search.words import marked, snippet, words
from folkmoot.publishing.visibility import public_pages

if TYPE_CHECKING:
    from django.db.models import Model
    from wagtail.models import Site

A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found and may be seen: what it is called, what it is, and its page.

    `is_part` says that it is a part of the page, not the page itself.
    """

    title: str
    kind: str
    url: str
    page: Page
    is_part: bool = False


# Given keys, the site and the instant, the records of a kind that the public may see, by key.
Shown = Callable[[Sequence[int], "Site", datetime], Mapping[int, Found]]

_KINDS: dict[type[Model], Shown] = {}


def register_kind(model: type[Model], shown: Shown) -> None:
    """Let search find records of an indexed model of a higher room.

    Called in `AppConfig.ready()`.
    """
    _KINDS[model] = shown


def found(text: str, site: Site, at: datetime) -> tuple[list[tuple[Hit, Found]], bool]:
    """Return what the public may see of what has every word of a text, the best first.

    Where nothing has every word, what has any; the second value then is False. The number of
    queries does not grow with what is found.
    """
    sought = words(text)
    kinds = _content_types()
    complete = _public(hits(sought, kinds), site, at)
    if complete or len(sought) < 2:
        return complete, True
    return _public(hits(sought, kinds, every=False), site, at), False


def lines(shown: Sequence[tuple[Hit, Found]], text: str) -> list[dict[str, Any]]:
    """Return how the list prints what was found: title, kind, place, and text with words marked."""
    sought = words(text)
    bodies = texts(hit for hit, _ in shown)
    above = _titles_above(each.page for _, each in shown)
    return [
        {
            "title": marked(each.title, sought),
            "kind": each.kind,
            "url": each.url,
            "where": [*above[each.page.path], *([each.page.title] if each.is_part else [])],
            "snippet": _snippet(bodies.get(hit.entry, ""), sought),
        }
        for hit, each in shown
    ]


def _snippet(body: str, sought: Sequence[str]) -> SafeString | str:
    return snippet(body, sought) if body.strip() else ""


def _content_types() -> dict[int, type[Model]]:
    models = [*get_page_models(), *_KINDS]
    return {kind.pk: model for model, kind in ContentType.objects.get_for_models(*models).items()}


def _public(all_hits: list[Hit], site: Site, at: datetime) -> list[tuple[Hit, Found]]:
    kinds = _content_types()
    keys: dict[type[Model], list[int]] = {}
    for hit in all_hits:
        model = kinds[hit.content_type]
        keys.setdefault(model if model in _KINDS else Page, []).append(hit.key)
    shown: dict[type[Model], Mapping[int, Found]] = {Page: _pages(keys.get(Page, []), site, at)}
    shown |= {model: show(keys.get(model, []), site, at) for model, show in _KINDS.items()}
    pairs = []
    for hit in all_hits:
        model = kinds[hit.content_type]
        each = shown[model if model in _KINDS else Page].get(hit.key)
        if each is not None:
            pairs.append((hit, each))
    return pairs


def _pages(keys: Sequence[int], site: Site, at: datetime) -> dict[int, Found]:
    pages = public_pages(site, at).filter(pk__in=keys).select_related("content_type")
    return {page.pk: Found(page.title, kind_of(page), page.url or "", page) for page in pages}


def kind_of(page: Page) -> str:
    """Return what a page is, as the public reads it."""
    model = page.content_type.model_class() or Page
    name = str(model._meta.verbose_name).capitalize()
    is_plain = model in (HomePage, StandardPage) or name.endswith(" index")
    return "Page" if is_plain else name


def _titles_above(pages: Iterable[Page]) -> dict[str, list[str]]:
    """Return the titles of the pages above each page, below the front page. One query."""
    paths = {page.path: _paths_above(page) for page in pages}
    titles = dict(
        Page.objects.filter(path__in={path for above in paths.values() for path in above})
        .order_by("path")
        .values_list("path", "title")
    )
    return {path: [titles[each] for each in above] for path, above in paths.items()}


def _paths_above(page: Page) -> list[str]:
    step = page.steplen
    return [page.path[:length] for length in range(3 * step, len(page.path), step)]
