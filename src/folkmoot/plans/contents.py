"""The words of a plan: what its pages say, as they are read, kept, printed and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.rich_text import RichText, expand_db_html

from folkmoot.core.comparison import Part

if TYPE_CHECKING:
    from folkmoot.plans.models import Plan, Section

FOREWORD = "foreword"
# Ids that a section's page has anyway.
TAKEN = frozenset({"main", "commitments", "plan-contents", "section-text", "why-it-changed"})
_HEADING = re.compile(r"<h([2-5])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_HEADING_TAG = re.compile(r"(</?h)([2-5])(?=[\s>])", re.IGNORECASE)
_ID = re.compile(r'\sid="([^"]*)"')
# Stands between sections while all their links are looked up at once; no editor can write it.
_DIVIDER = "<!--folkmoot:next-->"


class Heading(NamedTuple):
    """A heading inside a section, and the id that leads to it."""

    id: str
    title: str


def parts_of(plan: Plan, sections: Iterable[Section]) -> list[Part]:
    """Return what a plan says, foreword first, then its sections in the order given.

    The links of all texts are looked up together: the number of queries is the same for any
    number of sections. (Pictures are looked up section by section.)
    """
    listed = list(sections)
    written = [plan.foreword, *(_written(section) for section in listed)]
    foreword, *texts = expand_db_html(_DIVIDER.join(written)).split(_DIVIDER)
    parts = [Part(FOREWORD, "", "Foreword", FOREWORD, foreword)] if foreword.strip() else []
    return parts + [
        Part(str(section.pk), section.number, section.title, section.slug, _summary(section) + text)
        for section, text in zip(listed, texts, strict=True)
    ]


def body_html(section: Section) -> str:
    """Return what a section says below its summary."""
    return str(expand_db_html(_written(section)))


def part_of(section: Section, body: str) -> Part:
    """Return one section as `parts_of` does, from the body it is shown with."""
    return Part(
        str(section.pk), section.number, section.title, section.slug, _summary(section) + body
    )


def _written(section: Section) -> str:
    """Return a section's body with the links of its rich texts as they are in the database."""
    return "".join(
        block.value.source if isinstance(block.value, RichText) else str(block.render())
        for block in section.body
    )


def _summary(section: Section) -> str:
    return f"<p>{escape(section.summary)}</p>" if section.summary else ""


def anchored(html: str, within: str = "") -> tuple[SafeString, list[Heading]]:
    """Return HTML whose headings all have an id, and the headings in their order.

    An id is made of the words of its heading, so that a link to it holds while the heading does;
    `within` goes before it where several sections share a page.
    """
    headings: list[Heading] = []
    used = set(TAKEN)

    def with_id(found: re.Match[str]) -> str:
        level, attributes, inner = found.groups()
        title = " ".join(strip_tags(inner).split())
        given = _ID.search(attributes)
        name = (
            given[1] if given else _free(f"{within}{slugify(title) or 'part'}", used.__contains__)
        )
        used.add(name)
        headings.append(Heading(name, title))
        kept = attributes if given else f' id="{name}"{attributes}'
        return f"<h{level}{kept}>{inner}</h{level}>"

    return mark_safe(_HEADING.sub(with_id, html)), headings


def lowered(html: str) -> str:
    """Return HTML with every heading one level down, for a page whose sections are headings."""
    return _HEADING_TAG.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html)


def _free(name: str, is_used: Callable[[str], bool]) -> str:
    found, number = name, 1
    while is_used(found):
        number += 1
        found = f"{name}-{number}"
    return found
