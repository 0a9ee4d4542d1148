"""Named questions to answers, code frames and assignments. Each is a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Q,
    QuerySet,
    Value,
    When,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, RowNumber

from folkmoot.responses.models import (
    Answer,
    FrozenCount,
    MonitoringAnswer,
    Response,
    Standing,
    Survey,
)
from folkmoot.themes.models import AssignedTheme, Assignment, Campaign, CodeFrame
from folkmoot.themes.wording import quotation

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

# Candidates read for each quotation shown: some repeat a letter or another answer.
CANDIDATES_EACH = 4


def counted_until(survey: Survey, consultation: Consultation, at: datetime) -> datetime:
    """Return the instant before which a response must have come to count at `at`.

    That is the closing, and after it the grace in which a draft begun before may still be sent.
    """
    return min(at + timedelta(microseconds=1), consultation.closes_at + survey.grace)


def responses_before(survey: Survey, until: datetime) -> QuerySet[Response]:
    """Return the responses to a survey that came before an instant, in the order they came."""
    return (
        Response.objects.standing()
        .filter(survey=survey, submitted_at__lt=until)
        .order_by("submitted_at", "id")
    )


def answers_before(survey: Survey, until: datetime) -> QuerySet[Answer]:
    """Return the answers of those responses, in the same order."""
    return Answer.objects.filter(
        response__survey=survey,
        response__standing=Standing.STANDS,
        response__submitted_at__lt=until,
    ).order_by("response__submitted_at", "response_id", "id")


def current_frames(survey: Survey) -> dict[str, CodeFrame]:
    """Return the current code frame of each question that has one, with its themes."""
    frames = (
        CodeFrame.objects.filter(survey=survey, is_current=True)
        .select_related("confirmed_by")
        .prefetch_related("themes", "campaigns__exemplar__response")
    )
    return {frame.question: frame for frame in frames}


def with_themes(frame: CodeFrame) -> CodeFrame:
    """Return a frame with what its pages need of it fetched."""
    prefetch_related_objects([frame], "themes", "campaigns__exemplar__response")
    return frame


@dataclass(slots=True)
class Intake:
    """How many responses came, from whom and how."""

    responses: int = 0
    generated: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)


def intake(survey: Survey, until: datetime) -> Intake:
    """Count the responses to a survey that came before an instant. One query."""
    found = Intake()
    rows = (
        responses_before(survey, until)
        .order_by()
        .values_list("respondent__kind", "channel", "is_generated")
        .annotate(responses=Count("id"))
    )
    for kind, channel, is_generated, responses in rows:
        found.responses += responses
        found.generated += responses if is_generated else 0
        found.kinds[kind] += responses
        found.channels[channel] += responses
    return found


@dataclass(slots=True)
class Tally:
    """How many answers of a code frame stand where; themes and campaigns by their keys.

    All copies of a campaign that counts once are one answer in `answers`, `cannot_tell`, `none`
    and `themes`; a campaign itself is counted copy by copy.
    """

    read: int = 0
    empty: int = 0
    answers: int = 0
    """Answers that said something."""
    placed: int = 0
    """Answers in at least one theme."""
    cannot_tell: int = 0
    none: int = 0
    themes: Counter[int] = field(default_factory=Counter)
    """Answers that mention a theme, or one below it; an answer may mention several."""
    copies: Counter[int] = field(default_factory=Counter)
    """Answers of a theme that are in a campaign, copy by copy."""
    campaigns: Counter[int] = field(default_factory=Counter)


def tallies(frames: Collection[CodeFrame], until: datetime) -> dict[int, Tally]:
    """Return a tally of each frame, by its key, of answers that came before an instant.

    Two queries, and one more where a theme stands under another.
    """
    found: dict[int, Tally] = defaultdict(Tally)
    counted = Assignment.objects.filter(
        frame__in=frames,
        answer__response__standing=Standing.STANDS,
        answer__response__submitted_at__lt=until,
    ).order_by()
    once = {
        campaign.pk
        for frame in frames
        for campaign in frame.campaigns.all()
        if campaign.counting == Campaign.Counting.ONCE
    }
    seen: set[int] = set()
    rows = counted.values_list("frame_id", "status", "campaign_id").annotate(answers=Count("id"))
    for frame, status, campaign, answers in sorted(rows, key=_status_last):
        tally = found[frame]
        tally.read += answers
        if campaign is not None:
            tally.campaigns[campaign] += answers
        if status == Assignment.Status.EMPTY:
            tally.empty += answers
            continue
        if campaign in once:
            # Copies that people coded differently are one answer all the same.
            answers = int(campaign not in seen)
            seen.add(campaign)
        tally.answers += answers
        if status == Assignment.Status.ASSIGNED:
            tally.placed += answers
        elif status == Assignment.Status.NONE:
            tally.none += answers
        else:
            tally.cannot_tell += answers
    for frame, theme, answers, copies in _mentions(counted, ROOT):
        found[frame].themes[theme] = answers
        found[frame].copies[theme] = copies
    if any(theme.parent_id for frame in frames for theme in frame.themes.all()):
        for frame, theme, answers, copies in _mentions(counted, ROOT_OF_ROOT):
            found[frame].themes[theme] = answers
            found[frame].copies[theme] = copies
    return found


# A merged theme counts as the one in its place.
ROOT = Coalesce("theme__stands_in_id", "theme_id")
ROOT_OF_ROOT = Coalesce("theme__stands_in__parent_id", "theme__parent_id", ROOT)
# An answer, or the whole campaign it is a copy in, where that counts once.
COUNTED_AS = Case(
    When(
        assignment__campaign__counting=Campaign.Counting.ONCE,
        then=-F("assignment__campaign_id"),
    ),
    default=F("assignment_id"),
    output_field=BigIntegerField(),
)


def mentions_of(themes: Collection[int]) -> Q:
    """Return what leaves the mentions of themes, of those merged into them and of those below."""
    own = Q(theme__in=themes) | Q(theme__stands_in__in=themes)
    return own | Q(theme__parent__in=themes) | Q(theme__stands_in__parent__in=themes)


def _mentions(
    counted: QuerySet[Assignment], theme: Coalesce
) -> QuerySet[AssignedTheme, tuple[int, int, int, int]]:
    """Return frame, theme, and how many answers mention it, and how many of these are copies."""
    letters = Q(assignment__campaign__isnull=False) & ~Q(
        assignment__campaign__standing=Campaign.Standing.RELEASED
    )
    return (
        AssignedTheme.objects.filter(stands=True, assignment__in=counted)
        .order_by()
        .annotate(counted_theme=theme)
        .values_list("assignment__frame_id", "counted_theme")
        .annotate(
            answers=Count(COUNTED_AS, distinct=True),
            copies=Count("assignment_id", distinct=True, filter=letters),
        )
    )


def _status_last(row: tuple[int, str, int | None, int]) -> tuple[bool, str]:
    """Order rows so that a campaign that counts once is placed where any copy of it is."""
    return row[1] != Assignment.Status.ASSIGNED, row[1]


def choice_counts(
    survey: Survey, questions: Collection[str], until: datetime
) -> dict[str, Counter[tuple[str, ...]]]:
    """Return how often each set of options was chosen, by question; without a choice: absent."""
    found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    rows = (
        answers_before(survey, until)
        .filter(question__in=questions)
        .order_by()
        .values_list("question", "choices")
        .annotate(answers=Count("id"))
    )
    for question, choices, answers in rows:
        if choices:
            found[question][tuple(choices)] += answers
    return found


def monitoring_counts(survey: Survey, until: datetime) -> dict[str, Counter[str]]:
    """Return how often each option of each equality question was chosen.

    Answers that are erased since count as they did: their counts were frozen before. One query.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = (
        MonitoringAnswer.objects.filter(
            response__survey=survey,
            response__standing=Standing.STANDS,
            response__submitted_at__lt=until,
        )
        .order_by()
        .values_list("question", "choice")
        .annotate(answers=Count("id"))
    )
    frozen = FrozenCount.objects.filter(survey=survey).order_by()
    both = rows.union(frozen.values_list("question", "choice", "count"), all=True)
    for question, choice, answers in both:
        found[question][choice] += answers
    return found


