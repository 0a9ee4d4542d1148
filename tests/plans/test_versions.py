"""Versions of a plan: kept from the live pages, refused with a sentence, never rewritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError
from tests.factories import make_plan, make_section, make_user

from folkmoot.accounts.models import AuditRecord
from folkmoot.plans.acts import VersionError, keep_version
from folkmoot.plans.models import Plan, PlanVersion, Section
from folkmoot.plans.models.versions import fingerprint

pytestmark = pytest.mark.django_db

DRAFT, FINAL, CORRECTION = (
    PlanVersion.Kind.DRAFT,
    PlanVersion.Kind.FINAL,
    PlanVersion.Kind.CORRECTION,
)
# Half past midnight in London, on the day after the day in UTC.
AT = datetime(2022, 6, 1, 23, 30, tzinfo=UTC)


def written_plan() -> Plan:
    plan = make_plan(foreword="<p>What we will do.</p>")
    make_section(plan, number="1.10", title="Later", body=[("text", "<p>Then this.</p>")])
    make_section(plan, number="1.9", title="First", body=[("text", "<p>First that.</p>")])
    return plan


def keep(plan: Plan, kind: PlanVersion.Kind = DRAFT, days: int = 0, note: str = "") -> PlanVersion:
    return keep_version(plan, kind, AT + timedelta(days=days), make_user(is_superuser=True), note)


def reword(plan: Plan, text: str = "<p>Another word.</p>") -> Section:
    section = Section.objects.child_of(plan).order_by("path").first()
    section.body = [("text", text)]
    section.save()
    return section


def test_version_holds_the_words_of_the_live_pages_in_order() -> None:
    plan = written_plan()
    section = Section.objects.child_of(plan).first()
    section.body = [("text", "<p>A draft that nobody has published.</p>")]
    section.save_revision()
    version = keep(plan, note=" As consulted on. ")
    version.refresh_from_db()
    assert [(part.number, part.title, part.html) for part in version.parts] == [
        ("", "Foreword", "<p>What we will do.</p>"),
        ("1.9", "First", "<p>First that.</p>"),
        ("1.10", "Later", "<p>Then this.</p>"),
    ]
    assert (version.title, version.slug) == ("Draft of 2 June 2022", "draft-2022-06-02")
    assert (version.published_on, version.note) == (date(2022, 6, 2), "As consulted on.")


def test_kept_version_is_on_the_record() -> None:
    version = keep(written_plan())
    kept = AuditRecord.objects.get(act="version of a plan kept")
    assert (kept.record_name, kept.at, kept.before) == (version.title, AT, None)
    assert kept.after["sha256"] == version.sha256


def test_fingerprint_is_of_the_words() -> None:
    version = keep(written_plan())
    version.refresh_from_db()
    assert version.is_as_kept
    version.contents[0]["html"] = "<p>What they said we would do.</p>"
    assert not version.is_as_kept
    turned = [dict(reversed(part.items())) for part in version.contents]
    assert fingerprint(turned) == fingerprint(version.contents)


def test_database_refuses_to_rewrite_a_version() -> None:
    version = keep(written_plan())
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(note="Never said.")
    version.title = "Another"
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        version.save()
    assert PlanVersion.objects.get().title == "Draft of 2 June 2022"


def test_plan_with_a_version_is_not_deleted() -> None:
    plan = written_plan()
    keep(plan)
    with pytest.raises(ProtectedError):
        Plan.objects.get(pk=plan.pk).delete()
    assert PlanVersion.objects.exists()


def test_database_refuses_a_correction_that_does_not_say_what_it_changed() -> None:
    version = keep(written_plan())
    fields = {"plan": version.plan, "slug": "c", "title": "C", "contents": [], "sha256": "0" * 64}
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(kind=CORRECTION, published_on=AT.date(), kept_at=AT, **fields)


@pytest.mark.parametrize("permissions", [(), ("plans.change_commitment", "plans.add_planversion")])
def test_only_who_may_publish_the_plan_keeps_a_version(permissions: tuple[str, ...]) -> None:
    with pytest.raises(PermissionDenied):
        keep_version(written_plan(), DRAFT, AT, make_user(*permissions))
    assert not PlanVersion.objects.exists()


def test_the_same_words_are_not_kept_twice() -> None:
    plan = written_plan()
    keep(plan)
    with pytest.raises(VersionError, match="Nothing has changed since “Draft of 2 June 2022”"):
        keep(plan, days=1)
    assert PlanVersion.objects.count() == 1


def test_a_draft_adopted_word_for_word_is_the_final_version() -> None:
    plan = written_plan()
    draft, final = keep(plan), keep(plan, FINAL, days=1)
    assert draft.sha256 == final.sha256


def test_two_versions_of_one_day_have_two_addresses() -> None:
    plan = written_plan()
    keep(plan)
    reword(plan)
    assert keep(plan).slug == "draft-2022-06-02-2"


@pytest.mark.parametrize("kind", [DRAFT, FINAL])
def test_after_the_final_version_only_corrections_follow(kind: PlanVersion.Kind) -> None:
    plan = written_plan()
    keep(plan, FINAL)
    reword(plan)
    with pytest.raises(VersionError, match="is kept already: keep what changed"):
        keep(plan, kind, days=1)
    assert keep(plan, CORRECTION, days=1, note="A wrong number.").kind == CORRECTION


def test_correction_needs_a_final_version_and_a_note() -> None:
    plan = written_plan()
    with pytest.raises(VersionError, match="no final version to correct"):
        keep(plan, CORRECTION, note="A wrong number.")
    keep(plan, FINAL)
    reword(plan)
    with pytest.raises(VersionError, match="Write in one or two sentences"):
        keep(plan, CORRECTION, days=1, note="  ")


def test_plan_without_a_published_section_has_nothing_to_keep() -> None:
    with pytest.raises(VersionError, match="has no published section"):
        keep(make_plan(foreword="<p>Alone.</p>"))


def test_two_sections_with_one_number_are_mended_first() -> None:
    plan = written_plan()
    # As a move in the page tree leaves them, which checks no fields.
    Section.objects.child_of(plan).update(number="1.9")
    with pytest.raises(VersionError, match="both have the number"):
        keep(plan)
