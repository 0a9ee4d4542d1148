"""Every write to a plan outside the page editor: checked, in a transaction, on the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.forms.models import model_to_dict

from folkmoot.accounts.audit import record
from folkmoot.plans import access
from folkmoot.plans.contents import parts_of
from folkmoot.plans.models import Plan, PlanVersion, ProgressUpdate
from folkmoot.plans.models.versions import fingerprint, frozen
from folkmoot.plans.querysets import written_sections_of
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from django.db.models import Model

    from folkmoot.accounts.models import User
    from folkmoot.core.comparison import Part
    from folkmoot.plans.models import Commitment, Milestone
    from folkmoot.plans.models.versions import VersionKind

Record = TypeVar("Record", bound="Model")


class ProgressError(ValueError):
    """What was reported cannot be so; the message says what, and what to do."""


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
            title=f"{kind.label} of {_day(on)}",
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


def complete_milestone(milestone: Milestone, on: date, at: datetime, by: User) -> Milestone:
    """Say that a milestone was completed on a day, and return it.

    Raises PermissionDenied for somebody who may not change commitments, and ProgressError for a
    day still to come or a milestone that is completed already.
    """
    if not access.may_edit_commitments(by):
        raise PermissionDenied(f"{by} may not change commitments: ask for the permission.")
    if milestone.completed is not None:
        raise ProgressError(
            f"“{milestone.title}” was completed on {_day(milestone.completed)} already: "
            "change the day in the commitment if it is wrong."
        )
    _check_past(on, at)
    before = told(milestone)
    with transaction.atomic():
        milestone.completed = on
        milestone.save(update_fields=["completed"])
        was, became = changed(before, told(milestone))
        record("milestone completed", milestone, at, by=by, before=was, after=became)
    return milestone


def report_progress(
    commitment: Commitment, text: str, on: date, at: datetime, by: User
) -> ProgressUpdate:
    """Add what is reported of a commitment on a day, and return it.

    Raises PermissionDenied for somebody who may not report, and ProgressError for an empty text
    or a day still to come.
    """
    if not access.may_report_progress(by):
        raise PermissionDenied(f"{by} may not report progress: ask for the permission.")
    if not text.strip():
        raise ProgressError(f"Write what came of “{commitment.title}”: the text is empty.")
    _check_past(on, at)

    def save() -> ProgressUpdate:
        return ProgressUpdate.objects.create(commitment=commitment, on=on, text=text)

    return keep(save, at, by)


def keep(
    save: Callable[[], Record], at: datetime, by: User | None, before: dict[str, Any] | None = None
) -> Record:
    """Save a checked record with its line in the audit record, and return it.

    `before` is what `told` gave of it before the change; None for a new record. A change that
    changes nothing is not recorded.
    """
    with transaction.atomic():
        kept = save()
        after = told(kept)
        name = kept._meta.verbose_name
        if before is None:
            record(f"{name} added", kept, at, by=by, after=after)
        elif before != after:
            was, became = changed(before, after)
            record(f"{name} changed", kept, at, by=by, before=was, after=became)
    return kept


def remove(kept: Model, at: datetime, by: User | None) -> None:
    """Delete a record; what it said stays in the audit record."""
    with transaction.atomic():
        record(f"{kept._meta.verbose_name} removed", kept, at, by=by, before=told(kept))
        kept.delete()


def told(kept: Model) -> dict[str, Any]:
    """Return what a record says, its children too, as the audit record keeps it."""
    if hasattr(kept, "serializable_data"):
        fields = kept.serializable_data()
        for many in kept._meta.many_to_many:
            fields[many.name] = sorted(getattr(kept, many.name).values_list("pk", flat=True))
    else:
        fields = model_to_dict(kept) | {"pk": kept.pk}
    told: dict[str, Any] = json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
    return told


def changed(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was and what became of the fields that differ."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _check_past(on: date, at: datetime) -> None:
    if on > local(at).date():
        raise ProgressError(f"{_day(on)} is still to come: write the day on which it happened.")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
