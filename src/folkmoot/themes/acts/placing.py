"""Answers that came after a code frame was made, placed into it by the means that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from folkmoot.accounts.audit import record
from folkmoot.publishing.purging import count_changed
from folkmoot.texts import Status
from folkmoot.texts.campaigns import copies_of
from folkmoot.texts.placing import place_in_themes
from folkmoot.texts.reading import read_answers
from folkmoot.themes.acts.double import is_drawn
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.settling import found_of
from folkmoot.themes.acts.suggesting import STATUSES
from folkmoot.themes.acts.versions import locked_frame
from folkmoot.themes.acts.working import Finish, Tell, silent, unasked, within
from folkmoot.themes.foretelling import coder_of, suggestions_for, taught_by_people
from folkmoot.themes.models import AssignedTheme, Assignment, Campaign, CodeFrame
from folkmoot.themes.querysets import answers_before, counted_until

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Answer

# So many answers of a theme say well enough where its centre is.
EXAMPLES_A_THEME = 200
# Nobody has read anything like it, as far as is known: beside 0 to 2 for the others.
NEW_PRIORITY = 1.0


@dataclass(frozen=True, slots=True)
class PlacedTheme:
    """A theme of a new answer; `nearest` are the answers most like it, where it was learnt."""

    theme: int
    score: float | None
    nearest: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a new answer stands, its most likely theme first."""

    status: str
    themes: tuple[PlacedTheme, ...] = ()


def new_answers(frame: CodeFrame, at: datetime) -> QuerySet[Answer]:
    """Return the answers that count and that the machine has not read, in the order they came."""
    until = counted_until(frame.survey, frame.survey.consultation, at)
    read = Assignment.objects.filter(frame=frame).values("answer")
    return answers_before(frame.survey, until).filter(question=frame.question).exclude(pk__in=read)


def place_answers(
    frame: CodeFrame,
    at: datetime,
    by: User | None = None,
    *,
    tell: Tell = silent,
    finish: Finish = unasked,
) -> int:
    """Place the answers that came since a frame was made; return how many.

    Where the machine has learnt from people it foretells their themes, else it puts each into the
    theme whose answers it is most like. Copies of a known letter join its campaign. Nothing that
    was placed before is touched. Raises ThemesError where none came, where no theme has an answer
    to place others by, and where the frame was replaced meanwhile.
    """
    tell("Fetching the new answers", 0)
    answers = list(new_answers(frame, at))
    if not answers:
        raise ThemesError("No answer has come since the machine read them: there is nothing to do.")
    texts = [answer.text for answer in answers]
    if frame.learnt_at is not None:
        placed = _foretold(frame, texts, within(tell, 0.05, 0.8))
    else:
        placed = _nearest(frame, texts, within(tell, 0.05, 0.8))
    tell("Looking for copies of known letters", 0.8)
    letters = list(
        frame.campaigns.exclude(standing=Campaign.Standing.RELEASED).select_related("exemplar")
    )
    copies = copies_of([each.exemplar.text for each in letters], texts)
    tell(f"Keeping where {len(answers):,} new answers stand", 0.9)
    with transaction.atomic():
        locked = locked_frame(frame, frame.version)
        campaigns = [None if copy is None else letters[copy] for copy in copies]
        kept = _keep(locked, answers, placed, campaigns)
        locked.answers_read += len(kept)
        empty = sum(each.status == Assignment.Status.EMPTY for each in kept)
        locked.answers_empty += empty
        locked.save(update_fields=["answers_read", "answers_empty"])
        count_changed()
        told = {"answers": len(kept), "empty": empty}
        record("new answers placed", locked, at, by=by, after=told)
        many = len(kept)
        finish(f"{many:,} new answer{' was' if many == 1 else 's were'} placed.")
    return len(kept)


