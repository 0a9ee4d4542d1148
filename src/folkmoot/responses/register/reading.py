"""One response of the register, whole: its answers, what it came with, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.accounts.models import AuditRecord
from folkmoot.publishing.clock import local, now
from folkmoot.responses import access
from folkmoot.responses.acts.handling import LONGEST_REASON
from folkmoot.responses.acts.rows import kept_of
from folkmoot.responses.models import (
    OFFICER_KINDS,
    Flag,
    Publication,
    Response,
    SentFile,
    Standing,
)
from folkmoot.responses.presenters import answer_words, file_names, moment
from folkmoot.responses.querysets import form_as_seen, register
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    FileQuestion,
    MonitoringQuestion,
    Question,
    given,
)
from folkmoot.responses.register import filters, paging
from folkmoot.responses.register.listing import sender_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from folkmoot.responses.models import Answer

DECLINED_WORDS = "Prefer not to say"
ERASED_WORDS = "Erased"


@require_GET
@never_cache
def one(request: HttpRequest, response_id: int) -> HttpResponse:
    """Show a response with its answers. Equality answers never stand beside them."""
    if not access.may_read_responses(request.user):
        raise PermissionDenied
    response = get_object_or_404(
        Response.objects.select_related(
            "consultation", "survey", "version__survey", "respondent", "instead", "import_run"
        ),
        pk=response_id,
    )
    return page(request, response)


def page(request: HttpRequest, response: Response, **more: Any) -> HttpResponse:
    """Return the page of a response; `more` keeps what was typed into a refused form."""
    chosen, _ = filters.read(request.GET)
    is_common = filters.is_common(chosen)
    left = filters.apply(register(now()).select_related(None), chosen, is_common=is_common)
    before, after = paging.neighbours(left, chosen, response)
    query = f"?{chosen.query}" if chosen.query else ""
    may_handle = access.may_handle_responses(request.user)
    shown = {
        "response": response,
        "facts": facts(response),
        "answers": answer_lines(response),
        "files": list(response.files.order_by("id")),
        "flags": flags_of(response),
        "marks": paper_marks(response),
        "notes": list(response.notes.select_related("written_by")),
        "duplicates": list(response.in_place_of.order_by("id")),
        "history": history(response),
        "before": before,
        "after": after,
        "query": query,
        "back": f"{reverse('responses:index')}{query}",
        "may_handle": may_handle,
        "may_withdraw": may_handle and response.standing == Standing.STANDS,
        "may_restore": may_handle
        and response.standing in (Standing.WITHDRAWN, Standing.DUPLICATE)
        and response.erased_at is None,
        "may_review": access.may_review_responses(request.user)
        and response.survey_id is not None
        and response.publication != Publication.NOT
        and response.standing == Standing.STANDS,
        "flag_kinds": [(kind.value, kind.label) for kind in OFFICER_KINDS],
        "longest": LONGEST_REASON,
    }
    status = 422 if more.get("error") else 200
    return render(request, "responses/register/response.html", shown | more, status=status)


@require_GET
@never_cache
def sent_file(request: HttpRequest, response_id: int, file_id: int) -> FileResponse:
    """Send a file that came with a response, to be saved and never opened in place."""
    if not access.may_read_responses(request.user):
        raise PermissionDenied
    sent = get_object_or_404(SentFile, pk=file_id, response=response_id)
    try:
        opened = sent.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is not kept any more.") from error
    answer = FileResponse(
        opened, as_attachment=True, filename=sent.name, content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def facts(response: Response) -> list[tuple[str, str]]:
    """Return what a response came with, as terms and words."""
    found = [
        ("Consultation", str(response.consultation)),
        ("Survey", str(response.survey) if response.survey else "None: it answers no survey"),
        ("Version of the questions", f"Version {response.version}" if response.version else ""),
        ("Channel", response.get_channel_display()),
        ("Received", moment(response.submitted_at)),
        ("From", sender_words(response.respondent)),
        ("May be quoted", "Yes" if response.may_be_quoted else "No"),
        ("Publishing", response.get_publication_display()),
        ("Imported with", str(response.import_run) if response.import_run else ""),
        ("Number there", response.reference_there),
        ("Erased", moment(response.erased_at) if response.erased_at else ""),
        ("Generated for demonstration", "Yes" if response.is_generated else ""),
    ]
    return [(term, words) for term, words in found if words]


def answer_lines(response: Response) -> list[dict[str, Any]]:
    """Return every question that was asked, by its number, with the answer in words.

    Questions left empty say so, and so do answers erased since; those that the answers led past
    are absent. An answer to a question that the form does not have stands last, under its key.
    """
    form = form_as_seen(response)
    answers = {answer.question: answer for answer in response.answers.order_by("id")}
    fields: dict[str, list[str]] = {}
    for part in form.parts:
        if part.key in answers:
            fields |= given(part, kept_of(answers[part.key]))
    asked = {part.key for part in form.on_the_way(fields).parts}
    numbers = form.numbers
    names = file_names(response, form.questions)
    lines = []
    for question in form.questions:
        if isinstance(question, MonitoringQuestion):
            continue
        for part in question.parts:
            answer = answers.pop(part.key, None)
            if answer is None and part.key not in asked:
                continue
            lines.append(
                {
                    "number": numbers[question.key],
                    "term": part.title,
                    "words": part_words(part, answer, fields, names) if answer else [],
                    "place": (answer.latitude, answer.longitude)
                    if answer and answer.latitude is not None
                    else None,
                    "is_declined": answer is not None and answer.choices == [PREFER_NOT_TO_SAY],
                }
            )
    lines += [
        {
            "number": None,
            "term": key.replace("-", " ").capitalize(),
            "words": [
                *filter(None, (*answer.choices, answer.text)),
                *(text or ERASED_WORDS for text in answer.other.values()),
            ]
            or [ERASED_WORDS],
        }
        for key, answer in answers.items()
    ]
    return lines


def part_words(
    part: Question, answer: Answer, fields: dict[str, list[str]], names: Mapping[str, str]
) -> list[str]:
    """Return an answer in words, one line each; that it was declined or erased, in words too.

    `names` are those of the response's files by their numbers. What was typed beside an option and
    is erased since is told at that option.
    """
    if isinstance(part, FileQuestion) and answer.choices != [PREFER_NOT_TO_SAY]:
        return [names.get(number, ERASED_WORDS) for number in answer.choices] or [ERASED_WORDS]
    if words := answer_words(part, fields):
        gone = {code for code, text in answer.other.items() if not text}
        labels = {part.label_of(code) for code in gone} if isinstance(part, ChoiceQuestion) else ()
        return [f"{each}: {ERASED_WORDS.lower()}" if each in labels else each for each in words]
    # What was left empty has no answer at all: one that says nothing lost what it said.
    return [DECLINED_WORDS if answer.choices == [PREFER_NOT_TO_SAY] else ERASED_WORDS]


def flags_of(response: Response) -> list[Flag]:
    """Return the flags of a response, and those of the responses that it stands in place of."""
    theirs = Q(response=response) | Q(response__instead=response)
    found = Flag.objects.filter(theirs).select_related("response", "made_by", "cleared_by")
    return list(found.order_by("made_at", "id"))


def paper_marks(response: Response) -> list[dict[str, Any]]:
    """Return what a form on paper says at a question that is no answer, in the order of the form.

    Nothing of an equality question is told.
    """
    form = form_as_seen(response)
    titles = {part.key: part.title for part in form.parts}
    places = {part.key: place for place, part in enumerate(form.parts)}
    last = len(places)
    marks = sorted(response.paper_marks.all(), key=lambda mark: places.get(mark.question, last))
    monitoring = {part.key for part in form.parts if isinstance(part, MonitoringQuestion)}
    return [
        {
            "term": titles.get(mark.question, mark.question),
            "mark": mark.get_mark_display(),
            "text": mark.text,
        }
        for mark in marks
        if mark.question not in monitoring
    ]


def history(response: Response) -> list[dict[str, str]]:
    """Return what the audit record tells of a response, newest first."""
    lines = AuditRecord.objects.filter(record_type=Response._meta.label, record_id=str(response.pk))
    return [
        {
            "at": f"{local(line.at):%-d %B %Y, %H:%M}",
            "act": line.act.capitalize(),
            "by": line.by_name,
            "told": _told(line.before, line.after),
        }
        for line in lines
    ]


def _told(before: Any, after: Any) -> str:
    """Return what a line of the audit record tells beside the act, in one line."""
    parts = []
    for prefix, told in (("before: ", before), ("", after)):
        if isinstance(told, dict):
            for name, value in told.items():
                shown = ", ".join(map(str, value)) if isinstance(value, list) else value
                if shown not in (None, ""):
                    parts.append(f"{prefix}{name.replace('_', ' ')}: {shown}")
    return "; ".join(parts)
