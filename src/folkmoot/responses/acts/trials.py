"""Tests of a survey: what they would have sent, apart from the register."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from folkmoot.accounts.audit import record
from folkmoot.accounts.models import User
from folkmoot.responses.access import may_try
from folkmoot.responses.acts.rows import new_reference
from folkmoot.responses.acts.sent_files import erase_drafts
from folkmoot.responses.models import Draft, Survey, TestSubmission
from folkmoot.responses.questions import revision, survey_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from folkmoot.responses.questions import SurveyForm

ATTEMPTS = 5


def submit_trial(survey: Survey, draft: Draft, at: datetime, officer: int) -> TestSubmission:
    """End a test: keep its answers as a test submission, erase its draft, and return it.

    `survey` is the page as it was tried, published or not; `officer` who made the link. Never a
    response, a respondent or a count. Raises ValueError for a draft that counts.
    """
    if not draft.is_test:
        raise ValueError("This draft counts: submit it as a response.")
    form = survey_form(survey)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                kept = Draft.objects.select_for_update().filter(pk=draft.pk, is_test=True).first()
                submission = TestSubmission.objects.create(
                    survey_id=survey.pk,
                    submitted_at=at,
                    submitted_by=User.objects.filter(pk=officer).first(),
                    reference=new_reference().replace("FM-", "TEST-", 1),
                    revision=revision(form, *survey.consents),
                    answers=_asked(form, (kept or draft).answers),
                )
                erase_drafts(Draft.objects.filter(pk=draft.pk))
                return submission
        except IntegrityError:
            # The reference was taken: another is drawn. Anything else fails again, and is raised.
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def clear_trials(survey: Survey, at: datetime, *, by: User) -> int:
    """Erase every test of a survey, finished or not; return how many were finished.

    Raises PermissionDenied for somebody who may not edit the survey.
    """
    if not may_try(by, survey):
        raise PermissionDenied
    with transaction.atomic():
        submissions = TestSubmission.objects.filter(survey=survey)
        many = submissions.count()
        submissions.delete()
        erase_drafts(Draft.objects.filter(survey=survey, is_test=True))
        record("tests of a survey cleared", survey, at, by=by, after={"tests": many})
    return many


def _asked(form: SurveyForm, answers: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what was answered of what is on the way, as a response would have it."""
    names = {name for question in form.on_the_way(answers).questions for name in question.names}
    asked = {name for question in form.questions for name in question.names}
    return {key: list(said) for key, said in answers.items() if key in names or key not in asked}
