"""What the page that compares two versions of a plan prints."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from folkmoot.core.comparison import (
    Change,
    ComparedPart,
    Edit,
    Part,
    Row,
    compare_parts,
    is_stop,
    joined,
)
from folkmoot.plans import contents, querysets
from folkmoot.plans.presenters.versions import version_of
from folkmoot.plans.presenters.words import compare_url, counted, version_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from folkmoot.plans.models import Plan

NOW = "now"
TODAY = "The plan today"
# A page stays under 300 KB; sections past this many characters get a page of their own.
MOST_CHARACTERS = 180_000
TONES = {Change.ADDED: "brand", Change.REMOVED: "draft", Change.REWORDED: "strong"}
WORDS = {
    Change.ADDED: "New section",
    Change.REMOVED: "Section taken out",
    Change.REWORDED: "Changed",
    Change.KEPT: "Same words",
}
PASSAGES = {Change.ADDED: "added", Change.REMOVED: "taken out", Change.REWORDED: "reworded"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions that are compared; `name` is its title inside a sentence."""

    slug: str
    title: str
    name: str
    parts: Sequence[Part]
    url: str

    def url_of(self, part: Part) -> str:
        """Return where a section can be read in this version."""
        if self.slug != NOW or part.key == contents.FOREWORD:
            return f"{self.url}#{part.slug}"
        return f"{self.url}{part.slug}/"


