"""What is compared: each area's rate for 12 months, or its share of people asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from folkmoot.core.funnel import Funnel, Placed, places, rate_funnel
from folkmoot.core.intervals import Interval, wilson
from folkmoot.core.periods import Month
from folkmoot.core.rates import Population, Rate, population_for, rate
from folkmoot.core.readings import DESIGN_EFFECT
from folkmoot.performance.models import Area, Release
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.readings import MeasureFigures, figures_in
from folkmoot.performance.residents import Residents, residents
from folkmoot.plans.models import Measure
from folkmoot.sources.population import FOOTFALL

MONTHS = 12
# Events so rare that their rates for a thousand would be noughts alone are given for more.
PER, PER_OF_RARE, RAREST = 1_000, 100_000, 0.1
# One level at a time: figures of two levels are not to be set beside one another.
LEVELS = (Area.Kind.BOROUGH, Area.Kind.FORCE)
NO_FIGURE = "[x] no figure for every one of the 12 months"
NO_SHARE = "[x] no figure for this quarter"
NO_BASE = "[x] interviews not known, so chance cannot be told from difference"
NO_WHOLE = "[x] no interval of the whole to hold it against"
NO_PLACE = "[z] no place with residents, so no rate"
NO_RESIDENTS = "[x] no population known, so no rate"
CROWDED = (
    "Far more people are there than live there: a rate by residents says little of the risk to "
    "each, so it does not help to set the line"
)
HIGHER, SAME, LOWER = (
    "Higher than {whole}, by more than chance",
    "About the same as {whole}",
    "Lower than {whole}, by more than chance",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One area. `value` is what is compared, None where there is none; `missing` then says why.

    `among` is residents, or interviews; `side` is 1 or -1 where the area differs by more than
    chance, and `verdict` says so in words.
    """

    figures: MeasureFigures
    count: float | None = None
    value: float | None = None
    interval: Interval | None = None
    among: float | None = None
    side: int = 0
    verdict: str = ""
    caveat: str = ""
    missing: str = ""
    placed: Placed | None = None

    @property
    def area(self) -> Area:
        """The area that the figures are of."""
        return self.figures.area


@dataclass(frozen=True, slots=True)
class Comparison:
    """All areas of one level on one measure for the 12 months that end with `last`.

    `line` is what they are held against: a rate for so many (`per`), or the share of the whole;
    None where there are counts alone. `rows` are in the order in which they are shown.
    """

    measure: Measure
    whole: MeasureFigures
    rows: tuple[Row, ...]
    last: Month
    per: float = PER
    line: float | None = None
    line_interval: Interval | None = None
    funnel: Funnel | None = None
    population: Population | None = None
    residents: Release | None = None

    @property
    def is_survey(self) -> bool:
        """Whether shares of people asked are compared, not rates."""
        return self.whole.is_survey

    @property
    def first(self) -> Month:
        """The first of the 12 months."""
        return self.last.shift(1 - MONTHS)

    @property
    def compared(self) -> list[Row]:
        """The areas that have a value, in order."""
        return [row for row in self.rows if row.value is not None]

    def on_side(self, side: int) -> list[Row]:
        """Return the areas that differ by more than chance in one direction."""
        return [row for row in self.rows if row.side == side]


def compare(
    measure: Measure, whole: Area, known_on: date, up_to: Month | None
) -> Comparison | None:
    """Return all areas beside one another as known on a day; None where there is no figure.

    Constant in its queries, however many areas there are.
    """
    kinds = (*LEVELS, Area.Kind.PSEUDO)
    areas = list(Area.objects.filter(kind__in=kinds).order_by("name"))
    found = figures_in([measure], [whole, *areas], known_on, up_to)
    of_whole, figures = found[0], _of_one_level(found[1:])
    ends = [each.observed.months[-1] for each in (of_whole, *figures) if each.observed]
    if not figures or not ends:
        return None
    last = max(ends)
    if of_whole.is_survey:
        return _of_shares(measure, of_whole, figures, last)
    people = residents(areas, latest_releases(known_on))
    return _of_counts(measure, of_whole, figures, last, people)


def _of_one_level(figures: Sequence[MeasureFigures]) -> list[MeasureFigures]:
    """Return the areas of the first level that has figures, and what is no place."""
    given = [each for each in figures if each.is_given]
    for level in LEVELS:
        if any(each.observed and each.area.kind == level for each in given):
            return [
                each
                for each in given
                if each.area.kind == level or (each.area.kind == Area.Kind.PSEUDO and each.observed)
            ]
    return []


