"""What an address of a dashboard names: what was asked, and the measure it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from folkmoot.performance import asked
from folkmoot.performance.querysets import known_releases
from folkmoot.performance.readings import figures_of, measures_of
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import local, now

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.performance.asked import Asked
    from folkmoot.performance.models import Area, Dashboard, Release
    from folkmoot.performance.readings import MeasureFigures


@dataclass(frozen=True, slots=True)
class Found:
    """A measure for an area, as asked, with its figures and the releases known by that day."""

    asked: Asked
    area: Area
    figures: MeasureFigures
    known: dict[str, list[Release]]

    @property
    def measure(self) -> Measure:
        """The measure."""
        return self.figures.measure

    @property
    def is_qualitative(self) -> bool:
        """Whether the measure is read, not counted."""
        return self.measure.kind == Measure.Kind.QUALITATIVE


def what_is_asked(request: HttpRequest) -> Asked:
    """Return what the address of a request asks for, as of today. Raises Http404."""
    return asked.read(request.GET, local(now()).date())


def measure_of(page: Dashboard, slug: str) -> Measure:
    """Return the measure of a dashboard's plan. Raises Http404 with a sentence."""
    for measure in measures_of(page.statutory_plan):
        if measure.slug == slug:
            return measure
    raise Http404(f"There is no measure '{slug}' in this plan.")


def area_of(wanted: Asked) -> Area:
    """Return the area that was asked for. Raises Http404 before anything was imported."""
    if wanted.area is None:
        raise Http404("No figures have been imported yet.")
    return wanted.area


def find(request: HttpRequest, page: Dashboard, slug: str) -> Found:
    """Return the measure, area and figures that an address names. Raises Http404."""
    measure, wanted = measure_of(page, slug), what_is_asked(request)
    area = area_of(wanted)
    figures = figures_of([measure], area, wanted.known_on, wanted.up_to)[0]
    return Found(wanted, area, figures, known_releases(wanted.known_on))
