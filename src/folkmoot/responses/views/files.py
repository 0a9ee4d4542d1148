"""Files among the answers of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.responses import arrivals
from folkmoot.responses.acts.sent_files import keep_files, read_files, safe_name
from folkmoot.responses.acts.submission import begin_draft, save_step
from folkmoot.responses.forms import Checked
from folkmoot.responses.questions import FileQuestion, field_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, QueryDict

    from folkmoot.responses.acts.sent_files import Arrived
    from folkmoot.responses.models import Draft
    from folkmoot.responses.questions import Question, Step
    from folkmoot.responses.refusals import Refusal
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


def read(visit: Visit, asked: Step) -> Mapping[str, list[Arrived]]:
    """Return the files that came for a step, by question: before any transaction is begun."""
    files = visit.request.FILES
    return {
        question.key: read_files(question, files.getlist(question.key))
        for question in _file_questions(asked.questions)
        if question.key in files
    }


def take_files(
    visit: Visit,
    draft: Draft,
    asked: Step,
    checked: Checked,
    arrived: Mapping[str, list[Arrived]],
    *,
    may_remove: bool = True,
) -> None:
    """Keep the files of a step in its draft, whatever else is wrong on its page.

    Puts their numbers among the answers of `checked`, and what was not kept among its errors.
    Files are taken out again as the page says, if they may be.
    """
    numbers = {}
    for question in _file_questions(asked.questions):
        sent = arrived.get(question.key, [])
        remove = field_name(question.key, "remove")
        removed = visit.request.POST.getlist(remove) if may_remove else []
        before = checked.answers.get(question.key, [])
        if not sent and not removed:
            continue
        kept, refused = keep_files(draft, question, sent, visit.at, removed)
        checked.answers[question.key] = kept
        checked.errors.pop(question.key, None)
        if refused:
            checked.errors[question.key] = " ".join(refused)
        if kept != before:
            numbers[question.key] = kept
    if numbers and not checked.is_right:
        # The rest of the page is not saved; what its sender chose from a disk is.
        save_step(draft, Checked(answers=numbers), visit.at)


def keep_refused(
    visit: Visit, draft: Draft | None, key: str, asked: Step, checked: Checked, refused: Refusal
) -> str:
    """Keep the files of a page that is not taken, and return a sentence that says so.

    Only where the page was one of this very draft: who sent it would choose them again for
    nothing. Of any other page none is kept: its fields say so, and no sentence is returned.
    """
    sent = _sent(visit, asked.questions)
    if not sent:
        return ""
    if not refused.is_of_draft or visit.wait(arrivals.STEPS):
        say_unkept(visit, asked, checked)
        return ""
    arrived = read(visit, asked)
    with transaction.atomic():
        kept = begin_draft(visit.survey, key, visit.at, is_test=visit.is_test, known=draft)
        checked.errors.setdefault("", "")  # Nothing else of the page is saved.
        take_files(visit, kept, asked, checked, arrived, may_remove=False)
    if all(question.key in checked.errors for question, _ in sent):
        return ""
    return "The files that you sent are kept: you need not choose them again."


def say_unkept(visit: Visit, asked: Step, checked: Checked) -> None:
    """Say at each field whose files were not kept that they are to be chosen again."""
    for question, names in _sent(visit, asked.questions):
        were = "was" if len(names) == 1 else "were"
        again = "it" if len(names) == 1 else "them"
        checked.errors[question.key] = f"{_listed(names)} {were} not kept: choose {again} again."


def unkept(visit: Visit) -> list[dict[str, str]]:
    """Return the files that came for a page that takes nothing any more, as lines of a summary."""
    return [
        {"term": question.title, "value": f"{_listed(names)}, which came too late to be kept"}
        for question, names in _sent(visit, visit.form.questions)
    ]


def _sent(visit: Visit, questions: Sequence[Question]) -> list[tuple[FileQuestion, list[str]]]:
    """Return the questions for which files were sent, with what their sender calls them."""
    if visit.request.method != "POST":
        return []
    files = visit.request.FILES
    return [
        (question, [safe_name(each.name or "") for each in files.getlist(question.key)])
        for question in _file_questions(questions)
        if question.key in files
    ]


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))


def _file_questions(questions: Sequence[Question]) -> list[FileQuestion]:
    return [question for question in questions if isinstance(question, FileQuestion)]
