"""The base of every public page, the home page, and plain pages."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from folkmoot.publishing.blocks import BodyBlock
from folkmoot.publishing.clock import now
from folkmoot.publishing.keeping import is_public, kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.url_routing import RouteResult

RICH_TEXT = ["h3", "bold", "ol", "ul", "link", "document-link"]
# No page lies deeper; an address with more parts than this is not asked for whole.
DEEPEST = 12


class BasePage(Page):
    """A public page: a title, one sentence that says what it is, and what its kind adds."""

    summary = models.TextField(
        blank=True, max_length=400, help_text="One or two plain sentences under the title."
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return for how many seconds after `at` the clock leaves this page as it is.

        None where the clock never changes it. The cache keeps the page no longer than that.
        """
        return None

    def presented(
        self, request: HttpRequest, at: datetime, make: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Return what `make` presents of this page, kept while the clock leaves the page alone.

        For pages whose address alone says what they show. A preview is made afresh.
        """
        if not is_public(request):
            return make()
        return kept(("presented", self.pk), make, partial(self.seconds_unchanged, at))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return who may see this page or a page above it, asking once an edition if none may not.

        Hardly a site of this kind hides a page, and Wagtail asks two queries of each visit.
        """
        if kept("no page is restricted", lambda: not PageViewRestriction.objects.exists()):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def structured(self, at: datetime) -> list[dict[str, Any]]:
        """Return what the page is about as things of schema.org, for search engines."""
        return []


class HomePage(BasePage):
    """The front page: what the body asks now, its plan, and whether it works."""

    introduction = RichTextField(features=RICH_TEXT, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    template = "publishing/home.html"

    def structured(self, at: datetime) -> list[dict[str, Any]]:
        """Return whose site it is, and where it is searched."""
        from folkmoot.publishing import cards

        return cards.website(self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Return the page at an address; no query while what stands where is kept."""
        ways = path_components[:DEEPEST]
        paths = [f"{self.url_path}{'/'.join(ways[: end + 1])}/" for end in range(len(ways))]
        known = kept("addresses of pages", _addresses)
        found = [known[path] for path in paths if path in known]
        if not found:
            return super().route(request, path_components)
        page = kept(("page", found[-1]), lambda: _with_its_parents(self, found))
        # A copy: what one visit remembers on a page is nothing to the next.
        return copy(page).route(request, path_components[len(found) :])


def _addresses() -> dict[str, int]:
    """Return the key of every page by its path."""
    return dict(Page.objects.order_by().values_list("url_path", "pk"))


def _with_its_parents(home: HomePage, keys: list[int]) -> Page:
    """Return the last of some pages of which each is the parent of the next."""
    pages = list(Page.objects.filter(pk__in=keys).order_by("depth"))
    for parent, page in pairwise([home, *pages]):
        page._cached_parent_obj = parent
    specific: Page = pages[-1].specific
    return specific


class StandardPage(BasePage):
    """A page of text: accessibility statement, privacy notice, contact, staying safe."""

    body = StreamField(BodyBlock(), blank=True)
    show_support = models.BooleanField(
        "list the organisations that help",
        default=False,
        help_text="For the page about staying safe.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("show_support")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    template = "publishing/standard.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say, where the page is one form of a document's version, which version that is."""
        from folkmoot.publishing.presenters import documents

        standing = documents.standing(self, now())
        if (seconds := standing.get("seconds_unchanged")) is not None:
            request.seconds_unchanged = seconds  # type: ignore[attr-defined]
        return super().get_context(request, *args, **kwargs) | {"standing": standing}
