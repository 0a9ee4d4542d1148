"""An answer to be coded, as the coding screen prints it: themes with keys, suggestions, reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from folkmoot.core.tables import format_percent
from folkmoot.publishing.search.words import marked, words
from folkmoot.themes.acts.coding import Found
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Theme
from folkmoot.themes.wording import shorten

if TYPE_CHECKING:
    from folkmoot.themes.models import Coding

# Letters that do something else: none of these, cannot tell, flag, quote, undo.
TAKEN = "ncfqu"
KEYS = "123456789" + "".join(letter for letter in "abcdeghijklmoprstvwxyz" if letter not in TAKEN)
EXEMPLAR_LENGTH = 160


@dataclass(frozen=True, slots=True)
class OfferedTheme:
    """A theme that can be ticked, with the key that ticks it; later ones have none."""

    id: int
    label: str
    key: str
    rule: str
    """What belongs in it and what does not, in one line; empty where nobody wrote it."""
    is_part: bool
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that the machine suggests for an answer, and what led to it."""

    label: str
    key: str
    sure: str
    """How sure it is, as printed; empty where it cannot say."""
    words: str
    """The words of the answer that speak for it; empty for none."""
    like: str
    """The answer that shows the theme best."""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One answer on the coding screen; the names of its fields begin with its key."""

    id: int
    text: str
    marked: SafeString
    """The text with the words that led to suggestions marked, as HTML."""
    themes: tuple[OfferedTheme, ...]
    suggestions: tuple[Suggestion, ...]
    found: Found = field(default_factory=Found)
    fault: str = ""


def offered_themes(frame: CodeFrame) -> list[Theme]:
    """Return the themes that can be found in an answer, each followed by those below it."""
    themes = list(frame.themes.standing().order_by("number"))
    ordered = []
    for theme in themes:
        if theme.parent_id is None:
            ordered += [theme, *(each for each in themes if each.parent_id == theme.pk)]
    return ordered


def answers_shown(
    frame: CodeFrame,
    answers: Sequence[Assignment],
    found: Mapping[int, Found] | None = None,
    faults: Mapping[int, str] | None = None,
) -> list[AnswerShown]:
    """Return answers as the coding screen prints them. Three queries, however many answers.

    Nothing of what another person found in them is shown.
    """
    themes = offered_themes(frame)
    keys = {theme.pk: key for theme, key in zip(themes, _keys(len(themes)), strict=True)}
    suggested = _suggested(answers)
    likes = _exemplars(frame, {theme.pk for each in suggested.values() for theme, _ in each})
    return [
        _answer(
            assignment,
            themes,
            keys,
            suggested[assignment.pk],
            likes,
            (found or {}).get(assignment.pk, Found()),
            (faults or {}).get(assignment.pk, ""),
        )
        for assignment in answers
    ]


def reading_words(coding: Coding) -> str:
    """Return what a person found in words: its themes, or "None of these"."""
    labels = dict.fromkeys(each.theme.root.label for each in coding.mentions.all())
    return "; ".join(labels) or coding.get_status_display()


def _keys(many: int) -> list[str]:
    return [*KEYS[:many], *[""] * (many - len(KEYS))]


def _answer(
    assignment: Assignment,
    themes: Sequence[Theme],
    keys: Mapping[int, str],
    suggested: Iterable[tuple[Theme, float | None]],
    likes: Mapping[int, str],
    found: Found,
    fault: str,
) -> AnswerShown:
    text = assignment.answer.text
    shown, speaking = [], []
    for theme, score in suggested:
        spoken = [word for word in words(" ".join(theme.keywords)) if word in words(text)]
        speaking += spoken
        shown.append(
            Suggestion(
                label=theme.label,
                key=keys.get(theme.pk, ""),
                sure="" if score is None else format_percent(max(score, 0)),
                words=", ".join(spoken),
                like=shorten(likes.get(theme.pk, ""), EXEMPLAR_LENGTH),
            )
        )
    return AnswerShown(
        id=assignment.pk,
        text=text,
        marked=marked(text, speaking),
        themes=tuple(_offered(theme, keys[theme.pk], found) for theme in themes),
        suggestions=tuple(shown),
        found=found,
        fault=fault,
    )


def _offered(theme: Theme, key: str, found: Found) -> OfferedTheme:
    rule = " ".join(
        part
        for part in (
            theme.includes and f"Belongs: {theme.includes}",
            theme.excludes and f"Does not: {theme.excludes}",
        )
        if part
    )
    return OfferedTheme(
        id=theme.pk,
        label=theme.label,
        key=key,
        rule=rule,
        is_part=theme.parent_id is not None,
        is_chosen=theme.pk in found.themes,
    )


def _suggested(answers: Sequence[Assignment]) -> dict[int, list[tuple[Theme, float | None]]]:
    """Return what the machine suggests for each answer, the most likely first."""
    rows = AssignedTheme.objects.filter(
        assignment__in=[each.pk for each in answers], coding=None
    ).select_related("theme__stands_in")
    found: dict[int, list[tuple[Theme, float | None]]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for mention in rows.order_by("assignment", "place"):
        theme = mention.theme.root
        if (mention.assignment_id, theme.pk) not in seen:
            seen.add((mention.assignment_id, theme.pk))
            found[mention.assignment_id].append((theme, mention.score))
    return found


def _exemplars(frame: CodeFrame, themes: Iterable[int]) -> dict[int, str]:
    rows = AssignedTheme.objects.filter(
        theme__in=list(themes), exemplar_rank=1, assignment__frame=frame
    )
    return dict(rows.values_list("theme", "assignment__answer__text"))