def text_counts(survey: Survey, questions: Collection[str], until: datetime) -> dict[str, int]:
    """Return how many answers each free-text question has, those that say nothing included."""
    rows = (
        answers_before(survey, until)
        .filter(question__in=questions)
        .order_by()
        .values_list("question")
        .annotate(answers=Count("id"))
    )
    return dict(rows)


def quotations(
    themes: Iterable[int], questions: Collection[str], until: datetime, each: int
) -> dict[int, list[str]]:
    """Return up to `each` quotations a theme, by its key, from people who may be quoted.

    The exemplars first, then the answers nearest to the theme's centre; one of each campaign, and
    none twice. `questions` are those whose answers may be quoted at all. One query; none for 0.
    """
    if not each:
        return {}
    rows = (
        AssignedTheme.objects.filter(
            stands=True,
            assignment__answer__question__in=questions,
            assignment__answer__response__may_be_quoted=True,
            assignment__answer__response__standing=Standing.STANDS,
            assignment__answer__response__submitted_at__lt=until,
        )
        .annotate(counted_theme=ROOT)
        .filter(Q(theme__in=list(themes)) | Q(theme__stands_in__in=list(themes)))
        .annotate(
            is_letter=Case(When(assignment__campaign=None, then=Value(0)), default=Value(1)),
            rank=Window(
                RowNumber(),
                partition_by=F("counted_theme"),
                order_by=[
                    F("exemplar_rank").asc(nulls_last=True),
                    F("is_letter").asc(),
                    F("place").asc(),
                    F("score").desc(nulls_last=True),
                    F("id").asc(),
                ],
            ),
        )
        .filter(rank__lte=each * CANDIDATES_EACH)
        .order_by("counted_theme", "rank")
        .values_list("counted_theme", "assignment__campaign_id", "assignment__answer__text")
    )
    found: dict[int, list[str]] = defaultdict(list)
    seen: set[tuple[int, object]] = set()
    for theme, campaign, text in rows:
        if len(found[theme]) == each:
            continue
        said = quotation(text)
        marks = {(theme, said.casefold())} | ({(theme, campaign)} if campaign else set())
        if said and not marks & seen:
            found[theme].append(said)
            seen |= marks
    return found


def letters(
    campaigns: Collection[int], questions: Collection[str], until: datetime
) -> dict[int, str]:
    """Return a quotation of each campaign, by its key: its exemplar, or the first to be quoted."""
    rows = (
        Assignment.objects.filter(
            campaign__in=campaigns,
            answer__question__in=questions,
            answer__response__may_be_quoted=True,
            answer__response__standing=Standing.STANDS,
            answer__response__submitted_at__lt=until,
        )
        .annotate(
            rank=Case(When(answer_id=F("campaign__exemplar_id"), then=Value(0)), default=Value(1)),
            place=Window(RowNumber(), partition_by=F("campaign_id"), order_by=["rank", "id"]),
        )
        .filter(place=1)
        .values_list("campaign_id", "answer__text")
    )
    return {campaign: quotation(text) for campaign, text in rows}
