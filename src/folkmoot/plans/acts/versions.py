"""Keep what a plan says, for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.core.days import day_in_words
from folkmoot.plans import access
from folkmoot.plans.contents import parts_of
from folkmoot.plans.models import Plan, PlanVersion
from folkmoot.plans.models.versions import fingerprint, frozen
from folkmoot.plans.querysets import written_sections_of
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.core.comparison import Part
    from folkmoot.plans.models.versions import VersionKind


class VersionError(ValueError):
    """A version cannot be kept; the message says why, and what to do."""


def keep_version(
    plan: Plan, kind: VersionKind, at: datetime, by: User, note: str = ""
) -> PlanVersion:
    """Keep what the live pages of a plan say, for good, and return the version.

    `note` says what changed; a correction needs one. Raises PermissionDenied for somebody who may
    not publish the plan, and VersionError where there is nothing to keep: no published section,
    two sections with one number, or the words of the last version. A draft that is adopted word
    for word is a final version all the same.
    """
    if not access.may_publish_plan(by, plan):
        raise PermissionDenied(f"{by} may not publish “{plan.title}”: ask for the permission.")
    with transaction.atomic():
        # One at a time: what was kept last must not change while this is decided.
        Plan.objects.select_for_update().get(pk=plan.pk)
        contents = frozen(_parts_to_keep(plan))
        sha256 = fingerprint(contents)
        kept = list(plan.versions.defer("contents").order_by("kept_at", "id"))
        note = note.strip()
        _check_kind(kind, kept, sha256, note)
        on = local(at).date()
        version = PlanVersion.objects.create(
            plan=plan,
            kind=kind,
            slug=_free_slug(f"{kind}-{on:%Y-%m-%d}", {each.slug for each in kept}),
            title=f"{kind.label} of {day_in_words(on)}",
            published_on=on,
            kept_at=at,
            note=note,
            contents=contents,
            sha256=sha256,
        )
        told = {"kind": kind.value, "slug": version.slug, "note": note, "sha256": sha256}
        record("version of a plan kept", version, at, by=by, after=told)
    return version


def _parts_to_keep(plan: Plan) -> list[Part]:
    sections = written_sections_of(plan)
    if not plan.live or not sections:
        raise VersionError(
            f"“{plan.title}” has no published section, so there is nothing to keep: publish the "
            "plan and its sections first."
        )
    for one, next_one in pairwise(sections):
        if one.number == next_one.number:
            raise VersionError(
                f"“{one.title}” and “{next_one.title}” both have the number {one.number}: "
                "renumber one of them and publish it first."
            )
    return parts_of(plan, sections)


def _check_kind(kind: VersionKind, kept: Sequence[PlanVersion], sha256: str, note: str) -> None:
    """Refuse a kind that cannot follow what is kept already."""
    kinds = PlanVersion.Kind
    final = next((each for each in kept if each.kind == kinds.FINAL), None)
    if kind is not kinds.CORRECTION and final is not None:
        raise VersionError(
            f"“{final.title}” is kept already: keep what changed since then as a correction."
        )
    if kind is kinds.CORRECTION and final is None:
        raise VersionError("There is no final version to correct yet: keep a draft or the final.")
    if kind is kinds.CORRECTION and not note:
        raise VersionError("Write in one or two sentences what the correction changed.")
    is_adopted = kind is kinds.FINAL
    if kept and kept[-1].sha256 == sha256 and not is_adopted:
        raise VersionError(
            f"Nothing has changed since “{kept[-1].title}”: publish the changed pages first."
        )


def _free_slug(slug: str, used: Collection[str]) -> str:
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(each for each in chain([slug], numbered) if each not in used)
