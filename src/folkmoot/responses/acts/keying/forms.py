"""Batches of forms on paper, and what is typed of each until it is right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import local
from folkmoot.responses import access
from folkmoot.responses.acts.keying.recording import become_response
from folkmoot.responses.acts.keying.refusal import KeyingRefusedError, allow
from folkmoot.responses.keying.comparing import compared_lines, differences
from folkmoot.responses.keying.typed import clean_typed
from folkmoot.responses.models import Batch, Keying, PaperForm, Response, Survey
from folkmoot.responses.questions import survey_form

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


def open_batch(
    survey: Survey, name: str, received_on: date, at: datetime, by: User, *, is_double: bool = False
) -> Batch:
    """Begin a batch of forms that were received on one day, and return it.

    Raises KeyingRefusedError for a day to come, and for one before the consultation opened.
    """
    allow(access.may_open_batch(by), "open a batch of paper forms")
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
    allow(access.may_key(by), "key paper forms")
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
        allow(access.may_key(by) and keying.by_id == by.pk, "finish what somebody else types")
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
            return become_response(keying.form, form, keying.typed, at, by)
        both = list(keying.form.keyings.filter(finished_at__isnull=False))
        if len(both) < 2:
            return None
        first, second = (each.typed for each in both)
        differing = [each.line.name for each in differences(form, first, second)]
        keying.form.compared = len(compared_lines(form, first, second))
        keying.form.differing = differing
        keying.form.save(update_fields=["compared", "differing"])
        return None if differing else become_response(keying.form, form, first, at, by)


def settle_form(paper: PaperForm, settled: Mapping[str, str], at: datetime, by: User) -> Response:
    """Record a form of which two people typed different things, as a third look at it says.

    `settled` has what is right in each line that differs; the others stand as both typed them.
    """
    allow(access.may_settle(by), "settle what two people typed differently")
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
        return become_response(paper, form, clean_typed(form, typed), at, by)


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
