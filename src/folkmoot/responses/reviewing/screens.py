"""The screens of publishing: surveys with their switch, and the review of a response."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.accounts.models import User
from folkmoot.core.disclosure import SMALLEST_SHOWN
from folkmoot.publishing.clock import now
from folkmoot.responses import access, publishable
from folkmoot.responses.acts import reviewing
from folkmoot.responses.models import Answer, Decision, Publishing, Response, Survey
from folkmoot.responses.presenters import moment
from folkmoot.responses.publishable import REASONS
from folkmoot.responses.querysets import (
    form_as_seen,
    public_from,
    public_responses,
    responses_are_public,
    reviewable,
    unreviewed,
)
from folkmoot.responses.questions import survey_form
from folkmoot.responses.reviewing.posts import mark, verdicts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


class PublishingForm(forms.Form):
    """Whether and from when a survey's responses are public."""

    is_on = forms.BooleanField(label="Publish reviewed responses", required=False)
    from_at = forms.DateTimeField(
        label="From",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Empty: from the closing of the consultation on.",
    )
    smallest = forms.IntegerField(
        label="List none where a filter leaves fewer than",
        min_value=reviewing.LEAST_SMALLEST,
        max_value=1000,
        initial=SMALLEST_SHOWN,
    )


@require_GET
@never_cache
def surveys(request: HttpRequest) -> HttpResponse:
    """List the surveys with how far the review of each is."""
    if not access.may_see_publishing(request.user):
        raise PermissionDenied
    return _surveys_page(request)


@require_POST
def switch(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Let the reviewed responses of a survey be public, or not."""
    if not isinstance(request.user, User) or not access.may_publish_responses(request.user):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=survey_id)
    form = PublishingForm(request.POST, prefix=f"survey-{survey.pk}")
    if not form.is_valid():
        return _surveys_page(request, wrong=(survey.pk, form))
    given = form.cleaned_data
    reviewing.set_publishing(
        survey,
        request.user,
        now(),
        is_on=given["is_on"],
        from_at=given["from_at"],
        smallest=given["smallest"],
    )
    said = "are published once reviewed" if given["is_on"] else "are not published"
    messages.success(request, f"Responses to “{survey.title}” {said}.")
    return redirect("responses:publishing")


@require_GET
def following(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Lead to the next response to review, after the one named or from the first."""
    if not access.may_review_responses(request.user):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=survey_id)
    waiting = unreviewed(reviewable(survey, publishable.publishable(survey_form(survey))))
    after = request.GET.get("after", "")
    reviewed = Response.objects.filter(pk=after).first() if after.isdecimal() else None
    found = None
    if reviewed is not None:
        later = Q(submitted_at__gt=reviewed.submitted_at) | Q(
            submitted_at=reviewed.submitted_at, pk__gt=reviewed.pk
        )
        found = waiting.filter(later).first()
    found = found or waiting.first()
    if found is None:
        messages.success(request, f"Every response to “{survey.title}” is reviewed.")
        return redirect("responses:publishing")
    return redirect("responses:review", found.pk)


@never_cache
def review(request: HttpRequest, response_id: int) -> HttpResponse:
    """Show a response to its reviewer; on a post keep the verdicts and go on to the next."""
    if not isinstance(request.user, User) or not access.may_review_responses(request.user):
        raise PermissionDenied
    response = get_object_or_404(
        Response.objects.select_related("survey", "version__survey", "respondent"), pk=response_id
    )
    if request.method != "POST":
        return _review_page(request, response)
    answers = list(response.answers.all())
    try:
        reviewing.review(response, verdicts(request.POST, answers), request.user, now())
    except reviewing.ReviewError as error:
        return _review_page(request, response, error=str(error))
    messages.success(request, f"{response.reference} is reviewed.")
    if request.POST.get("then") == "stay":
        return redirect("responses:review", response.pk)
    address = redirect("responses:review_next", response.survey_id)
    address["Location"] += f"?after={response.pk}"
    return address


def _surveys_page(
    request: HttpRequest, wrong: tuple[int, PublishingForm] | None = None
) -> HttpResponse:
    at = now()
    rows = []
    kept = {each.survey_id: each for each in Publishing.objects.select_related("changed_by")}
    for survey in Survey.objects.order_by("-pk"):
        asked = reviewable(survey, publishable.publishable(survey_form(survey)))
        publishing = kept.get(survey.pk)
        initial = {
            "is_on": publishing is not None,
            "from_at": publishing.from_at if publishing else None,
            "smallest": publishing.smallest if publishing else SMALLEST_SHOWN,
        }
        form = PublishingForm(initial=initial, prefix=f"survey-{survey.pk}")
        rows.append(
            {
                "survey": survey,
                "agreed": asked.count(),
                "waiting": unreviewed(asked).count(),
                "public": public_responses(survey).count(),
                "is_public": responses_are_public(survey, at),
                "publishing": publishing,
                "from": moment(public_from(publishing, survey)) if publishing else "",
                "form": wrong[1] if wrong and wrong[0] == survey.pk else form,
            }
        )
    shown = {
        "rows": rows,
        "may_review": access.may_review_responses(request.user),
        "may_publish": access.may_publish_responses(request.user),
    }
    status = UNPROCESSABLE if wrong else 200
    return render(request, "responses/reviewing/surveys.html", shown, status=status)


def _review_page(request: HttpRequest, response: Response, error: str = "") -> HttpResponse:
    asked = publishable.publishable(form_as_seen(response))
    answers = {each.question: each for each in response.answers.select_related("review")}
    shown = {
        "response": response,
        "sender": publishable.sender(response),
        "received": moment(response.submitted_at),
        "answers": [
            _answer(number, part.title, answers[key], request.POST)
            | {"lines": publishable.lines(part, answers[key])}
            for key, (number, part) in asked.items()
            if key in answers
        ],
        "left_out": len([key for key in answers if key not in asked]),
        "reasons": REASONS,
        "error": error,
        "decisions": Decision.choices,
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "responses/reviewing/review.html", shown, status=status)


def _answer(number: int, title: str, answer: Answer, posted: Any) -> dict[str, Any]:
    """Return what the form of one answer prints: as posted, as reviewed before, or fresh."""
    before = getattr(answer, "review", None)
    suggestions = publishable.suggested(answer)
    spans = publishable.spans_of(before.spans) if before else []
    typed = publishable.typed_in(answer)
    if posted:
        decision = posted.get(f"decision-{answer.pk}", "")
        ticked = set(posted.getlist(f"take-{answer.pk}"))
        marked = posted.get(f"spans-{answer.pk}", "")
    else:
        # What needs no second look is approved unless the reviewer says otherwise.
        fresh = "" if typed else Decision.APPROVED
        decision = before.decision if before else fresh
        places = {mark(span) for span in suggestions}
        ticked = {mark(span) for span in spans} & places if before else places
        marked = json.dumps([span.kept() for span in spans if mark(span) not in places])
    return {
        "key": answer.pk,
        "number": number,
        "title": title,
        "texts": [{"field": field, "text": text} for field, text in typed.items()],
        "is_text": bool(typed),
        "decision": decision,
        "suggestions": [
            {
                "mark": mark(span),
                "text": typed[span.field][span.start : span.end],
                "reason": span.reason,
                "is_ticked": mark(span) in ticked,
            }
            for span in suggestions
        ],
        "marked": marked,
        "phrases": posted.get(f"phrases-{answer.pk}", ""),
        "why": posted.get(f"why-{answer.pk}", ""),
        "reason": posted.get(f"reason-{answer.pk}", before.reason if before else ""),
        "reviewed": before,
    }
