"""Forms on paper: batches, what is typed, and the responses that they become."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.clock import local
from folkmoot.publishing.files.kinds import RefusedFileError
from folkmoot.publishing.purging import count_changed
from folkmoot.responses import access
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_references, version_of
from folkmoot.responses.acts.senders import keep_monitoring, publication_of, respondent_fields
from folkmoot.responses.acts.sent_files import safe_name
from folkmoot.responses.files import extension_of
from folkmoot.responses.keying.comparing import compared_lines, differences
from folkmoot.responses.keying.typed import Typed, clean_typed, read_typed
from folkmoot.responses.models import (
    Answer,
    Batch,
    Channel,
    Keying,
    PaperForm,
    PaperMark,
    Response,
    SentFile,
    Standing,
    Survey,
)
from folkmoot.responses.questions import QUOTE, SurveyForm, survey_form

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from folkmoot.accounts.models import User

SCAN = "paper-form"
SCANS = ("pdf", "jpg", "png")
SCAN_MEGABYTES = 20
# As long as an undo may be wanted; the response has all that was typed.
TYPED_KEPT = timedelta(days=1)
NOON = time(12)


class KeyingRefusedError(ValueError):
    """Something cannot be done with a form on paper; the sentence says why and what to do."""


def open_batch(
    survey: Survey, name: str, received_on: date, at: datetime, by: User, *, is_double: bool = False
) -> Batch:
    """Begin a batch of forms that were received on one day, and return it.

    Raises KeyingRefusedError for a day to come, and for one before the consultation opened.
    """
    _allow(access.may_open_batch(by), "open a batch of paper forms")
    if not name.strip():
        raise KeyingRefusedError("Give the batch a name that tells it apart, such as “Box 3”.")
    if received_on > local(at).date():
        raise KeyingRefusedError("The forms cannot have been received on a day to come.")
    if received_on < local(survey.consultation.opens_at).date():
        raise KeyingRefusedError(
            "The consultation had not opened on that day: write the day on which the forms came."
        )
    with transaction.atomic():
        batch = Batch.objects.create(
            survey=survey,
            name=name.strip()[:120],
            received_on=received_on,
            is_double=is_double,
            begun_at=at,
            begun_by=by,
        )
        record("paper batch opened", batch, at, by=by, after={"double": is_double})
    return batch


def keep_typed(
    batch: Batch, key: str, typed: Mapping[str, str], at: datetime, by: User, *, turn: int = 1
) -> Keying:
    """Keep what was typed so far under the key of the page it is typed on; return it.

    The first time, a first turn takes the next number of its batch, and a second turn the first
    form that somebody else has keyed. Raises KeyingRefusedError where there is none, and where
    the form became a response meanwhile.
    """
    _allow(access.may_key(by), "key paper forms")
    form = survey_form(batch.survey)
    with transaction.atomic():
        # Locked, so that two people who begin at once get two numbers.
        Batch.objects.select_for_update().get(pk=batch.pk)
        keying = Keying.objects.filter(key=key).select_related("form").first()
        if keying is None:
            paper = _next_form(batch) if turn == 1 else _form_to_repeat(batch, by)
            keying = Keying(form=paper, turn=turn, key=key, by=by, begun_at=at)
        _check_own(keying, batch, by)
        keying.typed, keying.changed_at = clean_typed(form, typed), at
        keying.save()
    return keying


def finish_keying(keying: Keying, at: datetime, by: User) -> Response | None:
    """End the typing of a form: of a batch keyed once it becomes a response, which is returned.

    Of one keyed twice it does so once both have typed the same; where they differ it waits to be
    settled, and None is returned. Sent twice, it becomes one response.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=keying.form.batch_id)
        keying = Keying.objects.select_related("form").get(pk=keying.pk)
        _allow(access.may_key(by) and keying.by_id == by.pk, "finish what somebody else types")
        if keying.form.response_id:
            return keying.form.response
        if not keying.typed:
            raise KeyingRefusedError(
                "Nothing is typed yet: type what stands on the form, or ? where it cannot be read."
            )
        if keying.finished_at is None:
            keying.finished_at = at
            keying.save(update_fields=["finished_at"])
        form = survey_form(batch.survey)
        if not batch.is_double:
            return _become_response(keying.form, form, keying.typed, at, by)
        both = list(keying.form.keyings.filter(finished_at__isnull=False))
        if len(both) < 2:
            return None
        first, second = (each.typed for each in both)
        differing = [each.line.name for each in differences(form, first, second)]
        keying.form.compared = len(compared_lines(form, first, second))
        keying.form.differing = differing
        keying.form.save(update_fields=["compared", "differing"])
        return None if differing else _become_response(keying.form, form, first, at, by)


