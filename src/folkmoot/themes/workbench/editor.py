"""The code frame editor: all themes at once, one theme with its rules, and the versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from folkmoot.publishing.clock import now
from folkmoot.publishing.search.words import words
from folkmoot.responses.finding import answers_with
from folkmoot.themes.access import may_confirm_themes
from folkmoot.themes.acts import editing as acts
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.undoing import undo_version
from folkmoot.themes.models import AssignedTheme, Assignment, FrameVersion, Theme
from folkmoot.themes.presenters.frames import listed_themes, version_changes
from folkmoot.themes.workbench.common import (
    TEMPLATES,
    UNPROCESSABLE,
    allowed,
    asked,
    back,
    bench,
    current_frame,
    number,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PREVIEWED = 50
EXEMPLARS_SHOWN = 5


@require_GET
@never_cache
def frame(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Show every theme of a question with its place, its answers and who stands behind it."""
    allowed(request)
    survey, question = asked(survey_id, key)
    found = current_frame(survey_id, key)
    context = {
        **bench(request.user, survey, question),
        "frame": found,
        "themes": listed_themes(found),
        "merged": found.themes.filter(stands_in__isnull=False).select_related("stands_in"),
    }
    return render(request, f"{TEMPLATES}/frame.html", context)


@require_POST
def accept(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Accept the themes that were ticked."""
    user = allowed(request, may_confirm_themes)
    found = current_frame(survey_id, key)
    chosen = [pk for each in request.POST.getlist("chosen") if (pk := number(each))]
    themes = list(found.themes.filter(pk__in=chosen))
    many = acts.accept_themes(found, themes, user, now())
    if not many:
        messages.info(request, "Nothing was accepted: tick themes that are not accepted yet.")
        return back(request, "themes:frame", found)
    told = "1 theme is accepted." if many == 1 else f"{many} themes are accepted."
    return back(request, "themes:frame", found, told)


@require_POST
def add(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """Add a theme that the machine did not suggest."""
    user = allowed(request, may_confirm_themes)
    found = current_frame(survey_id, key)
    try:
        made = acts.add_theme(found, request.POST.get("label", ""), found.version, user, now())
    except ThemesError as error:
        messages.error(request, str(error))
        return back(request, "themes:frame", found)
    messages.success(request, f"“{made.label}” is added. Write what belongs in it.")
    return redirect("themes:theme", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def theme(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Show one theme to be named, described and moved; on a post save what was written."""
    user = allowed(request)
    found = _theme(theme_id)
    if request.method != "POST":
        return _theme_page(request, found)
    allowed(request, may_confirm_themes)
    written = {name: request.POST.get(name, "") for name in acts.WRITTEN if name in request.POST}
    parent: Theme | str | None = ""
    if "parent" in request.POST:
        chosen = number(request.POST["parent"])
        parent = Theme.objects.filter(pk=chosen, frame=found.frame_id).first() if chosen else None
    try:
        acts.describe_theme(
            found, written, number(request.POST.get("seen")) or 0, user, now(), parent=parent
        )
    except ThemesError as error:
        return _theme_page(request, _theme(theme_id), str(error), typed=request.POST)
    told = f"Theme {found.number}, “{found.label}”, is saved."
    return back(request, "themes:frame", found.frame, told)


@require_POST
def merge(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Let another theme stand in the place of one."""
    user = allowed(request, may_confirm_themes)
    found = _theme(theme_id)
    chosen = number(request.POST.get("into"))
    into = Theme.objects.filter(pk=chosen, frame=found.frame_id).first() if chosen else found
    try:
        acts.merge_themes(found, into or found, number(request.POST.get("seen")) or 0, user, now())
    except ThemesError as error:
        return _theme_page(request, _theme(theme_id), str(error), typed=request.POST)
    told = (
        f"“{found.label}” is merged into “{into.label if into else ''}”. Its address leads there."
    )
    return back(request, "themes:frame", found.frame, told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def split(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Show which answers of a theme words find; on a post make a theme of those chosen."""
    found = _theme(theme_id)
    if request.method != "POST":
        allowed(request)
        return _split_page(request, found, request.GET)
    user = allowed(request, may_confirm_themes)
    given = request.POST
    if given.get("which") == "found" and given.get("q", "").strip():
        chosen = list(_answers(found, given["q"]).values_list("pk", flat=True))
    else:
        chosen = [key for each in given.getlist("chosen") if (key := number(each))]
    try:
        made = acts.split_theme(
            found, given.get("label", ""), chosen, number(given.get("seen")) or 0, user, now()
        )
    except ThemesError as error:
        return _split_page(request, _theme(theme_id), given, str(error))
    told = f"“{made.label}” is split from “{found.label}” with {len(chosen):,} answers."
    return back(request, "themes:frame", found.frame, told)


@require_GET
@never_cache
def versions(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """List every version of a code frame, the last first."""
    allowed(request)
    survey, question = asked(survey_id, key)
    found = current_frame(survey_id, key)
    kept = list(found.versions.select_related("by").defer("themes", "moved"))
    context = {
        **bench(request.user, survey, question),
        "versions": kept,
        "undone": {each.undoes for each in kept if each.undoes},
    }
    return render(request, f"{TEMPLATES}/versions.html", context)


@require_GET
@never_cache
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show the themes as one version left them, and what it changed."""
    allowed(request)
    found = _version(version_id)
    survey, question = asked(found.frame.survey_id, found.frame.question)
    before = FrameVersion.objects.filter(frame=found.frame, number=found.number - 1).first()
    context = {
        **bench(request.user, survey, question),
        "version": found,
        "changes": version_changes(found, before),
        "themes": version_changes(found, None),
    }
    return render(request, f"{TEMPLATES}/version.html", context)


@require_POST
def undo(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take back what one version changed."""
    user = allowed(request, may_confirm_themes)
    found = _version(version_id)
    try:
        undone = undo_version(found, user, now())
    except ThemesError as error:
        messages.error(request, str(error))
        return back(request, "themes:versions", found.frame)
    return back(request, "themes:versions", found.frame, f"{undone.what}.")


def _theme(theme_id: int) -> Theme:
    themes = Theme.objects.select_related("frame__survey", "stands_in", "parent")
    return get_object_or_404(themes, pk=theme_id, frame__is_current=True)


def _version(version_id: int) -> FrameVersion:
    versions = FrameVersion.objects.select_related("frame__survey", "by")
    return get_object_or_404(versions, pk=version_id, frame__is_current=True)


def _theme_page(
    request: HttpRequest, found: Theme, fault: str = "", *, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    survey, question = asked(found.frame.survey_id, found.frame.question)
    written: dict[str, Any] = {name: getattr(found, name) for name in acts.WRITTEN}
    written |= {name: typed[name] for name in acts.WRITTEN if typed and name in typed}
    others = list(found.frame.themes.standing().exclude(pk=found.pk))
    best = AssignedTheme.objects.filter(theme=found, exemplar_rank__lte=EXEMPLARS_SHOWN)
    context = {
        **bench(request.user, survey, question),
        "theme": found,
        "written": written,
        "kept": {name: getattr(found, name) for name in acts.WRITTEN},
        "parent": number(typed["parent"]) if typed and "parent" in typed else found.parent_id,
        "others": others,
        "parents": [each for each in others if each.parent_id is None],
        "exemplars": best.order_by("exemplar_rank").values_list(
            "assignment__answer__text", flat=True
        ),
        "fault": fault,
    }
    status = UNPROCESSABLE if fault else 200
    return render(request, f"{TEMPLATES}/theme.html", context, status=status)


def _split_page(
    request: HttpRequest, found: Theme, given: Mapping[str, str], fault: str = ""
) -> HttpResponse:
    survey, question = asked(found.frame.survey_id, found.frame.question)
    sought = given.get("q", "").strip()[:200]
    answers = _answers(found, sought)
    context = {
        **bench(request.user, survey, question),
        "theme": found,
        "q": sought,
        "label": given.get("label", ""),
        "found": answers.count(),
        "all": _answers(found, "").count() if sought else None,
        "answers": list(answers[:PREVIEWED]),
        "most": PREVIEWED,
        "fault": fault,
    }
    status = UNPROCESSABLE if fault else 200
    return render(request, f"{TEMPLATES}/split.html", context, status=status)


def _answers(found: Theme, sought: str) -> QuerySet[Assignment]:
    """Return where answers that mention a theme stand, those with all words sought."""
    family = Theme.objects.filter(Q(pk=found.pk) | Q(stands_in=found.pk)).values("pk")
    mentions = AssignedTheme.objects.filter(stands=True, theme__in=family)
    answers = Assignment.objects.filter(pk__in=mentions.values("assignment"))
    if terms := words(sought):
        answers = answers.filter(answer__in=answers_with(terms).values("pk"))
    return answers.select_related("answer").order_by("pk")
