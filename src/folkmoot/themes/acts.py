"""Every write to code frames and themes: suggested by machine, named and confirmed by a person."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from folkmoot.accounts.audit import record
from folkmoot.texts import Discovery, Status, discover_themes
from folkmoot.themes.models import Assignment, Campaign, CodeFrame, Theme
from folkmoot.themes.querysets import answers_before, counted_until
from folkmoot.themes.questions import question_of

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Answer, Survey

# Fewer than six themes say too little, more than twenty nobody reads through.
FEWEST_AND_MOST = (6, 20)
SEED = 20
# Libraries that decide what comes out: kept with every frame, so that it can be made again.
LIBRARIES = ("folkmoot", "wordllama", "scikit-network", "rensa", "numpy")
STATUSES = {
    Status.ASSIGNED: Assignment.Status.ASSIGNED,
    Status.EMPTY: Assignment.Status.EMPTY,
    Status.CANNOT_TELL: Assignment.Status.CANNOT_TELL,
}


class ThemesError(Exception):
    """Themes could not be made, named or confirmed; the message says what to do."""


def suggest_themes(
    survey: Survey,
    question: str,
    at: datetime,
    by: User | None = None,
    *,
    replace_confirmed: bool = False,
) -> CodeFrame:
    """Read every answer to a free-text question and keep the themes that the machine suggests.

    The former frame of the question is kept and is no longer current. The same answers give the
    same themes. Raises ThemesError where the survey has no such question, where nobody has
    answered it, and where a person has confirmed the current frame, unless `replace_confirmed`.
    """
    if question_of(survey, question) is None:
        raise ThemesError(
            f"'{survey}' asks no free-text question '{question}': choose one that it asks."
        )
    _refuse_confirmed(survey, question, replace_confirmed)
    until = counted_until(survey, survey.consultation, at)
    answers = list(answers_before(survey, until).filter(question=question))
    if not answers:
        raise ThemesError(
            f"Nobody has answered '{question}' of '{survey}' yet: wait for the first answers."
        )
    found = discover_themes([answer.text for answer in answers], themes=FEWEST_AND_MOST, seed=SEED)
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
        record(
            "themes suggested",
            frame,
            at,
            by=by,
            before={"frame": former.pk} if former else None,
            after=_counts(found),
        )
    return frame


def rename_theme(theme: Theme, label: str, by: User, at: datetime) -> Theme:
    """Give a theme the label a person chose; the machine's own stays in `machine_label`.

    The address of its page stays the same. Raises ThemesError for an empty or too long label.
    """
    label = " ".join(label.split())
    longest = Theme._meta.get_field("label").max_length or 0
    if not label:
        raise ThemesError(f"Theme {theme.number} needs a name: write what these people said.")
    if len(label) > longest:
        raise ThemesError(
            f"The name of theme {theme.number} has {len(label)} characters: "
            f"write it in at most {longest}."
        )
    if label == theme.label:
        return theme
    before, theme.label = theme.label, label
    with transaction.atomic():
        theme.save(update_fields=["label"])
        record("theme renamed", theme, at, by=by, before={"label": before}, after={"label": label})
    return theme


def confirm_frame(frame: CodeFrame, by: User, at: datetime) -> CodeFrame:
    """Confirm the themes of a question as a person's own finding.

    Raises ThemesError where the frame is no longer current or is confirmed already.
    """
    with transaction.atomic():
        kept = CodeFrame.objects.select_for_update().get(pk=frame.pk)
        if not kept.is_current:
            raise ThemesError(
                "These themes have been replaced since you opened them: look at the new ones first."
            )
        if not kept.is_draft:
            raise ThemesError("These themes are confirmed already: there is nothing to do.")
        kept.confirmed_at, kept.confirmed_by = at, by
        kept.save(update_fields=["confirmed_at", "confirmed_by"])
        record(
            "themes confirmed",
            kept,
            at,
            by=by,
            before={"confirmed": False},
            after={"confirmed": True, "themes": [theme.label for theme in kept.themes.all()]},
        )
    return kept


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


def _keep(frame: CodeFrame, found: Discovery, answers: list[Answer]) -> None:
    slugs = _slugs(frame, [theme.label for theme in found.themes])
    themes = Theme.objects.bulk_create(
        Theme(
            frame=frame,
            number=theme.id,
            slug=slug,
            label=theme.label[:160],
            machine_label=theme.label[:160],
            keywords=list(theme.keywords),
            cohesion=theme.cohesion,
        )
        for theme, slug in zip(found.themes, slugs, strict=True)
    )
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
    ranks = {
        row: rank for theme in found.themes for rank, row in enumerate(theme.exemplars, start=1)
    }
    Assignment.objects.bulk_create(
        (
            Assignment(
                frame=frame,
                answer=answers[placed.row],
                status=STATUSES[placed.status],
                theme=theme_of.get(placed.theme_id or 0),
                second_theme=theme_of.get(placed.second_theme_id or 0),
                campaign=campaign_of.get(placed.campaign_id or 0),
                score=placed.score,
                exemplar_rank=ranks.get(placed.row),
            )
            for placed in found.assignments
        ),
        batch_size=1000,
    )


def _slugs(frame: CodeFrame, labels: list[str]) -> list[str]:
    """Return an address for each label that no public theme of the survey has.

    Themes of a draft that was replaced were never confirmed: their addresses are free again.
    """
    others = CodeFrame.objects.filter(survey=frame.survey).exclude(pk=frame.pk)
    kept = others.filter(is_current=True) | others.filter(confirmed_at__isnull=False)
    taken = set(Theme.objects.filter(frame__in=kept).values_list("slug", flat=True))
    slugs = []
    for number, label in enumerate(labels, 1):
        plain = slugify(label)[:100].strip("-") or f"theme-{number}"
        slug, copy = plain, 1
        while slug in taken:
            copy += 1
            slug = f"{plain}-{copy}"
        taken.add(slug)
        slugs.append(slug)
    return slugs
