"""The first page of results, for officers: every question of a survey with its answers counted.

Nothing is protected here and nothing is published: what the public sees is in `themes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.core.routing import ALWAYS
from folkmoot.responses import access
from folkmoot.responses.acts.counting import counted
from folkmoot.responses.models import Survey
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    MonitoringQuestion,
    Option,
    Question,
    RankingQuestion,
    SurveyForm,
    survey_form,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class CountedOption:
    """An option: how many chose it, and the share of those who answered, 0 to 1."""

    label: str
    count: int
    share: float

    @property
    def percent(self) -> str:
        """The share as printed."""
        return f"{self.share:.0%}"

    @property
    def bar(self) -> int:
        """The share as the width of a bar, in hundredths."""
        return round(self.share * 100)


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """A question: how many answered, declined and left it empty; its options where it has some.

    Of a ranking the options have how often each stood first. `is_routed` says that some were not
    asked, whom `empty` counts too.
    """

    number: int
    key: str
    title: str
    answered: int
    declined: int
    empty: int
    is_routed: bool
    is_several: bool
    is_ranking: bool
    options: tuple[CountedOption, ...]


@require_GET
@never_cache
def results(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the answers to a survey counted by question and option."""
    if not access.may_read_responses(request.user):
        raise PermissionDenied
    survey = get_object_or_404(Survey, pk=survey_id)
    found = counted(survey)
    shown = {
        "survey": survey,
        "responses": found.responses,
        "questions": list(_questions(survey_form(survey), found.answers, found.responses)),
    }
    return render(request, "responses/register/results.html", shown)


def _questions(
    form: SurveyForm, tally: Mapping[str, Counter[tuple[str, ...]]], responses: int
) -> Iterator[CountedQuestion]:
    numbers = form.numbers
    for step in form.steps:
        for question in step.questions:
            if isinstance(question, MonitoringQuestion):
                continue
            for part in question.parts:
                is_routed = step.shown_if != ALWAYS or question.shown_if != ALWAYS
                chosen = tally.get(part.key, Counter())
                yield _question(numbers[question.key], part, chosen, responses, is_routed)


def _question(
    number: int, part: Question, chosen: Counter[tuple[str, ...]], responses: int, is_routed: bool
) -> CountedQuestion:
    all_of_it = chosen.total()
    declined = chosen[(PREFER_NOT_TO_SAY,)]
    answered = all_of_it - declined
    is_ranking = isinstance(part, RankingQuestion)
    options: tuple[CountedOption, ...] = ()
    if isinstance(part, ChoiceQuestion | RankingQuestion):
        counts: Counter[str] = Counter()
        for codes, count in chosen.items():
            for code in codes[:1] if is_ranking else codes:
                counts[code] += count
        known = [each for each in part.options if each.code != PREFER_NOT_TO_SAY]
        offered = {each.code for each in known} | {PREFER_NOT_TO_SAY}
        gone = [
            Option(code, code) for code in sorted(counts) if code not in offered and counts[code]
        ]
        options = tuple(
            CountedOption(
                each.label, counts[each.code], counts[each.code] / answered if answered else 0.0
            )
            for each in (*known, *gone)
        )
    return CountedQuestion(
        number=number,
        key=part.key,
        title=part.title,
        answered=answered,
        declined=declined,
        empty=max(responses - all_of_it, 0),
        is_routed=is_routed,
        is_several=bool(getattr(part, "several", False)),
        is_ranking=is_ranking,
        options=options,
    )
