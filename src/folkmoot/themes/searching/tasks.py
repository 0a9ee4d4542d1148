"""Background work: thousands of answers are made ready to be found by meaning."""

from __future__ import annotations

from django_tasks import task

from folkmoot.themes.acts.vectors import make_vectors


@task()
def make_answers_findable(survey_id: int, question: str) -> int:
    """Make the vectors of all answers to a question that have none; return how many."""
    return make_vectors(survey_id, question)
