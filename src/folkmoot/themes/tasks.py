"""Background work: an analyst asks for themes and goes on working."""

from __future__ import annotations

from django_tasks import task

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.responses.models import Survey
from folkmoot.themes import acts


@task()
def suggest_themes(
    survey_id: int, question: str, by_id: int | None = None, replace_confirmed: bool = False
) -> int:
    """Suggest themes for a free-text question and return the key of the new code frame."""
    by = User.objects.filter(pk=by_id).first() if by_id else None
    survey = Survey.objects.get(pk=survey_id)
    frame = acts.suggest_themes(survey, question, now(), by, replace_confirmed=replace_confirmed)
    return frame.pk