def _of_shares(
    measure: Measure, whole: MeasureFigures, figures: Sequence[MeasureFigures], last: Month
) -> Comparison:
    line, _, around = _share(whole, last)
    rows = []
    for each in figures:
        share, base, interval = _share(each, last)
        if share is None or interval is None or around is None:
            rows.append(Row(each, missing=NO_SHARE if share is None else _why(interval)))
            continue
        side = (interval.lower > around.upper) - (interval.upper < around.lower)
        words = {1: HIGHER, 0: SAME, -1: LOWER}[side].format(whole=whole.area.name)
        rows.append(Row(each, value=share, among=base, interval=interval, side=side, verdict=words))
    # Those that are about the same are told apart by chance alone, so their order is that of names.
    rows.sort(key=lambda row: (row.value is None, -row.side))
    return Comparison(measure, whole, tuple(rows), last, per=1, line=line, line_interval=around)


def _why(interval: Interval | None) -> str:
    """Return why a share that is there is not compared."""
    return NO_BASE if interval is None else NO_WHOLE


def _share(
    figures: MeasureFigures, last: Month
) -> tuple[float | None, float | None, Interval | None]:
    """Return the share at a quarter, the interviews behind it, and its interval."""
    seen = figures.observed
    if seen is None or seen.months[-1] != last:
        return None, None, None
    share, base = seen.values[-1], seen.bases[-1]
    return share, base, wilson(share, base / DESIGN_EFFECT) if base else None


def _of_counts(
    measure: Measure,
    whole: MeasureFigures,
    figures: Sequence[MeasureFigures],
    last: Month,
    people: Residents,
) -> Comparison:
    middle = last.shift(-MONTHS // 2)
    rows, populations = [], {}
    for each in figures:
        count = _year_to(each, last)
        row = Row(each, count=count, missing="" if count is not None else NO_FIGURE)
        population = population_for(middle, people.by_area.get(each.area.slug, {}))
        if each.area.kind == Area.Kind.PSEUDO:
            row = replace(row, missing=NO_PLACE)
        elif count is not None and population is None:
            row = replace(row, missing=NO_RESIDENTS)
        elif count is not None and population is not None:
            row = replace(row, caveat=CROWDED if each.area.name in FOOTFALL else "")
            populations[each.area.pk] = population
        rows.append(row)
    plain = Comparison(measure, whole, tuple(rows), last, residents=people.release)
    if all(row.caveat for row in rows if row.area.pk in populations):
        return plain
    return _with_rates(plain, populations)


def _with_rates(plain: Comparison, populations: Mapping[int, Population]) -> Comparison:
    """Return a comparison of counts with their rates, the funnel around them, and their order."""
    rated = [row for row in plain.rows if row.area.pk in populations and row.count is not None]
    counts = [row.count or 0.0 for row in rated]
    people = [populations[row.area.pk].residents for row in rated]
    funnel = rate_funnel(counts, people, sets_line=[not row.caveat for row in rated])
    per = PER if funnel.line * PER >= RAREST else PER_OF_RARE
    rates = [_rate(row, populations[row.area.pk], per) for row in rated]
    shown = []
    for row, each, placed in zip(
        rated, rates, places([each.interval for each in rates]), strict=True
    ):
        position = funnel.position(row.count or 0.0, each.population.residents)
        shown.append(
            replace(
                row,
                value=each.value,
                interval=each.interval,
                among=each.population.residents,
                side=position.side,
                verdict=position.value,
                placed=placed,
            )
        )
    shown.sort(key=lambda row: -(row.value or 0.0))
    others = [row for row in plain.rows if row.area.pk not in populations]
    return replace(
        plain,
        rows=(*shown, *others),
        per=per,
        line=funnel.line * per,
        funnel=funnel,
        population=next(iter(populations.values())),
    )


def _rate(row: Row, population: Population, per: float) -> Rate:
    return rate(
        row.count or 0.0, population, per=per, has_footfall=bool(row.caveat), caveat=row.caveat
    )


def _year_to(figures: MeasureFigures, last: Month) -> float | None:
    """Return the sum of the 12 months to a month; None where one of them is missing."""
    seen = figures.observed
    if seen is None or seen.months[-MONTHS:] != tuple(
        last.shift(back) for back in range(1 - MONTHS, 1)
    ):
        return None
    return sum(seen.values[-MONTHS:])
