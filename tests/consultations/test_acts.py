"""Moving the closing time, and vouching for lines of the checklist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from tests.consultations.roles import ANSWERED, BEFORE, CLOSED, OPEN, person
from tests.factories import CLOSES, make_consultation, make_survey
from wagtail.models import PageLogEntry, Workflow

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.acts import (
    ClosingError,
    TickError,
    move_closing,
    tick_line,
    untick_line,
    usual_promise,
)
from folkmoot.consultations.models import ChecklistTick, ClosingChange, Consultation
from folkmoot.publishing.roles import begin_roles
from folkmoot.responses.access import may_begin

pytestmark = pytest.mark.django_db

LATER = datetime(2022, 2, 28, 23, 59, tzinfo=UTC)
REASON = "Two workshops were cancelled in the storm."


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


@pytest.mark.parametrize("at", [BEFORE, OPEN, CLOSED])
def test_closing_time_moves_for_the_public_and_on_the_record(at: datetime) -> None:
    consultation, approver = make_consultation(), person("approver")
    change = move_closing(consultation, LATER, f" {REASON}\n", at, approver)
    shown = Consultation.objects.get()
    assert shown.closes_at == LATER
    assert shown.get_latest_revision_as_object().closes_at == LATER
    assert shown.live_revision == shown.latest_revision
    assert not shown.has_unpublished_changes
    assert ClosingChange.objects.get() == change
    assert (change.before, change.after, change.reason) == (CLOSES, LATER, REASON)
    assert (change.at, change.by) == (at, approver)
    kept = AuditRecord.objects.get(act="closing time moved")
    assert (kept.by, kept.at) == (approver, at)
    assert kept.before["closes_at"] == "2022-01-21T23:59:00+00:00"
    assert kept.after["closes_at"] == "2022-02-28T23:59:00+00:00"
    assert kept.after["reason"] == REASON


def test_closing_time_may_come_forward() -> None:
    sooner = datetime(2022, 1, 11, 12, tzinfo=UTC)
    move_closing(make_consultation(), sooner, REASON, OPEN, person("approver"))
    assert Consultation.objects.get().closes_at == sooner


def test_survey_follows_by_itself() -> None:
    survey = make_survey()
    move_closing(survey.consultation, LATER, REASON, OPEN, person("approver"))
    again = type(survey).objects.get()
    assert may_begin(again, LATER - timedelta(minutes=1))
    assert not may_begin(again, LATER)


def test_page_history_tells_of_the_move_and_why() -> None:
    consultation, approver = make_consultation(), person("approver")
    move_closing(consultation, LATER, REASON, OPEN, approver)
    entry = PageLogEntry.objects.get(action="folkmoot.closing")
    assert entry.message == (
        f"Closing time moved from 21 January 2022 at 23:59 to 28 February 2022 at 23:59: {REASON}"
    )
    acts = AuditRecord.objects.filter(by=approver).values_list("act", flat=True)
    assert sorted(acts) == ["closing time moved", "page published"]


def test_draft_of_other_fields_stays_a_draft_and_gets_the_new_time() -> None:
    consultation = make_consultation(background="<p>As published.</p>")
    consultation.background = "<p>Not for the public yet.</p>"
    consultation.save_revision()
    move_closing(Consultation.objects.get(), LATER, REASON, OPEN, person("approver"))
    shown = Consultation.objects.get()
    assert shown.background == "<p>As published.</p>"
    assert shown.live_revision.as_object().background == "<p>As published.</p>"
    assert shown.has_unpublished_changes
    draft = shown.get_latest_revision_as_object()
    assert (draft.background, draft.closes_at) == ("<p>Not for the public yet.</p>", LATER)
    assert shown.get_latest_revision().content["closes_at"] == "2022-02-28T23:59:00Z"


def test_page_at_hand_that_was_changed_in_memory_is_not_published() -> None:
    consultation = make_consultation(background="<p>As published.</p>")
    consultation.background = "<p>Typed, never saved.</p>"
    move_closing(consultation, LATER, REASON, OPEN, person("approver"))
    assert Consultation.objects.get().background == "<p>As published.</p>"


def test_draft_awaiting_approval_still_awaits_it_and_cannot_bring_the_old_time_back() -> None:
    consultation, approver, officer = make_consultation(), person("approver"), person("officer")
    consultation.background = "<p>To be approved.</p>"
    consultation.save_revision(user=officer)
    workflow = Workflow.objects.get(name="Approval before publication")
    workflow.start(consultation, officer)
    move_closing(Consultation.objects.get(), LATER, REASON, OPEN, approver)
    waiting = Consultation.objects.get().current_workflow_task_state
    assert waiting.revision == Consultation.objects.get().latest_revision
    waiting.task.specific.on_action(waiting, approver, "approve")
    shown = Consultation.objects.get()
    assert (shown.background, shown.closes_at) == ("<p>To be approved.</p>", LATER)


def test_scheduled_publication_stays_scheduled_and_cannot_bring_the_old_time_back() -> None:
    consultation, approver = make_consultation(), person("approver")
    consultation.save_revision().publish()
    consultation.refresh_from_db()
    # Wagtail schedules by the machine's clock.
    consultation.background = "<p>Scheduled.</p>"
    consultation.go_live_at = datetime.now(UTC) + timedelta(days=1)
    consultation.save_revision(user=approver).publish(user=approver)
    move_closing(Consultation.objects.get(), LATER, REASON, OPEN, approver)
    revision = Consultation.objects.get().scheduled_revision
    assert revision == Consultation.objects.get().latest_revision
    assert Consultation.objects.get().background != "<p>Scheduled.</p>"
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=datetime.now(UTC) - timedelta(minutes=1),
        content=revision.content | {"go_live_at": None},
    )
    call_command("publish_scheduled")
    shown = Consultation.objects.get()
    assert (shown.background, shown.closes_at) == ("<p>Scheduled.</p>", LATER)


@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
def test_no_other_publication_moves_the_times_of_one_that_has_opened(field: str) -> None:
    consultation = make_consultation()
    told = getattr(consultation, field)
    setattr(consultation, field, told + timedelta(days=1))
    consultation.save_revision().publish()
    assert getattr(Consultation.objects.get(), field) == told


def test_earlier_revision_brings_no_earlier_closing_back() -> None:
    consultation = make_consultation(background="<p>Earlier.</p>")
    earlier = consultation.save_revision()
    earlier.publish()
    move_closing(Consultation.objects.get(), LATER, REASON, OPEN, person("approver"))
    earlier.refresh_from_db()
    earlier.publish()
    shown = Consultation.objects.get()
    assert (shown.background, shown.closes_at) == ("<p>Earlier.</p>", LATER)


def test_times_of_one_that_has_not_opened_follow_its_publication(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2021-11-01"
    consultation = make_consultation()
    consultation.closes_at = LATER
    consultation.save_revision().publish()
    assert Consultation.objects.get().closes_at == LATER


def test_usual_promise_moves_with_the_closing_and_another_stays() -> None:
    assert usual_promise(CLOSES) == date(2022, 4, 15)
    usual = make_consultation(answer_promised_on=date(2022, 4, 15))
    own = make_consultation(answer_promised_on=date(2022, 3, 31))
    for consultation in (usual, own):
        move_closing(consultation, LATER, REASON, OPEN, person("approver"))
        consultation.refresh_from_db()
    assert usual.answer_promised_on == date(2022, 5, 23)
    assert own.answer_promised_on == date(2022, 3, 31)


@pytest.mark.parametrize("role", ["staff", "officer", "former approver"])
def test_others_may_not_move_it(role: str) -> None:
    consultation = make_consultation()
    with pytest.raises(PermissionDenied):
        move_closing(consultation, LATER, REASON, OPEN, person(role))
    assert Consultation.objects.get().closes_at == CLOSES
    assert not ClosingChange.objects.exists()


@pytest.mark.parametrize(
    ("closes_at", "reason", "at", "fault"),
    [
        (
            datetime(2021, 11, 16, 9, tzinfo=UTC),
            REASON,
            BEFORE,
            "opens on 16 November 2021 at 09:00",
        ),
        (datetime(2022, 1, 9, tzinfo=UTC), REASON, OPEN, "9 January 2022 at 00:00 has passed"),
        (datetime(2022, 5, 1, tzinfo=UTC), REASON, ANSWERED, "was answered on 24 March 2022"),
        (
            datetime(2022, 4, 1, tzinfo=UTC),
            REASON,
            OPEN,
            "to be published on 24 March 2022 at 09:00",
        ),
        (CLOSES, REASON, OPEN, "closes then already"),
        (LATER, " \n", OPEN, "Say why the closing time moves"),
        (LATER, "x" * 401, OPEN, "has 401 characters: write at most 400"),
    ],
)
def test_impossible_move_is_refused_and_changes_nothing(
    closes_at: datetime, reason: str, at: datetime, fault: str
) -> None:
    consultation = make_consultation()
    with pytest.raises(ClosingError, match=fault):
        move_closing(consultation, closes_at, reason, at, person("approver"))
    assert Consultation.objects.get().closes_at == CLOSES
    assert not ClosingChange.objects.exists()
    assert not AuditRecord.objects.filter(act="closing time moved").exists()


def test_closing_of_a_page_that_is_not_published_is_set_in_the_editor() -> None:
    consultation = make_consultation(live=False)
    with pytest.raises(ClosingError, match="set its closing time in the page editor"):
        move_closing(consultation, LATER, REASON, OPEN, person("approver"))


def test_tick_is_kept_with_who_gave_it_and_when() -> None:
    consultation, officer = make_consultation(statutory_plan=draft_plan()), person("officer")
    tick = tick_line(consultation, "formative", " Checked with the board. ", BEFORE, officer)
    assert (tick.by, tick.by_name, tick.at) == (officer, str(officer), BEFORE)
    assert tick.note == "Checked with the board."
    kept = AuditRecord.objects.get(act="checklist line ticked")
    assert kept.after == {"line": "formative", "note": "Checked with the board."}


def test_tick_taken_back_stays_on_the_record() -> None:
    consultation = make_consultation(statutory_plan=draft_plan())
    first, second = person("officer"), person("approver")
    tick_line(consultation, "formative", "Sure.", BEFORE, first)
    untick_line(consultation, "formative", OPEN, second)
    untick_line(consultation, "formative", OPEN, second)
    assert not ChecklistTick.objects.exists()
    kept = AuditRecord.objects.get(act="checklist tick taken back")
    assert (kept.by, kept.before["ticked_by"], kept.before["note"]) == (second, str(first), "Sure.")


def draft_plan() -> Any:
    from tests.factories import make_plan

    return make_plan(stage="consultation", published_on=None)


def test_line_found_wanting_needs_a_note() -> None:
    consultation, officer = make_consultation(), person("officer")
    with pytest.raises(TickError, match="write in the note why it is met all the same"):
        tick_line(consultation, "easy-read", " ", BEFORE, officer)
    tick_line(consultation, "easy-read", "Read aloud at each session.", BEFORE, officer)
    assert ChecklistTick.objects.get().line == "easy-read"


@pytest.mark.parametrize(
    ("line", "note", "fault"),
    [
        ("nonsense", "", "has no line “nonsense”"),
        ("privacy", "", "is seen to already"),
        ("formative", "x" * 401, "has 401 characters"),
    ],
)
def test_tick_that_means_nothing_is_refused(line: str, note: str, fault: str) -> None:
    consultation = make_consultation(
        statutory_plan=draft_plan(), how_we_use_answers="<p>For this only.</p>"
    )
    with pytest.raises(TickError, match=fault):
        tick_line(consultation, line, note, BEFORE, person("officer"))
    assert not ChecklistTick.objects.exists()


def test_line_is_ticked_once() -> None:
    consultation, officer = make_consultation(statutory_plan=draft_plan()), person("officer")
    tick_line(consultation, "formative", "", BEFORE, officer)
    with pytest.raises(TickError, match=f"was ticked by {officer} already"):
        tick_line(consultation, "formative", "", BEFORE, person("approver"))


@pytest.mark.parametrize("role", ["staff", "former approver"])
def test_others_may_not_tick(role: str) -> None:
    consultation = make_consultation(statutory_plan=draft_plan())
    with pytest.raises(PermissionDenied):
        tick_line(consultation, "formative", "", BEFORE, person(role))
    tick_line(consultation, "formative", "", BEFORE, person("officer"))
    with pytest.raises(PermissionDenied):
        untick_line(consultation, "formative", OPEN, person(role))
    assert ChecklistTick.objects.count() == 1


def test_roles_begin_once() -> None:
    begin_roles()
    begin_roles()
    assert Workflow.objects.filter(name="Approval before publication").count() == 1
