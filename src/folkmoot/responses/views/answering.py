"""The survey as a resident meets it: its start and its steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing.clock import now
from folkmoot.responses import arrivals, presenters, tokens
from folkmoot.responses.acts import DraftGoneError, begin_draft, save_step
from folkmoot.responses.forms import Checked, check_step, extras_of, written
from folkmoot.responses.models import SurveyClosedError
from folkmoot.responses.panels import published_address
from folkmoot.responses.paper.wording import shown_only_if
from folkmoot.responses.questions import BESIDE, TOKEN, FileQuestion
from folkmoot.responses.refusals import busy, refusal_of
from folkmoot.responses.served import asked_of
from folkmoot.responses.views import files
from folkmoot.responses.views.pages import (
    CHECK,
    LATER,
    UNPROCESSABLE,
    closed,
    lost,
    retry_after,
    see_other,
    sent_before,
    too_large,
)
from folkmoot.responses.visits import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.responses.forms import Posted
    from folkmoot.responses.models import Draft, Survey
    from folkmoot.responses.questions import Step, SurveyForm
    from folkmoot.responses.refusals import Refusal
    from folkmoot.responses.trials import Trial


def start(request: HttpRequest, survey: Survey, trial: Trial | None = None) -> HttpResponse:
    """Say what the survey asks, how long it takes, and whether it is open."""
    at = now()
    form = asked_of(survey).form
    visit = Visit(request, survey, form, at, trial)
    shown = {
        "page": survey,
        "form": form,
        "is_open": visit.may_go_on(None) and bool(form.steps),
        "is_over": at >= survey.consultation.closes_at and not visit.is_test,
        "is_test": visit.is_test,
        "is_preview": visit.is_preview,
        "consultation": survey.consultation,
        "sentence": presenters.state_sentence(survey, at),
        "grace": presenters.grace_words(survey.grace),
        "first": f"{visit.address}1/",
        "closing": visit.closing(None) if visit.may_go_on(None) else "",
        "responses_url": published_address(survey, at)
        if at >= survey.consultation.closes_at
        else "",
    }
    return render(request, "responses/start.html", shown)


@never_cache
def step(
    request: HttpRequest, survey: Survey, number: int, trial: Trial | None = None
) -> HttpResponse:
    """Ask the questions of a step; on a post keep the answers and go on."""
    visit = Visit(request, survey, asked_of(survey).form, now(), trial)
    asked = visit.form.step(number)
    if asked is None:
        raise Http404(f"This survey has no step {number}: it has {len(visit.form.steps)}.")
    if request.method == "POST":
        return _take_step(visit, asked)
    draft = visit.draft(visit.cookie_key())
    answers = dict(draft.answers) if draft else {}
    if not visit.may_go_on(draft):
        return closed(visit, answers)
    if not visit.is_preview and visit.form.on_the_way(answers).step(number) is None:
        # Nobody with these answers is asked what stands there.
        return see_other(_onward(visit, number, answers))
    key = draft.key if draft else tokens.new_key()
    return _step_page(visit, asked, Checked(answers=answers), key)


def _take_step(visit: Visit, asked: Step) -> HttpResponse:
    survey, form = visit.survey, visit.form
    try:
        posted = visit.request.POST
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return too_large(visit, asked.number)
    token = tokens.read(posted.get(TOKEN, ""))
    name = visit.form_name(str(asked.number))
    refused = refusal_of(visit.request, token, survey.pk, name, visit.revision)
    key = token.draft_key if token and token.survey_id == survey.pk else visit.cookie_key()
    draft = visit.draft(key)
    before = dict(draft.answers) if draft else {}
    shown = form.on_the_way(before)
    checked = _check(form, asked, files.without_numbers(posted, asked, before), before)
    files.refuse_strays(visit.request, asked, checked)
    if draft is None and (sent := visit.response(key)):
        return sent_before(visit, sent, checked)
    if not visit.may_go_on(draft):
        return closed(visit, (draft.answers if draft else {}) | checked.answers)
    if refused:
        return _refused_page(visit, draft, asked, checked, key, refused)
    later, has_files = LATER in visit.request.GET, bool(visit.request.FILES)
    # Files are read before the transaction: in it nobody else can write.
    if has_files and (seconds := visit.wait(arrivals.STEPS)):
        return _busy_page(visit, asked, checked, key, seconds)
    arrived = files.read(visit, asked)
    try:
        with transaction.atomic():
            if not has_files and (seconds := visit.wait(arrivals.STEPS)):
                return _busy_page(visit, asked, checked, key, seconds)
            draft = begin_draft(survey, key, visit.at, is_test=visit.is_test, known=draft)
            files.take_files(visit, draft, asked, checked, arrived)
            if not checked.is_right and not (later and _is_unfinished(checked)):
                if checked.marked and not checked.unknown:
                    # A map was pressed, which sends its form: nobody meant to go on yet.
                    return visit.remember(_marked_page(visit, asked, checked, key), key)
                page = _step_page(visit, asked, checked, key, UNPROCESSABLE)
                return visit.remember(page, key)
            save_step(draft, checked, visit.at)
    except SurveyClosedError:
        return closed(visit, checked.answers)
    except DraftGoneError:
        # Another tab sent it between the reading and the saving.
        sent = visit.response(key)
        return sent_before(visit, sent, checked) if sent else lost(visit)
    if checked.marked:
        address = f"{visit.address}{asked.number}/#field-{checked.marked}"
        return visit.remember(see_other(address), key)
    if later:
        return visit.remember(see_other(f"{visit.address}{LATER}/"), key)
    answers = draft.answers | checked.answers
    if more := _brought_up(asked, shown, form.on_the_way(answers)):
        # An answer on this page brings up a question on this page.
        address = f"{visit.address}{asked.number}/?more=1#field-{more}"
        return visit.remember(see_other(address), key)
    return visit.remember(see_other(_onward(visit, asked.number, answers)), key)


def _busy_page(visit: Visit, asked: Step, checked: Checked, key: str, seconds: int) -> HttpResponse:
    """Return the page of a step that came over a connection that sent very many."""
    wait = busy(seconds)
    files.say_unkept(visit, asked, checked)
    checked.errors = {"": wait.sentence, **checked.errors}
    return retry_after(_step_page(visit, asked, checked, key, wait.status), wait)


def _refused_page(
    visit: Visit, draft: Draft | None, asked: Step, checked: Checked, key: str, refused: Refusal
) -> HttpResponse:
    """Return the page of a step that was not taken as it came, with what was typed and sent."""
    stray = checked.errors.get("", "")
    try:
        kept = files.keep_refused(visit, draft, key, asked, checked, refused)
    except SurveyClosedError:
        return closed(visit, checked.answers)
    except DraftGoneError:
        return lost(visit)
    sentences = " ".join(filter(None, (refused.sentence, kept, stray)))
    checked.errors.pop("", None)
    checked.errors = {"": sentences, **checked.errors}
    page = _step_page(visit, asked, checked, key or tokens.new_key(), refused.status)
    return visit.remember(page, key) if kept else page


def _check(form: SurveyForm, asked: Step, posted: Posted, before: dict[str, Any]) -> Checked:
    """Check a step by what was shown, and is still asked with the answers just given."""
    shown = form.on_the_way(before)
    # Which fields stand beside the questions may have changed with the answers: all are read.
    extras = tuple(
        dict.fromkeys((*extras_of(shown, asked), *extras_of(form, asked), *_extras(posted)))
    )
    given = check_step(asked, posted, extras=extras).answers
    still = form.on_the_way(before | given).step(asked.number)
    was = shown.step(asked.number)
    keys = (
        {q.key for q in still.questions} & {q.key for q in was.questions} if still and was else ()
    )
    return check_step(asked, posted, extras=extras, asked=keys)


def _marked_page(visit: Visit, asked: Step, checked: Checked, key: str) -> HttpResponse:
    """Return the page of a step with the mark on its map, and what was typed beside it.

    Only a file that was not kept is said at once: it does not come back with the page.
    """
    sent = {each.key for each in asked.questions if isinstance(each, FileQuestion)}
    errors = {name: error for name, error in checked.errors.items() if name in sent}
    shown = Checked(answers=checked.answers, errors=errors)
    return _step_page(visit, asked, shown, key, UNPROCESSABLE if errors else 200)


def _is_unfinished(checked: Checked) -> bool:
    """Whether all that is wrong is that something is missing: it can be kept until later."""
    said = {
        name for name, values in checked.answers.items() if any(value.strip() for value in values)
    }
    return all(
        key and not any(name == key or name.startswith(f"{key}--") for name in said)
        for key in checked.errors
    )


def _extras(posted: Posted) -> list[str]:
    names = set(posted.keys())
    return [name for name in BESIDE if name in names]


def _brought_up(asked: Step, before: SurveyForm, after: SurveyForm) -> str:
    """Return the key of the first question of a step that an answer on it brought up."""
    was, now_asked = before.step(asked.number), after.step(asked.number)
    if was is None or now_asked is None:
        return ""
    seen = {question.key for question in was.questions}
    return next((each.key for each in now_asked.questions if each.key not in seen), "")


def _onward(visit: Visit, number: int, answers: dict[str, Any]) -> str:
    """Return the address that follows a step for somebody with these answers."""
    following = visit.form.on_the_way(answers).after(number)
    return f"{visit.address}{following.number if following else CHECK}/"


def _step_page(
    visit: Visit, asked: Step, checked: Checked, key: str, status: int = 200
) -> HttpResponse:
    survey, kept = visit.survey, visit.draft(key)
    form = visit.form.on_the_way(kept.answers if kept else {})
    if visit.is_preview:
        form = visit.form
    on_the_way = {question.key for question in form.questions}
    asked = replace(
        asked,
        questions=tuple(
            question
            for question in asked.questions
            # What was typed is shown again even where the question is no longer asked.
            if question.key in on_the_way or (status != 200 and written(checked.answers, question))
        ),
    )
    fields = presenters.fields(
        asked,
        checked,
        visit.form.numbers,
        presenters.file_names(kept, asked.questions),
        presenters.pictures_of(asked.questions),
    )
    if visit.is_preview:
        for printed, question in zip(fields, asked.questions, strict=True):
            printed["only_if"] = shown_only_if(question.shown_if, form)
    before = form.before(asked.number)
    shown: dict[str, Any] = {
        "page": survey,
        "step": asked,
        "place": form.place(asked.number),
        "of": len(form.steps),
        "has_more": "more" in visit.request.GET,
        "is_test": visit.is_test,
        "is_preview": visit.is_preview,
        "only_if": shown_only_if(asked.shown_if, form) if visit.is_preview else "",
        "steps": presenters.progress(form, asked.number, visit.address),
        "fields": fields,
        "takes_files": any(isinstance(each, FileQuestion) for each in asked.questions),
        "errors": presenters.error_list(checked),
        "unknown": presenters.unknown(checked),
        "closing": visit.closing(kept),
        "changes": bool(kept and kept.of_response_id),
        "later": "" if visit.is_test else f"{visit.address}{asked.number}/?{LATER}=1",
        "token": visit.token(key, str(asked.number)),
        "action": f"{visit.address}{asked.number}/",
        "back": f"{visit.address}{before.number}/" if before else visit.address,
        **presenters.extra_fields(extras_of(form, asked), checked, survey.monitoring_consent_text),
    }
    return render(visit.request, "responses/step.html", shown, status=status)