def compare_page(plan: Plan, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Return what the comparison that was asked for prints; by default the first version and now.

    Raises Http404, with a sentence, for a version or a section that there is not.
    """
    versions = querysets.versions_of(plan, at)
    if not versions:
        return {"problem": "No version of this plan is kept yet, so there is nothing to compare."}
    was, now = asked.get("from") or versions[0].slug, asked.get("to") or NOW
    shown = {
        "choices": [{"slug": each.slug, "title": each.title} for each in versions]
        + [{"slug": NOW, "title": TODAY}],
        "was": was,
        "now": now,
    }
    if was == now:
        name = TODAY if was == NOW else version_of(plan, was, at).title
        return shown | {"problem": f"Both sides are “{name}”: choose two different versions."}
    before, after = _side(plan, was, at), _side(plan, now, at)
    compared = compare_parts(before.parts, after.parts)
    alone = asked.get("section", "")
    if alone:
        compared = tuple(each for each in compared if each.current.slug == alone)
        if not compared:
            raise Http404(f"Neither version of this plan has a section “{alone}”.")
    return shown | {
        "before": before,
        "after": after,
        "alone": compared[0].current if alone else None,
        "all_url": compare_url(plan, was, now),
        "sentences": summary(compared),
        "parts": _presented(plan, compared, before, after, is_alone=bool(alone)),
        "same": [
            {
                "number": each.current.number,
                "title": each.current.title,
                "url": after.url_of(each.new),
            }
            for each in compared
            if each.is_as_before and each.new is not None
        ],
    }


def _side(plan: Plan, slug: str, at: datetime) -> Side:
    if slug == NOW:
        parts = contents.parts_of(plan, querysets.written_sections_of(plan))
        return Side(NOW, TODAY, "plan today", parts, plan.url)
    version = version_of(plan, slug, at)
    return Side(slug, version.title, version.name, version.parts, version_url(plan, version))


def summary(compared: Sequence[ComparedPart]) -> list[str]:
    """Return in sentences how much of a plan changed.

    "6 of 8 sections and the foreword changed: 14 passages added, 3 taken out.", then what became
    of whole sections.
    """
    sections = [each for each in compared if each.current.key != contents.FOREWORD]
    changed = [each for each in compared if each.change is not Change.KEPT]
    number = sum(each.current.key != contents.FOREWORD for each in changed)
    subjects = [f"{number} of {counted(len(sections), 'section')}"] if number else []
    subjects += ["the foreword"] if number < len(changed) else []
    fates = [
        _fate(sections, lambda each: each.change is Change.ADDED, "is new", "are new"),
        _fate(
            sections, lambda each: each.change is Change.REMOVED, "was taken out", "were taken out"
        ),
        _fate(
            sections, lambda each: each.is_renumbered, "has another number", "have other numbers"
        ),
        _fate(sections, lambda each: each.is_renamed, "has another title", "have other titles"),
    ]
    told = [f"{_capital(' and '.join(subjects))} changed: {passages(changed)}."] if changed else []
    return told + [f"{fate}." for fate in fates if fate]


def _fate(sections: Iterable[ComparedPart], is_so: Any, one: str, more: str) -> str:
    number = sum(map(is_so, sections))
    return f"{counted(number, 'section')} {one if number == 1 else more}" if number else ""


def passages(compared: Sequence[ComparedPart]) -> str:
    """Return what became of passages: "2 passages added, 1 taken out, 1 reworded"."""
    numbers = {
        word: sum(each.passages(change) for each in compared) for change, word in PASSAGES.items()
    }
    told = [f"{number:,} {word}" for word, number in numbers.items() if number]
    if not told:
        return ""
    first, _, rest = told[0].partition(" ")
    return ", ".join([f"{first} passage{'' if first == '1' else 's'} {rest}", *told[1:]])


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _presented(
    plan: Plan, compared: Iterable[ComparedPart], before: Side, after: Side, *, is_alone: bool
) -> list[dict[str, Any]]:
    """Return the sections that differ; those past what a page may hold come without their text."""
    presented = []
    written = 0
    for part in compared:
        if part.is_as_before:
            continue
        blocks = _blocks(part.rows)
        written += sum(block["size"] for block in blocks)
        is_shown = is_alone or written <= MOST_CHARACTERS
        current = part.current
        presented.append(
            {
                "anchor": current.slug,
                "number": current.number,
                "title": current.title,
                "word": WORDS[part.change],
                "tone": TONES.get(part.change, ""),
                "notes": _notes(part),
                "counts": passages([part]),
                "was_url": before.url_of(part.old) if part.old else "",
                "now_url": after.url_of(part.new) if part.new else "",
                "is_one_sided": part.change in (Change.ADDED, Change.REMOVED),
                "blocks": blocks if is_shown else [],
                "alone_url": ""
                if is_shown
                else f"{compare_url(plan, before.slug, after.slug)}&section={current.slug}",
            }
        )
    return presented


def _notes(part: ComparedPart) -> list[str]:
    notes = []
    if part.old and part.is_renumbered:
        notes.append(f"It was section {part.old.number} before.")
    if part.old and part.is_renamed:
        notes.append(f"Its title was “{part.old.title}” before.")
    return notes


def _blocks(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return changed passages side by side, and runs of unchanged ones to fold away."""
    blocks: list[dict[str, Any]] = []
    for is_kept, run in groupby(rows, key=lambda row: row.change is Change.KEPT):
        if is_kept:
            kept = [{"kind": row.new.kind, "text": joined(row.new.words)} for row in run if row.new]
            size = sum(len(each["text"]) for each in kept)
            blocks.append(
                {"kept": kept, "title": f"{counted(len(kept), 'passage')} unchanged", "size": size}
            )
            continue
        for row in run:
            old, new = _marked(row, Change.REMOVED), _marked(row, Change.ADDED)
            blocks.append(
                {
                    "change": row.change.value,
                    "class": row.change.name.lower(),
                    "old": old,
                    "new": new,
                    "old_kind": row.old.kind if row.old else "",
                    "new_kind": row.new.kind if row.new else "",
                    "size": len(old) + len(new),
                }
            )
    return blocks


def _marked(row: Row, shown: Change) -> SafeString:
    """Return one side of a row: the words removed (or added) marked, those of the other left out.

    What is marked is said in words too, for somebody who does not see the mark; a passage that is
    new or gone as a whole has the word for it before it.
    """
    if (row.old if shown is Change.REMOVED else row.new) is None:
        return mark_safe("")
    is_whole = row.change is not Change.REWORDED
    edits = [edit for edit in row.edits if edit.change in (Change.KEPT, shown) and edit.words]
    spaced = (f"{'' if is_stop(edit.words[0]) else ' '}{_run(edit, is_whole)}" for edit in edits)
    return mark_safe("".join(spaced).strip())


def _run(edit: Edit, is_whole: bool) -> str:
    words = joined(edit.words)
    if edit.change is Change.KEPT:
        return escape(words)
    tag = "ins" if edit.change is Change.ADDED else "del"
    if is_whole:
        return format_html("<{0}>{1}</{0}>", mark_safe(tag), words)
    return format_html(
        '<{0}><span class="visually-hidden">({1}: </span>{2}'
        '<span class="visually-hidden">)</span></{0}>',
        mark_safe(tag),
        edit.change.value.lower(),
        words,
    )


def version_to_keep(plan: Plan, at: datetime) -> dict[str, Any]:
    """Return what the admin shows before a version is kept: its sections, and what is new in it."""
    sections = querysets.written_sections_of(plan)
    versions = querysets.versions_of(plan, at)
    last = versions[-1] if versions else None
    new = contents.parts_of(plan, sections)
    return {
        "sections": sections,
        "unpublished": [each for each in [plan, *sections] if each.has_unpublished_changes],
        "last": last,
        "since_last": summary(compare_parts(last.parts, new)) if last else [],
    }
