"""Answers of a respondent on the site: draft, steps, submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses import access, suspicions
from folkmoot.responses.acts.repeats import times_of_texts
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_reference, version_of
from folkmoot.responses.acts.senders import keep_monitoring, publication_of, respondent_fields
from folkmoot.responses.acts.sent_files import DraftGoneError, hand_over
from folkmoot.responses.acts.standing import standing_changed
from folkmoot.responses.codes import code_digest, code_of
from folkmoot.responses.forms import Checked
from folkmoot.responses.models import (
    Answer,
    Channel,
    Draft,
    Flag,
    Response,
    Standing,
    Survey,
    SurveyClosedError,
)
from folkmoot.responses.questions import QUOTE, SurveyForm
from folkmoot.responses.served import asked_of

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.suspicions import Suspicion

RESPONDENT = "a respondent"
ATTEMPTS = 5
# What an individual leaves open of what an organisation says of itself.
NOTHING_SAID = {"organisation": "", "contact_name": "", "contact_role": "", "has_authority": None}


class ChangedElsewhereError(Exception):
    """The response that a draft was to take the place of counts no longer."""


def begin_draft(
    survey: Survey,
    key: str,
    at: datetime,
    *,
    is_test: bool = False,
    known: Draft | None = None,
) -> Draft:
    """Return the draft of that key, begun now if there is none yet.

    A test may be begun at any time, and meets no draft that counts. `known` is the draft where it
    was just read.
    A first page that is posted twice begins one draft. Raises SurveyClosedError where the survey
    is neither open nor in the grace of a draft that was begun before it closed.
    """
    draft = known or Draft.objects.filter(survey=survey, key=key, is_test=is_test).first()
    if draft is not None and is_test:
        return draft
    if draft is not None and access.may_submit(survey, draft, at):
        return draft
    if not is_test and not access.may_begin(survey, at):
        raise SurveyClosedError(survey, at)
    begun, _ = Draft.objects.get_or_create(
        key=key,
        defaults={
            "survey": survey,
            "begun_at": at,
            "changed_at": at,
            "is_test": is_test,
            "code_digest": code_digest(code_of(key)),
        },
    )
    return begun


def save_step(draft: Draft, checked: Checked, at: datetime) -> Draft:
    """Keep the answers of one step in the draft; those of other steps stay.

    Two tabs that save at once keep both their steps: the draft is read again under its lock.
    Raises DraftGoneError where another tab submitted it meanwhile.
    """
    with transaction.atomic():
        kept = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if kept is None:
            raise DraftGoneError
        kept.answers = kept.answers | checked.answers
        kept.changed_at = at
        kept.save(update_fields=["answers", "changed_at"])
    return kept


def submit_response(
    survey: Survey,
    draft: Draft,
    at: datetime,
    *,
    suspected: Iterable[Suspicion] = (),
    address: str = "",
) -> Response:
    """Record a respondent's answers and return the response with its reference.

    The draft is erased in the same transaction, and a draft submitted twice, even at once, gives
    the same response. One of a response that was sent before takes its place: that is kept, and
    counts no more. `suspected` and what else is odd are its flags; `address` is counted, not kept.

    Raises SurveyClosedError outside opens_at <= at < closes_at (plus the grace for drafts begun
    before closing), DraftGoneError for a draft that is no longer there and was never submitted,
    and ChangedElsewhereError where the response it was of counts no longer. Who calls it
    acknowledges only after the transaction is committed.
    """
    if not access.may_submit(survey, draft, at):
        if found := Response.objects.filter(draft_key=draft.key).first():
            return found
        raise SurveyClosedError(survey, at)
    form = asked_of(survey).form
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                # Locked, so that two tabs submit one after the other.
                kept = Draft.objects.select_for_update().filter(pk=draft.pk).first()
                if kept is None:
                    break
                before = _replaced(kept)
                response = _record(survey, form, kept, before, at)
                odd = [*suspected, *suspicions.of_connection(address, at)]
                odd += suspicions.of_text(times_of_texts(survey, form, kept.answers))
                _flag(response, odd, at)
                if before is None:
                    record("response submitted", response, at, by_name=RESPONDENT)
                else:
                    _replace(before, response, at)
                kept.delete()
                return response
        except IntegrityError:
            # The reference was taken: another is drawn. Anything else fails again, and is raised.
            if attempt == ATTEMPTS:
                raise
    if found := Response.objects.filter(draft_key=draft.key).first():
        return found
    raise DraftGoneError


def _replaced(draft: Draft) -> Response | None:
    """Return the response that a draft takes the place of, locked; None for a first one."""
    if draft.of_response_id is None:
        return None
    before = (
        Response.objects.standing()
        .select_for_update(of=("self",))
        .filter(pk=draft.of_response_id, erased_at__isnull=True)
        .first()
    )
    if before is None:
        raise ChangedElsewhereError
    return before


def _replace(before: Response, response: Response, at: datetime) -> None:
    before.standing, before.instead = Standing.REPLACED, response
    before.save(update_fields=["standing", "instead"])
    standing_changed([before.pk])
    told = {"instead": response.reference}
    record("response replaced", before, at, by_name=RESPONDENT, after=told)
    told = {"in place of": before.reference}
    record("response submitted", response, at, by_name=RESPONDENT, after=told)


def _flag(response: Response, odd: Iterable[Suspicion], at: datetime) -> None:
    flags = {each.kind: each.reason for each in odd}
    if flags:
        Flag.objects.bulk_create(
            Flag(response=response, kind=kind, reason=reason, made_at=at)
            for kind, reason in flags.items()
        )


def _record(
    survey: Survey, form: SurveyForm, draft: Draft, before: Response | None, at: datetime
) -> Response:
    consultation, answers = survey.consultation, draft.answers
    count_changed()
    respondent = _respondent(consultation, before, respondent_fields(answers), at)
    response = Response.objects.create(
        consultation=consultation,
        survey=survey,
        version=version_of(survey, form, at, asked_of(survey).revision),
        respondent=respondent,
        reference=new_reference(),
        channel=Channel.WEB,
        submitted_at=at,
        draft_key=draft.key,
        # Who has changed a response goes on with the code they have.
        code_digest=before.code_digest if before else _digest(draft),
        consent=survey.consent,
        may_be_quoted=answers.get(QUOTE) == ["yes"],
        publication=publication_of(answers),
    )
    asked = form.on_the_way(answers).questions
    hand_over(draft, response, form, asked)
    rows, monitoring = answer_rows(response, asked, answers, delete_on(consultation, survey))
    Answer.objects.bulk_create(rows)
    keep_monitoring(response, survey, monitoring, answers, at)
    return response


def _respondent(
    consultation: Consultation, before: Response | None, said: Mapping[str, Any], at: datetime
) -> Respondent:
    """Return who answers; who changes a response is the same person, whatever they say now."""
    if before is None or before.respondent is None:
        return Respondent.objects.create(consultation=consultation, took_part_at=at, **said)
    respondent = before.respondent
    for name, value in (NOTHING_SAID | dict(said)).items():
        setattr(respondent, name, value)
    respondent.save()
    return respondent


def _digest(draft: Draft) -> str:
    return draft.code_digest or code_digest(code_of(draft.key))
