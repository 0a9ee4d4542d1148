"""An answer to be coded, as the coding screen prints it: themes with keys, suggestions, reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.safestring import SafeString

from folkmoot.core.tables import format_percent
from folkmoot.publishing.search.words import WORD, marked, words
from folkmoot.responses.models import Standing
from folkmoot.themes.acts.coding import Found
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Theme
from folkmoot.themes.presenters.frames import nested
from folkmoot.themes.wording import shorten

if TYPE_CHECKING:
    from folkmoot.themes.models import Coding

# Letters that do something else: none of these, cannot tell, flag, quote, undo.
TAKEN = "ncfqu"
KEYS = "123456789" + "".join(letter for letter in "abcdeghijklmoprstvwxyz" if letter not in TAKEN)
EXEMPLAR_LENGTH = 160
WORDS_TOLD, LIKE_TOLD = 3, 2


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
    """How sure it is, as printed: "likeness 61%"; empty where it cannot say."""
    words: str
    """The words of the answer that speak for it; empty for none."""
    like: tuple[str, ...]
    """The answer that shows the theme best; where it was learnt, those that people gave it."""
    is_learnt: bool


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
    return nested(list(frame.themes.standing().order_by("number")))


def answers_shown(
    frame: CodeFrame,
    answers: Sequence[Assignment],
    found: Mapping[int, Found] | None = None,
    faults: Mapping[int, str] | None = None,
) -> list[AnswerShown]:
    """Return answers as the coding screen prints them. Four queries, however many answers.

    Nothing of what another person found in them is shown, nor in others that are still to be read
    by two people.
    """
    themes = offered_themes(frame)
    keys = {theme.pk: key for theme, key in zip(themes, _keys(len(themes)), strict=True)}
    suggested = _suggested(answers)
    mentions = [mention for each in suggested.values() for mention in each]
    like = _Like(
        _exemplars(frame, {each.theme.root.pk for each in mentions if each.nearest is None}),
        _read_by_people(frame, {answer for each in mentions for answer in each.nearest or ()}),
    )
    return [
        _answer(
            assignment,
            themes,
            keys,
            suggested[assignment.pk],
            like,
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
    suggested: Iterable[AssignedTheme],
    like: _Like,
    found: Found,
    fault: str,
) -> AnswerShown:
    text = assignment.answer.text
    shown, speaking = [], []
    for mention in suggested:
        theme = mention.theme.root
        is_learnt = mention.nearest is not None
        spoken = _spoken(theme, text, is_learnt=is_learnt)
        speaking += [word for each in spoken for word in each.split()]
        shown.append(
            Suggestion(
                label=theme.label,
                key=keys.get(theme.pk, ""),
                sure=_sure(mention.score, is_learnt=is_learnt),
                words=", ".join(spoken),
                like=tuple(shorten(each, EXEMPLAR_LENGTH) for each in like.of(mention)),
                is_learnt=is_learnt,
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


def _spoken(theme: Theme, text: str, *, is_learnt: bool) -> list[str]:
    """Return the words of an answer that speak for a theme, the most telling first."""
    said = WORD.findall(text.casefold())
    if not is_learnt:
        return [word for word in words(" ".join(theme.keywords)) if word in said]
    there = {*said, *(" ".join(pair) for pair in pairwise(said))}
    return [term for term in theme.learnt_words if term in there][:WORDS_TOLD]


def _sure(score: float | None, *, is_learnt: bool) -> str:
    if score is None:
        return ""
    return f"{'probability' if is_learnt else 'likeness'} {format_percent(max(score, 0))}"


@dataclass(frozen=True, slots=True)
class _Like:
    """Answers that are like those shown."""

    exemplars: Mapping[int, str]
    """The answer that shows each theme best, by the theme's key."""
    read: Mapping[int, str]
    """Answers that people read, by their keys."""

    def of(self, mention: AssignedTheme) -> list[str]:
        """Return the answers that led to a suggestion."""
        if mention.nearest is None:
            return [text for text in (self.exemplars.get(mention.theme.root.pk),) if text]
        return [self.read[answer] for answer in mention.nearest if answer in self.read][:LIKE_TOLD]


def _read_by_people(frame: CodeFrame, answers: Iterable[int]) -> dict[int, str]:
    """Return the texts of answers whose reading nobody else is to be blind to."""
    rows = Assignment.objects.filter(
        Q(is_double=False) | Q(readings__gte=2),
        frame=frame,
        answer__in=list(answers),
        answer__response__standing=Standing.STANDS,
    ).exclude(answer__text="")
    return dict(rows.values_list("answer", "answer__text"))


def _suggested(answers: Sequence[Assignment]) -> dict[int, list[AssignedTheme]]:
    """Return what the machine suggests for each answer, the most likely first."""
    rows = AssignedTheme.objects.filter(
        assignment__in=[each.pk for each in answers], coding=None
    ).select_related("theme__stands_in")
    found: dict[int, list[AssignedTheme]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for mention in rows.order_by("assignment", "place"):
        theme = mention.theme.root
        if (mention.assignment_id, theme.pk) not in seen:
            seen.add((mention.assignment_id, theme.pk))
            found[mention.assignment_id].append(mention)
    return found


def _exemplars(frame: CodeFrame, themes: Iterable[int]) -> dict[int, str]:
    rows = AssignedTheme.objects.filter(
        theme__in=list(themes), exemplar_rank=1, assignment__frame=frame
    )
    return dict(rows.values_list("theme", "assignment__answer__text"))
