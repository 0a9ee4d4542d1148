"""What its sender does with a response that was sent: open it again, withdraw it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.responses import access
from folkmoot.responses.acts.sent_files import copy_files, erase_drafts
from folkmoot.responses.acts.standing import standing_changed
from folkmoot.responses.acts.submission import RESPONDENT, ChangedElsewhereError
from folkmoot.responses.codes import code_digest, code_of
from folkmoot.responses.models import Draft, Response, Standing, SurveyClosedError
from folkmoot.responses.reopening import fields_of, form_of
from folkmoot.responses.tokens import new_key

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey


def open_response(survey: Survey, response: Response, at: datetime) -> Draft:
    """Return a draft with the answers of a response, to change and send in its place.

    One that was opened before goes on as it was left. The response stands until the draft is sent.
    Raises SurveyClosedError once the survey is closed, ChangedElsewhereError where the response
    counts no longer.
    """
    with transaction.atomic():
        kept = _standing(survey, response, at)
        if opened := kept.drafts.filter(is_test=False).first():
            return opened
        key = new_key()
        draft = Draft.objects.create(
            survey=survey,
            key=key,
            code_digest=code_digest(code_of(key)),
            begun_at=at,
            changed_at=at,
            answers=fields_of(kept),
            of_response=kept,
        )
        copy_files(kept, draft, form_of(kept))
        record("response opened to change", kept, at, by_name=RESPONDENT)
    return draft


def withdraw_response(survey: Survey, response: Response, at: datetime) -> Response:
    """Withdraw a response for its sender, and return it: kept, and counted no more.

    Raises SurveyClosedError once the survey is closed. One that was withdrawn already stays so;
    ChangedElsewhereError where another stands in its place.
    """
    with transaction.atomic():
        kept = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
        if kept.standing == Standing.WITHDRAWN:
            return kept
        kept = _standing(survey, response, at)
        kept.standing = Standing.WITHDRAWN
        kept.save(update_fields=["standing"])
        erase_drafts(kept.drafts.all())
        record("response withdrawn", kept, at, by_name=RESPONDENT)
        standing_changed([kept.pk])
    return kept


def _standing(survey: Survey, response: Response, at: datetime) -> Response:
    if not access.may_begin(survey, at):
        raise SurveyClosedError(survey, at)
    kept = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if not access.may_change(survey, kept, at):
        raise ChangedElsewhereError
    return kept
