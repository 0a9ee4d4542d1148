"""XLSForm in the admin: a survey downloaded as a workbook, and one made from a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.rich_text import expand_db_html

from folkmoot.accounts.models import User
from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.acts.workbooks import Wanted, WorkbookNotMadeError, make_survey
from folkmoot.responses.keying.lines import asked_steps
from folkmoot.responses.models import Survey
from folkmoot.responses.paper.wording import shown_only_if
from folkmoot.responses.questions import survey_form
from folkmoot.responses.questions.form import revision
from folkmoot.responses.xlsform import (
    Taken,
    WorkbookRefusedError,
    raw_steps,
    read_workbook,
    write_workbook,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

UNPROCESSABLE = 422
SALT = "folkmoot.responses.xlsform"
SECONDS_VALID = 24 * 60 * 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(forms.Form):
    """The workbook that a survey is to be made of."""

    workbook = forms.FileField(
        label="XLSForm workbook",
        help_text="An .xlsx file with the sheets survey, choices and settings.",
        error_messages={
            "required": "Choose the workbook.",
            "empty": "The file is empty: choose the workbook.",
        },
    )


@require_GET
@never_cache
def download(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Send the newest draft of a survey as an XLSForm workbook."""
    survey = get_object_or_404(Survey, pk=survey_id)
    if not access.may_see_versions(request.user, survey):
        raise PermissionDenied
    newest = survey.get_latest_revision_as_object()
    response = HttpResponse(workbook_of(newest), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{newest.slug}-xlsform.xlsx"'
    return response


def workbook_of(survey: Survey) -> bytes:
    """Return a survey as a workbook, with whole addresses in its links."""
    form, site = survey_form(survey), survey.get_site()
    root = f"{site.root_url}/" if site else ""
    introductions = {}
    for step in form.steps:
        source = getattr(step.introduction, "source", step.introduction) or ""
        html = f"{expand_db_html(source)}{step.content or ''}"
        introductions[step.number] = html.replace('href="/', f'href="{urljoin(root, "/")}')
    return write_workbook(
        form,
        title=survey.title,
        name=slugify(survey.slug) or "survey",
        version=revision(form, *survey.consents),
        minutes=survey.minutes,
        consent=survey.consent,
        introductions=introductions,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def make(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Ask for a workbook, show what would be made of it and what is odd, then make the survey."""
    consultation = get_object_or_404(Consultation, pk=consultation_id)
    by = request.user
    if not isinstance(by, User) or not access.may_make_survey(by, consultation):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("looked-at"):
        return _make(request, consultation, by)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, consultation, form)
    try:
        taken = read_workbook(form.cleaned_data["workbook"].read())
    except WorkbookRefusedError as error:
        form.add_error("workbook", str(error))
        return _page(request, consultation, form)
    return _look(request, consultation, taken)


def _make(request: HttpRequest, consultation: Consultation, by: User) -> HttpResponse:
    form = WorkbookForm()
    try:
        said = signing.loads(request.POST["looked-at"], salt=SALT, max_age=SECONDS_VALID)
        if said["consultation"] != consultation.pk:
            raise signing.BadSignature
        title = request.POST.get("title", "").strip() or said["title"]
        wanted = Wanted(title, said["steps"], said["consent"], said["minutes"])
        survey = make_survey(consultation, wanted, now(), by)
    except signing.BadSignature:
        fault = "This page is too old, or was changed: choose the workbook again."
        return _page(request, consultation, form, [fault])
    except WorkbookNotMadeError as error:
        return _page(request, consultation, form, error.sentences)
    messages.success(
        request,
        f"“{survey.title}” is a draft below “{consultation.title}”. Read it through, then publish.",
    )
    return redirect("wagtailadmin_pages:edit", survey.pk)


def _look(request: HttpRequest, consultation: Consultation, taken: Taken) -> HttpResponse:
    said = {
        "consultation": consultation.pk,
        "title": taken.title,
        "steps": [] if taken.faults else raw_steps(taken.form, taken.introductions),
        "consent": taken.consent,
        "minutes": taken.minutes,
    }
    shown: dict[str, Any] = {
        "consultation": consultation,
        "title": taken.title,
        "steps": [
            {
                "title": each.step.title,
                "shown_if": shown_only_if(each.step.shown_if, taken.form),
                "introduction": taken.introductions.get(each.step.number, ""),
                "questions": [
                    {
                        "number": asked.number,
                        "title": asked.title,
                        "kind": _kind(asked.question),
                        "required": asked.question.required,
                        "options": [
                            option.label for option in getattr(asked.question, "options", ())
                        ],
                        "rows": [row.label for row in getattr(asked.question, "rows", ())],
                        "shown_if": shown_only_if(asked.question.shown_if, taken.form),
                    }
                    for asked in each.asked
                    if asked.question is not None
                ],
            }
            for each in asked_steps(taken.form)
            if each.step.number
        ],
        "faults": [str(each) for each in taken.faults],
        "remarks": [str(each) for each in taken.remarks],
        "has_consent": bool(taken.consent),
        "looked_at": "" if taken.faults else signing.dumps(said, salt=SALT, compress=True),
        "count": len(taken.form.questions),
    }
    status = UNPROCESSABLE if taken.faults else 200
    return render(request, "responses/admin/workbooks/look.html", shown, status=status)


def _kind(question: Any) -> str:
    """Return the kind of a question in words: "Choice", "Short text"."""
    name = type(question).__name__.removesuffix("Question")
    if name == "Text":
        return "Short text" if question.is_short else "Long text"
    if name == "Choice" and question.several:
        return "Choice of several"
    return {"Monitoring": "Equality question", "Grid": "Grid of scales"}.get(name, name)


def _page(
    request: HttpRequest,
    consultation: Consultation,
    form: WorkbookForm,
    faults: Any = (),
) -> HttpResponse:
    shown = {"consultation": consultation, "form": form, "faults": faults}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "responses/admin/workbooks/choose.html", shown, status=status)


ADDRESSES = [
    path("surveys/<int:survey_id>/xlsform/", download, name="survey_xlsform"),
    path("consultations/<int:consultation_id>/xlsform/", make, name="make_from_xlsform"),
]
