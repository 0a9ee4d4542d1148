"""The officer's list of signals without an explanation, and the form that explains one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from folkmoot.core.periods import Month
from folkmoot.core.readings import point_words
from folkmoot.performance.access import may_explain
from folkmoot.performance.acts import RefusedError, explain
from folkmoot.performance.desk.common import (
    TEMPLATES,
    UNPROCESSABLE,
    allowed,
    measures_on_show,
    places,
    tell,
)
from folkmoot.performance.desk.forms import CommentaryForm
from folkmoot.performance.explaining import Explained, said_of, signals
from folkmoot.performance.presenters import format_value
from folkmoot.performance.readings import figures_of, whole_area
from folkmoot.publishing.clock import now, today

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.performance.readings import MeasureFigures

EVERYWHERE = "every-area"


@require_GET
@never_cache
def unexplained(request: HttpRequest) -> HttpResponse:
    """List the changes that hold in the newest releases: those that nobody explained first."""
    allowed(request, may_explain)
    everywhere, whole = list(places()), whole_area()
    chosen = request.GET.get("area") or (whole.slug if whole else EVERYWHERE)
    areas = [each for each in everywhere if chosen in (EVERYWHERE, each.slug)]
    if not areas and everywhere:
        raise Http404(f"There is no area “{chosen}”.")
    found = signals(measures_on_show().exclude(series=""), areas, today())
    rows: list[dict[str, Any]] = [
        {
            "signal": each,
            "reading": each.figures.reading,
            "url": _form_url(each.figures, each.month),
        }
        for each in found
    ]
    shown = {
        "areas": everywhere,
        "chosen": chosen,
        "everywhere": EVERYWHERE,
        "waiting": [row for row in rows if row["signal"].explained is None],
        "explained": [row for row in rows if row["signal"].explained is not None],
    }
    return render(request, f"{TEMPLATES}/signals.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: HttpRequest, measure_id: int, area: str, month: str) -> HttpResponse:
    """Show a figure with what was said of it; on a post keep the next version."""
    by = allowed(request, may_explain)
    measure = get_object_or_404(measures_on_show(), pk=measure_id)
    place, at, asked = get_object_or_404(places(), slug=area), now(), _month(month)
    said = said_of(measure, place, asked, today())
    form = CommentaryForm(initial=_begun(said, measure.owner), use_required_attribute=False)
    status = 200
    if request.method == "POST":
        form = CommentaryForm(request.POST, use_required_attribute=False)
        if form.is_valid():
            try:
                explain(measure, place, asked, **form.cleaned_data, at=at, by=by)
            except RefusedError as refused:
                tell(form, refused)
                form = _seen_now(form, said)
            else:
                messages.success(
                    request, f"The public reads it now beside {asked.label} of “{measure.title}”."
                )
                return redirect("performance:signals")
        status = UNPROCESSABLE
    (figures,) = figures_of([measure], place, today())
    shown = _shown(figures, asked) | {"form": form, "said": said}
    return render(request, f"{TEMPLATES}/explain.html", shown, status=status)


@require_GET
@never_cache
def another_month(request: HttpRequest, measure_id: int, area: str) -> HttpResponse:
    """Go to the form of the month that was chosen."""
    allowed(request, may_explain)
    month = _month(request.GET.get("month", ""))
    return redirect("performance:explain", measure_id, area, str(month))


def _shown(figures: MeasureFigures, asked: Month) -> dict[str, Any]:
    """Return what the form's page prints of a figure and of the months beside it."""
    seen = figures.observed
    if seen is None or asked not in seen.months:
        raise Http404(
            f"No release has a figure of “{figures.measure.title}” for {figures.area.name} in "
            f"{asked.label}."
        )
    place = seen.months.index(asked)
    return {
        "measure": figures.measure,
        "area": figures.area,
        "reading": figures.reading,
        "month": asked,
        "value": format_value(figures, seen.values[place]),
        "unit": figures.unit,
        "words": point_words(figures.chart.points[place]) if figures.chart else "",
        "months": [(str(month), month.label) for month in reversed(seen.months)],
        "release": figures.release,
    }


def _begun(said: Explained | None, owner: str) -> dict[str, Any]:
    if said is None:
        return {"author": owner, "replaces": 0}
    return {"text": said.said.text, "author": said.said.author, "replaces": said.said.version}


def _seen_now(form: CommentaryForm, said: Explained | None) -> CommentaryForm:
    """Let the form know which version its page shows now, so that it can be saved again."""
    sent = {name: form.data[name] for name in form.data}
    form.data = sent | {"replaces": str(said.said.version if said else 0)}
    return form


def _form_url(figures: MeasureFigures, month: Month) -> str:
    return reverse("performance:explain", args=[figures.measure.pk, figures.area.slug, str(month)])


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error