def settle_form(paper: PaperForm, settled: Mapping[str, str], at: datetime, by: User) -> Response:
    """Record a form of which two people typed different things, as a third look at it says.

    `settled` has what is right in each line that differs; the others stand as both typed them.
    """
    _allow(access.may_settle(by), "settle what two people typed differently")
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=paper.batch_id)
        paper = PaperForm.objects.get(pk=paper.pk)
        if paper.response is not None:
            return paper.response
        both = list(paper.keyings.filter(finished_at__isnull=False))
        if len(both) < 2:
            raise KeyingRefusedError("This form was not keyed twice yet: key it again first.")
        form = survey_form(batch.survey)
        typed = dict(both[0].typed)
        for each in differences(form, both[0].typed, both[1].typed):
            name = each.line.name
            typed[name] = settled.get(name, "")
        return _become_response(paper, form, clean_typed(form, typed), at, by)


def undo_last(batch: Batch, at: datetime, by: User) -> PaperForm | None:
    """Take the form that somebody recorded last out of the register, to be typed again.

    What was typed is there as it was. Returns None where there is none of the last day. Raises
    KeyingRefusedError where others have worked on the response since.
    """
    _allow(access.may_key(by), "undo a paper form")
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


def attach_scan(response: Response, upload: UploadedFile, at: datetime, by: User) -> SentFile:
    """Keep the scan of a form, or the e-mail it came in as PDF, with its response.

    Raises KeyingRefusedError for a file that is no PDF, JPEG or PNG, or is too large. The same
    file is kept once.
    """
    _allow(access.may_key(by), "attach a scan to a response")
    name = safe_name(upload.name or "")
    try:
        extension = extension_of(cast("BinaryIO", upload), name, SCANS, SCAN_MEGABYTES)
    except RefusedFileError as error:
        raise KeyingRefusedError(str(error)) from error
    upload.seek(0)
    digest = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    with transaction.atomic():
        if found := SentFile.objects.filter(response=response, sha256=digest).first():
            return found
        sent = SentFile(
            response=response,
            question=SCAN,
            name=name,
            extension=extension,
            bytes=upload.size or 0,
            sha256=digest,
            came_at=at,
        )
        # What its sender called it may say who they are: it is no part of an address.
        sent.file.save(f"{digest[:16]}.{extension}", File(upload), save=False)
        sent.save()
        record("scan attached", response, at, by=by, after={"file": name, "sha256": digest})
    return sent


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


def _next_form(batch: Batch) -> PaperForm:
    last = batch.forms.aggregate(last=Max("number"))["last"] or 0
    return PaperForm.objects.create(batch=batch, number=last + 1)


def _form_to_repeat(batch: Batch, by: User) -> PaperForm:
    waiting = form_to_repeat(batch, by)
    if waiting is None:
        raise KeyingRefusedError(
            "No form of this batch waits to be keyed again by you: others are to be keyed first."
        )
    return waiting


def form_to_repeat(batch: Batch, by: User) -> PaperForm | None:
    """Return the first form that somebody else has keyed, and nobody a second time."""
    if not batch.is_double:
        return None
    return (
        batch.forms.filter(
            response__isnull=True, keyings__turn=1, keyings__finished_at__isnull=False
        )
        .exclude(keyings__turn=2)
        .exclude(keyings__by=by)
        .order_by("number")
        .first()
    )


def _check_own(keying: Keying, batch: Batch, by: User) -> None:
    if keying.form.batch_id != batch.pk or keying.by_id != by.pk:
        raise KeyingRefusedError("This form is typed by somebody else: begin the next one.")
    if keying.form.response_id:
        raise KeyingRefusedError(
            f"Form {keying.form.number} is recorded already: undo it to change it."
        )
    if keying.finished_at is not None:
        raise KeyingRefusedError(
            f"Form {keying.form.number} is finished, and waits for the second keying."
        )


def _become_response(
    paper: PaperForm, form: SurveyForm, typed: Mapping[str, str], at: datetime, by: User
) -> Response:
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


def _worked_on(reference: str) -> KeyingRefusedError:
    return KeyingRefusedError(
        f"{reference} has been worked on since it was keyed: withdraw it in the register, and key "
        "the form anew."
    )


def _allow(is_allowed: bool, what: str) -> None:
    if not is_allowed:
        raise KeyingRefusedError(f"You may not {what}: ask who gives permissions.")
