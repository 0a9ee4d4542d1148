"""What every part of the loading shares: the pages made so far, and how one is added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from wagtail.models import Page

from folkmoot.accounts.models import User
from folkmoot.demo.pack import Pack, Paragraphs, rich
from folkmoot.publishing.clock import instant

AnyPage = TypeVar("AnyPage", bound=Page)


@dataclass(slots=True)
class Building:
    """A site under construction, as it stood at `at`."""

    pack: Pack
    at: datetime
    staff: User
    analyst: User
    pages: dict[str, Page] = field(default_factory=dict)

    @property
    def outcome_is_out(self) -> bool:
        """Whether the answer to the consultation was published by then."""
        return self.at >= instant(self.pack.consultation["outcome_at"])

    def add(self, key: str, parent: Page, page: AnyPage) -> AnyPage:
        """Add a page under a parent; texts link to it as `page:key`."""
        page.live = True
        page.first_published_at = page.last_published_at = self.at
        page.owner = self.staff
        parent.add_child(instance=page)
        self.pages[key] = page
        return page

    def rich(self, paragraphs: Paragraphs) -> str:
        """Return paragraphs as rich text, with links to the pages added so far."""
        return rich(paragraphs, {key: page.pk for key, page in self.pages.items()})

    def body(self, blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
        """Return headings and texts of the pack as the blocks of a page's body."""
        made: list[tuple[str, Any]] = []
        for block in blocks:
            ((kind, content),) = block.items()
            made.append((kind, self.rich(content) if kind == "text" else content))
        return made

    def publish_all(self) -> None:
        """Save every page with its first revision, so that editors begin from one."""
        for page in self.pages.values():
            page.save()
            revision = page.save_revision(user=self.staff, changed=False, log_action=False)
            type(page).objects.filter(pk=page.pk).update(
                live_revision=revision, last_published_at=self.at
            )
