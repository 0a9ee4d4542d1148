"""Where the answers of a code frame stand, counted from the assignments alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from folkmoot.themes.models import Assignment, Campaign, CodeFrame
from folkmoot.themes.querysets.responses import not_counted


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


@dataclass(frozen=True, slots=True)
class Alike:
    """Answers of which the same was found: how many, their campaign if any, and their themes."""

    status: str
    campaign: int | None
    themes: tuple[int, ...]
    """Keys of the themes that were found, merged ones as they were."""
    answers: int


def tallies(frames: Collection[CodeFrame], until: datetime) -> dict[int, Tally]:
    """Return a tally of each frame, by its key, of answers that came before an instant.

    Two queries. The frames come with their themes and campaigns.
    """
    alike = answers_alike(frames, until)
    return {frame.pk: tally_of(frame, alike[frame.pk]) for frame in frames}


def answers_alike(frames: Collection[CodeFrame], until: datetime) -> dict[int, list[Alike]]:
    """Return the answers of each frame, by its key, gathered by what was found in them.

    All of them are counted from an index alone, and the few that do not count are taken off: so
    100,000 take no longer than the index is to read, and no count is ever kept that could be old.
    """
    counted = Assignment.objects.filter(frame__in=frames)
    surveys = {frame.survey_id for frame in frames}
    found = Counter(_rows(counted))
    found.subtract(_rows(counted.filter(answer__response__in=not_counted(surveys, until))))
    alike: dict[int, list[Alike]] = defaultdict(list)
    for (frame, status, campaign, themes), answers in found.items():
        if answers:
            alike[frame].append(Alike(status, campaign, keys(themes), answers))
    return alike


def _rows(counted: QuerySet[Assignment]) -> dict[tuple[int, str, int | None, str], int]:
    rows = counted.order_by().values_list("frame_id", "status", "campaign_id", "found")
    return {tuple(same): answers for *same, answers in rows.annotate(answers=Count("id"))}


def keys(found: str) -> tuple[int, ...]:
    """Return the keys of themes from what an assignment keeps of them."""
    return tuple(map(int, found.split()))


def tally_of(frame: CodeFrame, alike: Iterable[Alike], *, with_letters: bool = True) -> Tally:
    """Return the tally of a frame from its answers; without letters, as if nobody had sent one."""
    counts = counted_themes(frame)
    campaigns = {each.pk: each for each in frame.campaigns.all()}
    letters = letters_of(frame)
    tally = Tally()
    once: dict[int, list[Alike]] = defaultdict(list)
    for same in alike:
        campaign = campaigns.get(same.campaign or 0)
        copies_a_letter = same.campaign in letters
        if copies_a_letter and not with_letters:
            continue
        tally.read += same.answers
        if same.campaign is not None:
            tally.campaigns[same.campaign] += same.answers
        if same.status == Assignment.Status.EMPTY:
            tally.empty += same.answers
            continue
        themes = {theme for found in same.themes for theme in counts[found]}
        if copies_a_letter:
            for theme in themes:
                tally.copies[theme] += same.answers
        if campaign is not None and campaign.counting == Campaign.Counting.ONCE:
            once[campaign.pk].append(same)
        else:
            _add(tally, same.status, themes, same.answers)
    for copies in once.values():
        # Copies that people coded differently are one answer all the same, placed where any is.
        statuses = [each.status for each in copies]
        said = {theme for each in copies for found in each.themes for theme in counts[found]}
        _add(tally, min(statuses, key=_STATUSES.index), said, 1)
    return tally


def letters_of(frame: CodeFrame) -> set[int]:
    """Return the keys of a frame's campaigns that nobody released."""
    released = Campaign.Standing.RELEASED
    return {each.pk for each in frame.campaigns.all() if each.standing != released}


_STATUSES = [
    Assignment.Status.ASSIGNED.value,
    Assignment.Status.CANNOT_TELL.value,
    Assignment.Status.NONE.value,
]


def _add(tally: Tally, status: str, themes: Iterable[int], answers: int) -> None:
    tally.answers += answers
    if status == Assignment.Status.ASSIGNED:
        tally.placed += answers
    elif status == Assignment.Status.NONE:
        tally.none += answers
    else:
        tally.cannot_tell += answers
    for theme in themes:
        tally.themes[theme] += answers


def counted_themes(frame: CodeFrame) -> dict[int, set[int]]:
    """Return the themes in which a mention of each theme of a frame counts, by their keys.

    A merged theme counts as the one in its place; what stands below another counts there as well.
    """
    themes = {theme.pk: theme for theme in frame.themes.all()}
    found = {}
    for theme in themes.values():
        root = themes[theme.root_id]
        found[theme.pk] = {root.pk} | ({root.parent_id} if root.parent_id else set())
    return found
