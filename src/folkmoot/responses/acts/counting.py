"""Counts of answers, kept as far as they go so that a page need not count 100,000 responses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction
from django.db.models import Count, Exists, F, Max, Q, Value

from folkmoot.responses.models import (
    Answer,
    CountedAnswers,
    FrozenCount,
    MonitoringAnswer,
    Response,
    Standing,
    Survey,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

# What was chosen together, and how many chose it, by question.
Tally: TypeAlias = dict[str, Counter[tuple[str, ...]]]

# So many responses are counted when a page asks; more are added to what is kept.
MOST_AT_ASKING = 2_000


@dataclass(frozen=True, slots=True)
class Counted:
    """How many responses to a survey stand, and what they chose."""

    responses: int
    answers: Tally


def counted(survey: Survey) -> Counted:
    """Return the answers of all responses to a survey that stand, counted.

    As many queries whatever there is; where much came since the counts were kept last, they are
    brought up to date first.
    """
    kept = CountedAnswers.objects.filter(survey=survey).first()
    if kept is None or not _holds(kept) or _later(survey, kept.up_to) > MOST_AT_ASKING:
        kept = keep_counts(survey)
    tally = _read(kept)
    gone = Answer.objects.filter(
        response__survey=survey,
        response__standing__in=[each for each in Standing if each != Standing.STANDS],
        response__lte=kept.up_to,
    )
    for question, choices in _tally(gone).items():
        tally.setdefault(question, Counter()).subtract(choices)
    came = Answer.objects.filter(
        response__survey=survey, response__standing=Standing.STANDS, response__gt=kept.up_to
    )
    for question, choices in _tally(came).items():
        tally.setdefault(question, Counter()).update(choices)
    return Counted(Response.objects.standing().filter(survey=survey).count(), tally)


def counted_before(survey: Survey, until: datetime) -> Tally:
    """Return the answers of the responses that stand and came before an instant, counted.

    At most four queries, and nothing is written: where none are kept that hold, all are counted.
    """
    kept = _kept_or_none(survey)
    tally = _read(kept)
    came, gone = _came_and_gone(survey, kept, until)
    for responses, sign in ((came, 1), (gone, -1)):
        for question, choices in _tally(Answer.objects.filter(response__in=responses)).items():
            of_question = tally.setdefault(question, Counter())
            for codes, many in choices.items():
                of_question[codes] += sign * many
    return tally


def monitored_before(survey: Survey, until: datetime) -> dict[str, Counter[str]]:
    """Return the equality answers of those responses, counted, with those that are erased since.

    At most five queries, and nothing is written.
    """
    kept = _kept_or_none(survey)
    frozen = FrozenCount.objects.filter(survey=survey).values_list("question", "choice", "count")
    # Counts are forgotten in the transaction that freezes some: none may count in both.
    still = Exists(CountedAnswers.objects.filter(pk=kept.pk)) if kept.pk else Value(value=True)
    rows = list(frozen.annotate(still=still))
    if not all(still for *_, still in rows):
        kept = CountedAnswers(survey=survey, up_to=0, responses=0, counts={})
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for question, choices in kept.monitoring.items():
        found[question].update(choices)
    for question, choice, many, _ in rows:
        found[question][choice] += many
    came, gone = _came_and_gone(survey, kept, until)
    for responses, sign in ((came, 1), (gone, -1)):
        told = MonitoringAnswer.objects.filter(response__in=responses).order_by()
        grouped = told.values_list("question", "choice").annotate(many=Count("pk"))
        for question, choice, many in grouped:
            found[question][choice] += sign * many
    return found


def _kept_or_none(survey: Survey) -> CountedAnswers:
    """Return the counts that are kept of a survey, or counts of nothing where none hold."""
    kept = CountedAnswers.objects.filter(survey=survey).first()
    if kept is not None and _holds(kept):
        return kept
    return CountedAnswers(survey=survey, up_to=0, responses=0, counts={})


def _came_and_gone(
    survey: Survey, kept: CountedAnswers, until: datetime
) -> tuple[QuerySet[Response, Any], QuerySet[Response, Any]]:
    """Return the responses that count beside those kept counted, and those of these that do not."""
    of_survey = Response.objects.filter(survey=survey)
    stand = Q(standing=Standing.STANDS)
    others = Q(standing__in=[each for each in Standing if each != Standing.STANDS])
    came = of_survey.filter(stand, submitted_at__lt=until, pk__gt=kept.up_to)
    # As a sum, the key does not tempt SQLite to read all responses in its order: few are gone.
    gone = of_survey.annotate(key=F("pk") + 0).filter(
        others | (stand & Q(submitted_at__gte=until)), key__lte=kept.up_to
    )
    return came.values("pk"), gone.values("pk")


def keep_counts(survey: Survey) -> CountedAnswers:
    """Bring the kept counts of a survey up to its last response, or make them afresh."""
    with transaction.atomic():
        # Two who ask at once count one after the other.
        Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        kept = CountedAnswers.objects.filter(survey=survey).first()
        if kept is None or not _holds(kept):
            kept = CountedAnswers(
                survey=survey, up_to=0, responses=0, counts={}, pk=kept.pk if kept else None
            )
        last = Response.objects.filter(survey=survey).aggregate(last=Max("pk"))["last"] or 0
        came = Answer.objects.filter(
            response__survey=survey, response__gt=kept.up_to, response__lte=last
        )
        tally = _read(kept)
        for question, choices in _tally(came).items():
            tally.setdefault(question, Counter()).update(choices)
        kept.counts = {
            question: [[list(codes), count] for codes, count in sorted(choices.items())]
            for question, choices in tally.items()
        }
        told = MonitoringAnswer.objects.filter(
            response__survey=survey, response__gt=kept.up_to, response__lte=last
        )
        grouped = told.order_by().values_list("question", "choice").annotate(many=Count("pk"))
        for question, choice, many in grouped:
            of_question = kept.monitoring.setdefault(question, {})
            of_question[choice] = of_question.get(choice, 0) + many
        kept.up_to = last
        kept.responses = _up_to(survey, last)
        kept.save()
    return kept


def keep_all_counts(at: datetime) -> int:
    """Bring the counts of every survey up to date to which many came; a job of the worker."""
    brought = 0
    for survey in Survey.objects.all():
        kept = CountedAnswers.objects.filter(survey=survey).first()
        if _later(survey, kept.up_to if kept else 0) > MOST_AT_ASKING // 2:
            keep_counts(survey)
            brought += 1
    return brought


def forget_counts(surveys: Iterable[int | None]) -> None:
    """Have the counts of surveys made afresh: called where answers are erased or removed."""
    CountedAnswers.objects.filter(survey__in=[each for each in surveys if each]).delete()


def _holds(kept: CountedAnswers) -> bool:
    return kept.responses == _up_to(kept.survey_id, kept.up_to)


def _up_to(survey: Any, key: int) -> int:
    return Response.objects.filter(survey=survey, pk__lte=key).count()


def _later(survey: Survey, key: int) -> int:
    later = Response.objects.filter(survey=survey, pk__gt=key).order_by()
    return later[: MOST_AT_ASKING + 1].count()


def _read(kept: CountedAnswers) -> Tally:
    return {
        question: Counter({tuple(codes): count for codes, count in choices})
        for question, choices in kept.counts.items()
    }


def _tally(answers: QuerySet[Answer]) -> Tally:
    tally: Tally = {}
    grouped = answers.order_by().values_list("question", "choices").annotate(many=Count("pk"))
    for question, choices, many in grouped:
        tally.setdefault(question, Counter())[tuple(choices)] += many
    return tally


def answers_counted(surveys: Iterable[int]) -> Counter[tuple[int, str]]:
    """Return how many answers to each question of surveys (their keys) count, by both keys.

    As `counted`, for many surveys at once: four queries, unless counts have to be kept first.
    """
    keys = sorted(surveys)
    kept = {each.survey_id: each for each in CountedAnswers.objects.filter(survey__in=keys)}
    later = _later_than(kept)
    rows = Response.objects.filter(survey__in=keys).order_by().values_list("survey")
    came = rows.annotate(many=Count("pk"), after=Count("pk", filter=later))
    counts_of = {survey: (many, after) for survey, many, after in came}
    for survey in kept.keys() | counts_of.keys():
        many, after = counts_of.get(survey, (0, 0))
        holds = survey in kept and kept[survey].responses == many - after
        if not holds or after > MOST_AT_ASKING:
            kept[survey] = keep_counts(Survey.objects.get(pk=survey))
    found = Counter(
        {
            (survey, question): sum(count for _, count in choices)
            for survey, counts in kept.items()
            for question, choices in counts.counts.items()
        }
    )
    of_surveys = Response.objects.filter(survey__in=keys)
    gone = of_surveys.filter(standing__in=[each for each in Standing if each != Standing.STANDS])
    for responses, sign in ((of_surveys.filter(_later_than(kept)), 1), (gone, -1)):
        answers = Answer.objects.filter(response__in=responses.values("pk")).order_by()
        grouped = answers.values_list("response__survey", "question").annotate(many=Count("pk"))
        for survey, question, many in grouped:
            found[survey, question] += sign * many
    return found


def _later_than(kept: Mapping[int, CountedAnswers]) -> Q:
    """Return what leaves the responses that came after those whose answers are kept counted."""
    later = Q(pk__in=[])
    for survey, counts in kept.items():
        later |= Q(survey=survey, pk__gt=counts.up_to)
    return later
