"""Themes suggested by machine; what people found in answers before is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.texts import Assignment as Placed
from folkmoot.texts import Discovery, Side, Status, discover_themes
from folkmoot.themes.acts.carrying import carry_over
from folkmoot.themes.acts.editing import LONGEST_LABEL
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.settling import found_of
from folkmoot.themes.acts.versions import snapshot
from folkmoot.themes.acts.working import Finish, Tell, silent, unasked, within
from folkmoot.themes.models import (
    AssignedTheme,
    Assignment,
    Campaign,
    CodeFrame,
    FrameVersion,
    Theme,
)
from folkmoot.themes.querysets import answers_before, counted_until
from folkmoot.themes.questions import question_of
from folkmoot.themes.slugs import free_slugs

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Answer, Survey

# Fewer than six themes say too little, more than twenty nobody reads through.
FEWEST_AND_MOST = (6, 20)
SEED = 20
# Of the whole work, from fetching the answers to keeping what was found in them.
READING = (0.05, 0.85)
# Libraries that decide what comes out: kept with every frame, so that it can be made again.
LIBRARIES = ("folkmoot", "wordllama", "scikit-network", "numpy")
STATUSES = {
    Status.ASSIGNED: Assignment.Status.ASSIGNED,
    Status.EMPTY: Assignment.Status.EMPTY,
    Status.CANNOT_TELL: Assignment.Status.CANNOT_TELL,
}


def suggest_themes(
    survey: Survey,
    question: str,
    at: datetime,
    by: User | None = None,
    *,
    replace_confirmed: bool = False,
    tell: Tell = silent,
    finish: Finish = unasked,
) -> CodeFrame:
    """Read every answer to a free-text question and keep the themes that the machine suggests.

    The former frame of the question is kept and is no longer current; what people found in its
    answers is carried over. The same answers give the same themes. Raises ThemesError where the
    survey has no such question, where nobody has answered it, and where a person has confirmed
    the current frame, unless `replace_confirmed`. What `tell` raises before the end, or `finish` as
    the last thing of the transaction, leaves everything as it was.
    """
    if question_of(survey, question) is None:
        raise ThemesError(
            f"'{survey}' asks no free-text question '{question}': choose one that it asks."
        )
    _refuse_confirmed(survey, question, replace_confirmed)
    tell("Fetching the answers", 0)
    until = counted_until(survey, survey.consultation, at)
    answers = list(answers_before(survey, until).filter(question=question))
    if not answers:
        raise ThemesError(
            f"Nobody has answered '{question}' of '{survey}' yet: wait for the first answers."
        )
    found = discover_themes(
        [answer.text for answer in answers],
        themes=FEWEST_AND_MOST,
        seed=SEED,
        tell=within(tell, *READING),
    )
    tell(f"Keeping where {len(answers):,} answers stand", READING[1])
    return keep_suggestion(
        survey, question, answers, found, at, by, replace_confirmed=replace_confirmed, finish=finish
    )


def current_frame(survey: Survey, question: str) -> CodeFrame:
    """Return the current frame of a question. Raises ThemesError before there is one."""
    frame = CodeFrame.objects.filter(survey=survey, question=question, is_current=True).first()
    if frame is None:
        raise ThemesError("There are no themes yet: let the machine suggest some first.")
    return frame


def keep_suggestion(
    survey: Survey,
    question: str,
    answers: Sequence[Answer],
    found: Discovery,
    at: datetime,
    by: User | None = None,
    *,
    replace_confirmed: bool = False,
    finish: Finish = unasked,
) -> CodeFrame:
    """Keep what the machine found in answers (its rows in their order) as the current frame."""
    with transaction.atomic():
        former = _refuse_confirmed(survey, question, replace_confirmed)
        if former is not None:
            former.is_current = False
            former.save(update_fields=["is_current"])
        frame = CodeFrame.objects.create(
            survey=survey,
            question=question,
            made_at=at,
            method=_method(),
            answers_read=found.answers,
            answers_empty=found.empty,
        )
        _keep(frame, found, answers)
        if former is not None:
            carry_over(former, frame)
        FrameVersion.objects.create(
            frame=frame, number=1, at=at, by=by, what="Suggested by machine", themes=snapshot(frame)
        )
        record(
            "themes suggested",
            frame,
            at,
            by=by,
            before={"frame": former.pk} if former else None,
            after=_counts(found),
        )
        many = len(found.themes)
        finish(f"{found.answers:,} answers read; {many} theme{'' if many == 1 else 's'} suggested.")
    return frame


def _refuse_confirmed(survey: Survey, question: str, replace: bool) -> CodeFrame | None:
    current = CodeFrame.objects.filter(survey=survey, question=question, is_current=True).first()
    if current is not None and not current.is_draft and not replace:
        raise ThemesError(
            f"A person has confirmed the themes of '{question}': "
            "say that you want to replace them before new ones are suggested."
        )
    return current


def _method() -> dict[str, Any]:
    return {
        "themes": list(FEWEST_AND_MOST),
        "seed": SEED,
        "versions": {library: version(library) for library in LIBRARIES},
    }


def _counts(found: Discovery) -> dict[str, int]:
    return {
        "answers": found.answers,
        "empty": found.empty,
        "cannot_tell": found.cannot_tell,
        "themes": len(found.themes),
        "campaigns": len(found.campaigns),
    }


def _keep(frame: CodeFrame, found: Discovery, answers: Sequence[Answer]) -> None:
    themes = _keep_themes(frame, found)
    campaigns = Campaign.objects.bulk_create(
        Campaign(
            frame=frame,
            number=number,
            exemplar=answers[campaign.exemplar],
            identical_share=campaign.identical_share,
        )
        for number, campaign in enumerate(found.campaigns, 1)
    )
    theme_of = {theme.number: theme for theme in themes}
    campaign_of = {campaign.number: campaign for campaign in campaigns}
    sizes = {theme.id: theme.size for theme in found.themes}
    assignments = Assignment.objects.bulk_create(
        (
            Assignment(
                frame=frame,
                answer=answers[placed.row],
                status=STATUSES[placed.status],
                campaign=campaign_of.get(placed.campaign_id or 0),
                priority=_priority(placed, sizes, found),
                found=found_of(
                    theme_of[theme].pk
                    for theme in (placed.theme_id, placed.second_theme_id)
                    if theme is not None
                ),
            )
            for placed in found.assignments
        ),
        batch_size=1000,
    )
    ranks = {
        row: rank for theme in found.themes for rank, row in enumerate(theme.exemplars, start=1)
    }
    AssignedTheme.objects.bulk_create(
        (
            AssignedTheme(
                assignment=assignment,
                theme=theme_of[theme],
                place=place,
                score=placed.score if place == 1 else None,
                exemplar_rank=ranks.get(placed.row) if place == 1 else None,
            )
            for assignment, placed in zip(assignments, found.assignments, strict=True)
            for place, theme in enumerate((placed.theme_id, placed.second_theme_id), 1)
            if theme is not None
        ),
        batch_size=1000,
    )


def _keep_themes(frame: CodeFrame, found: Discovery) -> list[Theme]:
    """Keep the themes, and each group of them as a theme that they stand under; return the themes.

    The groups are numbered after the themes; a theme that is near no other stands by itself.
    """
    many = len(found.themes)
    shared = [group for group in found.groups if len(group.theme_ids) > 1]
    labels = [theme.label[:LONGEST_LABEL] for theme in found.themes]
    labels += [group.label[:LONGEST_LABEL] for group in shared]
    slugs = free_slugs(frame, labels)
    groups = Theme.objects.bulk_create(
        Theme(frame=frame, number=number, slug=slug, label=label, machine_label=label)
        for number, (slug, label) in enumerate(
            zip(slugs[many:], labels[many:], strict=True), many + 1
        )
    )
    group_of = {group.id: kept for group, kept in zip(shared, groups, strict=True)}
    return Theme.objects.bulk_create(
        Theme(
            frame=frame,
            number=theme.id,
            slug=slug,
            label=label,
            machine_label=label,
            description=_without_quotation(theme.description),
            parent=group_of.get(theme.group_id or 0),
            keywords=list(theme.keywords),
            cohesion=theme.cohesion,
            sides=[
                {"stance": side.stance.name.lower(), "count": side.size, "label": _camp(side)}
                for side in theme.sides
            ],
        )
        for theme, slug, label in zip(found.themes, slugs[:many], labels[:many], strict=True)
    )


def _without_quotation(description: str) -> str:
    """Return the machine's description without the sentence of an answer that it ends with.

    The public reads descriptions; answers are quoted elsewhere, where people agreed to it.
    """
    said = description.partition("“")[0].rstrip(" :")
    return f"{said}." if said and not said.endswith(".") else said


def _camp(side: Side) -> str:
    return f"{side.stance.value} ({side.about})" if side.about else side.stance.value


def _priority(placed: Placed, sizes: dict[int, int], found: Discovery) -> float:
    """Return how much a person's reading of an answer would tell, 0 to 2: uncertain and rare first.

    Of a campaign only its exemplar is worth reading before all else is read.
    """
    letter = placed.campaign_id
    if letter and found.campaigns[letter - 1].exemplar != placed.row:
        return 0.0
    if placed.theme_id is None:
        return 0.5
    largest = max(sizes.values())
    return round(1 - (placed.score or 0) + 1 - sizes[placed.theme_id] / largest, 4)
