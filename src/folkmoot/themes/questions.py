"""The free-text questions of a survey: those that themes are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folkmoot.responses.questions import TextQuestion, survey_form

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey


def free_text_questions(survey: Survey) -> list[TextQuestion]:
    """Return the questions answered in the respondent's own words, in the order asked."""
    return [each for each in survey_form(survey).questions if isinstance(each, TextQuestion)]


def question_of(survey: Survey, key: str) -> TextQuestion | None:
    """Return the free-text question of that key, if the survey asks one."""
    return next((each for each in free_text_questions(survey) if each.key == key), None)
