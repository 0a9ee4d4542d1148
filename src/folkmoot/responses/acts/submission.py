"""Answers of a respondent on the site: draft, steps, submission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Respondent
from folkmoot.publishing.purging import count_changed
from folkmoot.responses import access
from folkmoot.responses.acts.rows import answer_rows, delete_on, new_reference, version_of
from folkmoot.responses.forms import Checked
from folkmoot.responses.models import (
    Answer,
    Channel,
    Draft,
    MonitoringAnswer,
    Response,
    Survey,
    SurveyClosedError,
)
from folkmoot.responses.questions import KIND, ORGANISATION, QUOTE, SurveyForm, survey_form

RESPONDENT = "a respondent"
ATTEMPTS = 5


class DraftGoneError(Exception):
    """A draft was erased, and no response came of it."""


def begin_draft(survey: Survey, key: str, at: datetime, *, is_test: bool = False) -> Draft:
    """Return the draft of that key, begun now if there is none yet.

    A test may be begun at any time, and meets no draft that counts.
    A first page that is posted twice begins one draft. Raises SurveyClosedError where the survey
    is neither open nor in the grace of a draft that was begun before it closed.
    """
    draft = Draft.objects.filter(survey=survey, key=key, is_test=is_test).first()
    if draft is not None and is_test:
        return draft
    if draft is not None and access.may_submit(survey, draft, at):
        return draft
    if not is_test and not access.may_begin(survey, at):
        raise SurveyClosedError(survey, at)
    begun, _ = Draft.objects.get_or_create(
        key=key, defaults={"survey": survey, "begun_at": at, "changed_at": at, "is_test": is_test}
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


def submit_response(survey: Survey, draft: Draft, at: datetime) -> Response:
    """Record a respondent's answers and return the response with its reference.

    The draft is erased in the same transaction, and a draft submitted twice, even at once, gives
    the same response. Raises SurveyClosedError outside opens_at <= at < closes_at (plus the grace
    for drafts begun before closing), and DraftGoneError for a draft that is no longer there and
    was never submitted. Who calls it acknowledges only after it has returned.
    """
    if found := Response.objects.filter(draft_key=draft.key).first():
        return found
    if not access.may_submit(survey, draft, at):
        raise SurveyClosedError(survey, at)
    form = survey_form(survey)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                # Locked, so that two tabs submit one after the other.
                kept = Draft.objects.select_for_update().filter(pk=draft.pk).first()
                if kept is None:
                    break
                response = _record(survey, form, draft.key, kept.answers, at)
                kept.delete()
                record("response submitted", response, at, by_name=RESPONDENT)
                return response
        except IntegrityError:
            # The reference was taken: another is drawn. Anything else fails again, and is raised.
            if attempt == ATTEMPTS:
                raise
    if found := Response.objects.filter(draft_key=draft.key).first():
        return found
    raise DraftGoneError


def _record(
    survey: Survey, form: SurveyForm, key: str, answers: Mapping[str, list[str]], at: datetime
) -> Response:
    consultation = survey.consultation
    kind = "".join(answers.get(KIND, [])) or Respondent.Kind.INDIVIDUAL
    is_organisation = kind == Respondent.Kind.ORGANISATION
    count_changed()
    respondent = Respondent.objects.create(
        consultation=consultation,
        took_part_at=at,
        kind=kind,
        organisation="".join(answers.get(ORGANISATION, [])) if is_organisation else "",
    )
    response = Response.objects.create(
        consultation=consultation,
        survey=survey,
        version=version_of(survey, form, at),
        respondent=respondent,
        reference=new_reference(),
        channel=Channel.WEB,
        submitted_at=at,
        draft_key=key,
        consent=survey.consent,
        may_be_quoted=answers.get(QUOTE) == ["yes"],
    )
    asked = form.on_the_way(answers).questions
    rows, monitoring = answer_rows(response, asked, answers, delete_on(consultation))
    Answer.objects.bulk_create(rows)
    MonitoringAnswer.objects.bulk_create(monitoring)
    return response
