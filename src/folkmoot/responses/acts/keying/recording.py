"""A typed form made a response, taken out of the register again, its typing erased in the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses import access
from folkmoot.responses.acts.keying.refusal import KeyingRefusedError, allow
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_references, version_of
from folkmoot.responses.acts.senders import keep_monitoring, publication_of, respondent_fields
from folkmoot.responses.keying.typed import Typed, read_typed
from folkmoot.responses.models import (
    Answer,
    Batch,
    Channel,
    Keying,
    PaperForm,
    PaperMark,
    Response,
    Standing,
)
from folkmoot.responses.questions import QUOTE, SurveyForm

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# As long as an undo may be wanted; the response has all that was typed.
TYPED_KEPT = timedelta(days=1)
NOON = time(12)


def become_response(
    paper: PaperForm, form: SurveyForm, typed: Mapping[str, str], at: datetime, by: User
) -> Response:
    """Record a form as the response that was typed from it, and return it."""
    survey = paper.batch.survey
    consultation, read = survey.consultation, read_typed(form, typed)
    received_at = min(
        timezone.make_aware(
            datetime.combine(paper.batch.received_on, NOON), timezone.get_default_timezone()
        ),
        at,
    )
    count_changed()
    respondent = Respondent.objects.create(
        consultation=consultation, took_part_at=received_at, **respondent_fields(read.answers)
    )
    response = Response.objects.create(
        consultation=consultation,
        survey=survey,
        version=version_of(survey, form, at),
        respondent=respondent,
        reference=new_references(1)[0],
        channel=Channel.PAPER,
        submitted_at=received_at,
        consent=survey.consent,
        may_be_quoted=read.answers.get(QUOTE) == ["yes"],
        publication=publication_of(read.answers),
    )
    asked = form.on_the_way(read.answers).questions
    rows, monitoring = answer_rows(response, asked, read.answers, delete_on(consultation, survey))
    Answer.objects.bulk_create(rows)
    keep_monitoring(response, survey, monitoring, read.answers, received_at)
    _keep_marks(response, read)
    paper.response, paper.recorded_at, paper.recorded_by = response, at, by
    paper.save(update_fields=["response", "recorded_at", "recorded_by"])
    record(
        "paper form recorded",
        response,
        at,
        by=by,
        after={"form": str(paper), "answers": len(rows), "marks": len(read.marks)},
    )
    return response


def _keep_marks(response: Response, read: Typed) -> None:
    PaperMark.objects.bulk_create(
        PaperMark(response=response, question=key, mark=mark, text=text)
        for key, (mark, text) in read.marks.items()
    )


def undo_last(batch: Batch, at: datetime, by: User) -> PaperForm | None:
    """Take the form that somebody recorded last out of the register, to be typed again.

    What was typed is there as it was. Returns None where there is none of the last day. Raises
    KeyingRefusedError where others have worked on the response since.
    """
    allow(access.may_key(by), "undo a paper form")
    with transaction.atomic():
        Batch.objects.select_for_update().get(pk=batch.pk)
        last = (
            batch.forms.filter(
                recorded_by=by, response__isnull=False, recorded_at__gt=at - TYPED_KEPT
            )
            .select_related("response__respondent")
            .order_by("-recorded_at", "-number")
            .first()
        )
        if last is None or last.response is None:
            return None
        response, respondent = last.response, last.response.respondent
        reference = response.reference
        if response.files.exists() or response.standing != Standing.STANDS:
            raise _worked_on(reference)
        last.response = last.recorded_at = last.recorded_by = None
        last.save(update_fields=["response", "recorded_at", "recorded_by"])
        last.keyings.update(finished_at=None)
        record("paper form undone", last, at, by=by, before={"reference": reference})
        try:
            response.delete()
            if respondent is not None:
                respondent.delete()
        except ProtectedError as error:
            raise _worked_on(reference) from error
        count_changed()
    return last


def _worked_on(reference: str) -> KeyingRefusedError:
    return KeyingRefusedError(
        f"{reference} has been worked on since it was keyed: withdraw it in the register, and key "
        "the form anew."
    )


def erase_typed(at: datetime) -> int:
    """Erase what was typed of forms that became responses more than a day ago; return how many.

    The responses have it; what was typed would keep equality answers beside the others.
    """
    due = Keying.objects.filter(
        form__response__isnull=False, form__recorded_at__lte=at - TYPED_KEPT
    ).exclude(typed={})
    with transaction.atomic():
        batches = Batch.objects.filter(forms__keyings__in=due).distinct()
        for batch in batches:
            erased = due.filter(form__batch=batch).count()
            record("typed copies of paper forms erased", batch, at, after={"erased": erased})
        return due.update(typed={})
