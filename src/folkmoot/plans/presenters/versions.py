"""What the pages of kept versions print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from folkmoot.core.comparison import compare_part
from folkmoot.plans import contents, querysets
from folkmoot.plans.models import PlanVersion
from folkmoot.plans.presenters.words import compare_url, version_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from folkmoot.core.comparison import Part
    from folkmoot.plans.models import Plan

TONES = {PlanVersion.Kind.DRAFT: "draft", PlanVersion.Kind.FINAL: "strong"}


def since_draft(plan: Plan, part: Part, at: datetime) -> dict[str, str] | None:
    """Return whether a section changed since the draft, and where to see how.

    None without a kept draft, and for a section that is unchanged while the draft is still the
    latest version: there is nothing to tell yet.
    """
    draft = querysets.draft_of(plan, at)
    if draft is None:
        return None
    was = next((each for each in draft.parts if each.key == part.key), None)
    compared = compare_part(was, part)
    name = f"the {draft.name}"
    if was is None:
        sentence = f"This section is new since {name}."
    elif not compared.is_as_before:
        sentence = f"This section changed after {name}."
    elif plan.stage == plan.Stage.PUBLISHED:
        sentence = f"This section stands as it was in {name}."
    else:
        return None
    changed = not compared.is_as_before
    return {
        "sentence": sentence,
        "url": compare_url(plan, draft.slug, "now", part.slug) if changed else "",
    }


def versions_page(plan: Plan, at: datetime) -> dict[str, Any]:
    """Return what the list of versions prints, the latest first."""
    kept = querysets.versions_of(plan, at)
    lines = [
        {
            **version_tag(version),
            "title": version.title,
            "note": version.note,
            "url": version_url(plan, version),
            "is_latest": version is kept[-1],
            "sha256": version.sha256,
            "compare_today": compare_url(plan, version.slug, "now"),
            "compare_before": compare_url(plan, before.slug, version.slug) if before else "",
            "before": before.name if before else "",
        }
        for before, version in zip([None, *kept], kept, strict=False)
    ]
    return {"versions": lines[::-1]}


def version_tag(version: PlanVersion) -> dict[str, str]:
    """Return the word and the tone of the tag that says the kind of a version."""
    kind = PlanVersion.Kind(version.kind)
    return {"kind": kind.label, "tone": TONES.get(kind, "brand")}


def version_page(plan: Plan, slug: str, at: datetime) -> dict[str, Any]:
    """Return what the page of a version prints. Raises Http404 for one the plan has not."""
    version = version_of(plan, slug, at)
    later = [each for each in querysets.versions_of(plan, at) if _order(each) > _order(version)]
    today = {str(section.pk): section for section in querysets.sections_of(plan)}
    parts = printed_parts(version.parts)
    for part, kept in zip(parts, version.parts, strict=True):
        section = today.get(kept.key)
        if kept.key == contents.FOREWORD:
            part["today"] = f"{plan.url}#foreword" if plan.foreword else ""
        else:
            part["today"] = section.url if section else ""
    return {
        "version": version,
        **version_tag(version),
        "entries": [part for part in parts if part["number"]],
        "parts": parts,
        "later": [{"name": each.name, "url": version_url(plan, each)} for each in later[-1:]],
        "compare_url": compare_url(plan, version.slug, "now"),
    }


def printed_parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Return sections as they stand together on one page, their headings one level down."""
    return [
        {
            "number": part.number,
            "title": part.title,
            "slug": part.slug,
            "text": contents.anchored(contents.lowered(part.html), f"{part.slug}-")[0],
        }
        for part in parts
    ]


def version_of(plan: Plan, slug: str, at: datetime) -> PlanVersion:
    """Return a version kept by then. Raises Http404 with a sentence for none."""
    # Asked for by visitors, so not by the database: PostgreSQL refuses some characters.
    found = next((each for each in querysets.versions_of(plan, at) if each.slug == slug), None)
    if found is None:
        raise Http404(f"This plan has no version “{slug}”.")
    return found


def _order(version: PlanVersion) -> tuple[datetime, int]:
    return version.kept_at, version.pk