def _foretold(frame: CodeFrame, texts: Sequence[str], tell: Tell) -> list[Placed]:
    """Return what answers are foretold to mention by what was learnt from people."""
    taught = taught_by_people(frame)
    coder = coder_of(taught, tell=within(tell, 0, 0.5))
    found = suggestions_for(dict(enumerate(texts)), coder, taught, tell=within(tell, 0.5, 1))
    empty = Assignment.Status.EMPTY.value
    return [
        Placed(empty)
        if status is Status.EMPTY
        else Placed(
            found[row].status,
            tuple(PlacedTheme(e.theme, e.probability, e.nearest) for e in found[row].themes),
        )
        for row, status in enumerate(read_answers(texts).statuses)
    ]


def _nearest(frame: CodeFrame, texts: Sequence[str], tell: Tell) -> list[Placed]:
    """Return for each answer the theme whose answers it is most like."""
    examples = _examples(frame)
    if not examples:
        raise ThemesError(
            "No theme has an answer to place others by: let the machine read the answers again."
        )
    themes = list(examples)
    found = []
    for each in place_in_themes(texts, list(examples.values()), tell=tell):
        near = (each.theme, each.second)
        scores = (each.score, None)
        found.append(
            Placed(
                STATUSES[each.status].value,
                tuple(
                    PlacedTheme(themes[at], score)
                    for at, score in zip(near, scores, strict=True)
                    if at is not None
                ),
            )
        )
    return found


def _examples(frame: CodeFrame) -> dict[int, list[str]]:
    """Return answers of each theme: those that people found it in, then those most like it."""
    rows = (
        AssignedTheme.objects.filter(assignment__frame=frame, stands=True, place=1)
        .exclude(assignment__answer__text="")
        .annotate(
            root=Coalesce("theme__stands_in_id", "theme_id"),
            by_machine=Case(When(coding=None, then=Value(1)), default=Value(0)),
        )
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=F("root"),
                order_by=[F("by_machine").asc(), F("score").desc(nulls_last=True), F("id").asc()],
            )
        )
        .filter(rank__lte=EXAMPLES_A_THEME)
        .order_by("root", "rank")
        .values_list("root", "assignment__answer__text")
    )
    found: dict[int, list[str]] = {}
    for root, text in rows:
        found.setdefault(root, []).append(text)
    return found


def _keep(
    frame: CodeFrame,
    answers: Sequence[Answer],
    placed: Sequence[Placed],
    campaigns: Sequence[Campaign | None],
) -> list[Assignment]:
    """Keep where answers stand; one that another work has placed meanwhile is left alone."""
    roots = dict(frame.themes.values_list("pk", "stands_in"))
    there = set(Assignment.objects.filter(frame=frame).values_list("answer", flat=True))
    new = [
        (answer, _rooted(where, roots), campaign)
        for answer, where, campaign in zip(answers, placed, campaigns, strict=True)
        if answer.pk not in there
    ]
    none = Assignment.Status.NONE.value
    kept = Assignment.objects.bulk_create(
        (
            Assignment(
                frame=frame,
                answer=answer,
                status=where.status,
                machine_status=none if where.status == none else "",
                campaign=campaign,
                priority=0 if campaign else NEW_PRIORITY,
                is_double=where.status != Assignment.Status.EMPTY
                and is_drawn(answer.pk, frame.double_share),
                found=found_of(each.theme for each in where.themes),
            )
            for answer, where, campaign in new
        ),
        batch_size=1000,
    )
    AssignedTheme.objects.bulk_create(
        (
            AssignedTheme(
                assignment=assignment,
                theme_id=each.theme,
                place=place,
                score=each.score,
                nearest=None if each.nearest is None else list(each.nearest),
            )
            for assignment, (_, where, _) in zip(kept, new, strict=True)
            for place, each in enumerate(where.themes, 1)
        ),
        batch_size=1000,
    )
    return kept


def _rooted(placed: Placed, roots: Mapping[int, int | None]) -> Placed:
    """Return where an answer stands, with merged themes as the ones in their place."""
    themes = {
        root: replace(each, theme=root)
        for each in reversed(placed.themes)
        for root in (roots[each.theme] or each.theme,)
    }
    return Placed(placed.status, tuple(reversed(themes.values())))
