"""What can be followed: a page, or a part of one that has news of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from wagtail.models import Page

    from folkmoot.publishing.models import Following


@dataclass(frozen=True, slots=True)
class Followed:
    """A page, or a part of it by the last step of its address."""

    page: Page
    part: str = ""
    part_title: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.part_title or str(self.page.title)

    @property
    def url(self) -> str:
        """Its address on this site."""
        page_url = str(self.page.url or "")
        return f"{page_url}{self.part}/" if self.part else page_url

    @property
    def query(self) -> str:
        """How it is named where somebody asks to follow it."""
        said = {"page": self.page.pk, "part": self.part}
        return urlencode({name: value for name, value in said.items() if value})


def part_of(page: Page, part: str) -> Followed | None:
    """Return a part of a page that has news of its own; None where it has none of that name.

    A kind of page says which parts it has in `followed_part`, which returns the title of one.
    """
    if not part:
        return Followed(page)
    title_of: Any = getattr(page.specific, "followed_part", None)
    title = title_of(part) if title_of is not None else None
    return Followed(page, part, title) if title else None


def followed_by(following: Following) -> Followed | None:
    """Return what somebody asked to follow; None for the whole site."""
    if following.page is None:
        return None
    return Followed(following.page, following.part, following.part_title)
