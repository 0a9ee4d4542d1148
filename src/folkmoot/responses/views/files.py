"""Files among the answers of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folkmoot.responses.acts.sent_files import keep_files
from folkmoot.responses.acts.submission import save_step
from folkmoot.responses.forms import Checked
from folkmoot.responses.questions import FileQuestion, field_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, QueryDict

    from folkmoot.responses.models import Draft
    from folkmoot.responses.questions import Question, Step
    from folkmoot.responses.visits import Visit


def without_numbers(
    posted: QueryDict, asked: Step, before: Mapping[str, Sequence[str]]
) -> QueryDict:
    """Return a post in which the numbers of files are those that the draft has.

    A browser sends files and never their numbers; numbers that come could be anybody's.
    """
    questions = _file_questions(asked.questions)
    if not questions:
        return posted
    said = posted.copy()
    for question in questions:
        said.setlist(question.key, list(before.get(question.key, [])))
    return said


def refuse_strays(request: HttpRequest, asked: Step, checked: Checked) -> None:
    """Say so where a file came in a field that takes none."""
    taken = {question.key for question in _file_questions(asked.questions)}
    if set(request.FILES) - taken:
        checked.errors[""] = "A file was sent, and this page takes none there: send it by e-mail."


def take_files(visit: Visit, draft: Draft, asked: Step, checked: Checked) -> None:
    """Keep the files of a step in its draft, whatever else is wrong on its page.

    Puts their numbers among the answers of `checked`, and what was not kept among its errors.
    """
    numbers = {}
    for question in _file_questions(asked.questions):
        uploads = visit.request.FILES.getlist(question.key)
        removed = visit.request.POST.getlist(field_name(question.key, "remove"))
        before = checked.answers.get(question.key, [])
        if not uploads and not removed:
            continue
        kept, refused = keep_files(draft, question, uploads, visit.at, removed)
        checked.answers[question.key] = kept
        checked.errors.pop(question.key, None)
        if refused:
            checked.errors[question.key] = " ".join(refused)
        if kept != before:
            numbers[question.key] = kept
    if numbers and not checked.is_right:
        # The rest of the page is not saved; what its sender chose from a disk is.
        save_step(draft, Checked(answers=numbers), visit.at)


def _file_questions(questions: Sequence[Question]) -> list[FileQuestion]:
    return [question for question in questions if isinstance(question, FileQuestion)]
