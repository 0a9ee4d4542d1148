"""Letters and e-mails in the admin: entered, checked, split into answers, recorded as responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import local, now
from folkmoot.responses.access import may_enter_letters, may_read_responses
from folkmoot.responses.acts.letters import (
    ResponsesRefusedError,
    is_late,
    keep_letter_draft,
    keep_passages,
    passage_faults,
    put_letter_aside,
    record_letter,
)
from folkmoot.responses.forms import lines
from folkmoot.responses.importing.letters import LetterFile, LetterFileError, read_letter
from folkmoot.responses.models import LetterDraft, Response
from folkmoot.responses.presenters import moment
from folkmoot.responses.questions import (
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
    TextQuestion,
    field_name,
    survey_form,
)
from folkmoot.responses.receiving.forms import LetterForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422
OPTIONS_AS_LIST = 8


@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List letters that are being entered; on a post begin a new one."""
    officer = _clerk(request)
    if request.method == "POST":
        return _keep(request, officer, None)
    asked = request.GET.get("consultation", "")
    form = LetterForm(
        initial={
            "consultation": asked if asked.isascii() and asked.isdigit() else None,
            "received_on": local(now()).date(),
        }
    )
    return _index_page(request, form)


@never_cache
def edit(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show what was entered of a letter, its text to be checked; on a post keep what changed."""
    officer = _clerk(request)
    draft = _draft(draft_id)
    if request.method == "POST":
        return _keep(request, officer, draft)
    return _edit_page(request, draft, LetterForm.of_draft(draft))


@never_cache
def split(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show a letter beside the questions; on a post keep what was marked, and record it."""
    officer = _clerk(request)
    draft = _draft(draft_id)
    if not draft.text.strip():
        messages.error(request, "The letter has no text yet: type or paste what it says.")
        return redirect("responses:letter", draft.pk)
    if request.method != "POST":
        return _split_page(request, draft, draft.answers, {})
    answers = _marked(request, draft)
    keep_passages(draft, answers)
    if request.POST.get("then") == "keep":
        messages.success(request, "Kept. The letter is not in the register yet.")
        return redirect("responses:letters")
    faults = passage_faults(draft.survey, answers) if draft.survey else {}
    if faults:
        return _split_page(request, draft, answers, faults)
    try:
        response = record_letter(draft, answers, now(), officer)
    except ResponsesRefusedError as error:
        messages.error(request, str(error))
        return redirect("responses:letters")
    messages.success(request, _recorded(request, response))
    return redirect("responses:letters")


@require_POST
def put_aside(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Take a letter that should not be entered out of the list."""
    officer = _clerk(request)
    draft = _draft(draft_id)
    try:
        put_letter_aside(draft, now(), officer, request.POST.get("reason", ""))
    except ResponsesRefusedError as error:
        messages.error(request, str(error))
        return redirect("responses:letter", draft.pk)
    messages.success(request, "The letter is put aside. The audit record says why.")
    return redirect("responses:letters")


@require_GET
@never_cache
def file(request: HttpRequest, draft_id: int) -> FileResponse:
    """Send a letter's file as it came, never shown by the browser."""
    _clerk(request)
    draft = _draft(draft_id)
    if not draft.file:
        raise Http404("The letter came without a file.")
    opened = draft.file.storage.open(str(draft.file.name), "rb")
    return FileResponse(
        opened, as_attachment=True, filename=draft.name, content_type="application/octet-stream"
    )


def _clerk(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not may_enter_letters(user):
        raise PermissionDenied
    return user


def _draft(draft_id: int) -> LetterDraft:
    return get_object_or_404(
        LetterDraft.objects.select_related("consultation", "survey", "made_by"), pk=draft_id
    )


def _keep(request: HttpRequest, officer: User, draft: LetterDraft | None) -> HttpResponse:
    """Keep what was said of a letter, and go on to its text, or to its answers."""
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form, draft)
    sent, text = form.cleaned_data["file"], form.cleaned_data["text"]
    read: LetterFile | None = None
    if sent:
        try:
            read = read_letter(sent.file, sent.name)
        except LetterFileError as error:
            form.add_error("file", str(error))
            return _again(request, form, draft)
    elif not text.strip() and (draft is None or not draft.file):
        form.add_error("text", "Paste what it says, or attach the file.")
        return _again(request, form, draft)
    is_proposed = bool(read and not text.strip())
    kept = keep_letter_draft(
        form.written(read.text if read and is_proposed else text),
        now(),
        officer,
        draft=draft,
        file=sent or None,
        extension=read.extension if read else "",
    )
    for remark in read.remarks if read else ():
        messages.warning(request, remark)
    if read and read.sent_at and abs(read.sent_at - kept.received_at).days >= 1:
        messages.warning(
            request,
            f"The e-mail says that it was sent on {moment(read.sent_at)}: is the date received "
            "right?",
        )
    if is_proposed or not kept.text.strip():
        messages.info(request, "The text below was taken from the file: check it word for word.")
        return redirect("responses:letter", kept.pk)
    return redirect("responses:letter_answers", kept.pk)


def _again(request: HttpRequest, form: LetterForm, draft: LetterDraft | None) -> HttpResponse:
    if draft is None:
        return _index_page(request, form, status=UNPROCESSABLE)
    return _edit_page(request, draft, form, status=UNPROCESSABLE)


def _index_page(request: HttpRequest, form: LetterForm, status: int = 200) -> HttpResponse:
    drafts = LetterDraft.objects.select_related("consultation", "survey", "made_by")
    shown = {"form": form, "drafts": drafts, "draft": None}
    return render(request, "responses/receiving/letters.html", shown, status=status)


def _edit_page(
    request: HttpRequest, draft: LetterDraft, form: LetterForm, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "draft": draft}
    return render(request, "responses/receiving/letter.html", shown, status=status)


def _split_page(
    request: HttpRequest, draft: LetterDraft, answers: dict[str, Any], faults: dict[str, str]
) -> HttpResponse:
    form = survey_form(draft.survey) if draft.survey else None
    numbers = form.numbers if form else {}
    fields = [
        _field(part, numbers.get(question.key), answers, faults)
        for question in (form.questions if form else ())
        for part in question.parts
        if _is_offered(part)
    ]
    shown = {
        "draft": draft,
        "fields": fields,
        "faults": [field for field in fields if field["fault"]],
        "received": moment(draft.received_at),
        "is_late": draft.received_at >= draft.consultation.closes_at,
    }
    status = UNPROCESSABLE if faults else 200
    return render(request, "responses/receiving/split.html", shown, status=status)


def _is_offered(part: Question) -> bool:
    """Whether a letter may be said to answer a question: in words, or by an option it names."""
    if isinstance(part, MonitoringQuestion):
        return False
    return isinstance(part, TextQuestion | ChoiceQuestion)


def _field(
    part: Question, number: int | None, answers: dict[str, Any], faults: dict[str, str]
) -> dict[str, Any]:
    chosen = answers.get(part.key, [])
    options = part.options if isinstance(part, ChoiceQuestion) else ()
    return {
        "name": part.key,
        "title": f"{number}. {part.title}" if number else part.title,
        "kind": "choice" if options else "text",
        "input": "checkbox" if getattr(part, "several", False) else "radio",
        "text": "".join(chosen) if not options else "",
        "nothing_chosen": not chosen,
        "options": [
            {
                "code": option.code,
                "label": option.label,
                "is_chosen": option.code in chosen,
                "beside": field_name(part.key, option.code) if option.asks_text else "",
                "text": "".join(answers.get(field_name(part.key, option.code), [])),
            }
            for option in options
        ],
        "fault": faults.get(part.key) or faults.get(part.key.partition("--")[0], ""),
    }


def _marked(request: HttpRequest, draft: LetterDraft) -> dict[str, list[str]]:
    """Return what was marked as answers: only fields of the survey that a letter can answer."""
    if draft.survey is None:
        return {}
    names = [
        name
        for question in survey_form(draft.survey).questions
        for part in question.parts
        if _is_offered(part)
        for name in part.names
    ]
    found = {}
    for name in names:
        values = [lines(value) for value in request.POST.getlist(name) if value.strip()]
        if values:
            found[name] = values
    return found


def _recorded(request: HttpRequest, response: Response) -> str:
    late = " It came after the closing, and its time says so." if is_late(response) else ""
    if not may_read_responses(request.user):
        return f"Recorded as {response.reference}.{late}"
    return format_html(
        'Recorded as <a href="{}">{}</a>.{}',
        reverse("responses:inspect", args=[response.pk]),
        response.reference,
        late,
    )
