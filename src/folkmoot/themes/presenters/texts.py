"""Free-text questions with their themes and campaigns, as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from folkmoot.core.disclosure import SMALLEST_SHOWN, protect
from folkmoot.core.tables import format_count, format_percent
from folkmoot.publishing.clock import local
from folkmoot.responses.questions import Question, TextQuestion
from folkmoot.themes import querysets
from folkmoot.themes.presenters.counted import PROTECTED_NOTE, WITHHELD, base_sentence
from folkmoot.themes.presenters.sides import SideShown, sides_shown
from folkmoot.themes.presenters.without_letters import WithoutLetters, without_letters
from folkmoot.themes.querysets import Alike, Tally

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey
    from folkmoot.themes.models import Campaign, CodeFrame, ResultsPage, Theme

QUOTED_ON_RESULTS = 3
QUOTED_ON_THEME = 12
SEVERAL_THEMES_NOTE = "An answer can mention several themes, so the shares can add up to over 100%."
SUGGESTED = "Suggested by machine, not yet confirmed by a person"
GENERATED = "These answers are generated for demonstration: nobody wrote them."


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme as the public sees it."""

    id: int
    slug: str
    url: str
    label: str
    count: str
    share: str
    bar: float | None
    keywords: tuple[str, ...]
    quotations: tuple[str, ...]
    letters: str
    """How many of its answers are copies of a letter, as a sentence; empty for few or none."""
    description: str = ""
    part_of: str = ""
    """The label of the theme that it stands under; empty for one of the first level."""
    sides: tuple[SideShown, ...] = ()
    """The majority and the minority view of it, where it has both."""
    without_letters: str = ""
    """What its share would be without letters, as a sentence; empty where nothing is told."""

    @property
    def more_quotations(self) -> tuple[str, ...]:
        """The quotations after the first."""
        return self.quotations[1:]


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A campaign as the public sees it."""

    sentence: str
    quotation: str


@dataclass(frozen=True, slots=True)
class TextShown:
    """A free-text question: its themes, its campaigns, and what became of every answer."""

    key: str
    title: str
    base: str
    answered: int
    standing: str
    """Whether the themes are a suggestion or confirmed; empty before there are any."""
    is_draft: bool
    themes: tuple[ThemeShown, ...] = ()
    letters: tuple[LetterShown, ...] = ()
    without_letters: WithoutLetters | None = None
    by_group: str = ""
    """The address of its themes by group."""
    read_on: str = ""
    """The day on which the machine read the answers."""
    account: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def answered_shown(self) -> str:
        """How many answered it, as printed."""
        return format_count(self.answered)


def standing_sentence(frame: CodeFrame) -> str:
    """Return whether the themes of a frame are a suggestion or a person's finding."""
    if frame.confirmed_at is None:
        return SUGGESTED
    return f"Confirmed by a person on {_day(frame.confirmed_at)}"


def _day(at: datetime) -> str:
    day = local(at)
    return f"{day.day} {day:%B %Y}"


def text_questions(
    page: ResultsPage,
    asked: Sequence[Question],
    responses: int,
    until: datetime,
    *,
    only: Theme | None = None,
    each: int = QUOTED_ON_RESULTS,
    counted: Mapping[str, Counter[tuple[str, ...]]] | None = None,
) -> tuple[TextShown, ...]:
    """Return the free-text questions with their themes; `only` limits quotations to one theme.

    `counted` has all answers by question, where they were counted already.
    """
    survey: Survey = page.activity
    free = [question for question in asked if isinstance(question, TextQuestion)]
    if only is None:
        frames = querysets.current_frames(survey)
    else:
        # A theme that a later reading replaced keeps its page, with the frame it belongs to.
        free = [question for question in free if question.key == only.frame.question]
        frames = {only.frame.question: querysets.with_themes(only.frame)}
    if counted is None:
        counted = querysets.counted_before(survey, until)
    answers = {question: choices.total() for question, choices in counted.items()}
    alike = querysets.answers_alike(list(frames.values()), until)
    quotable = [question.key for question in free if question.may_be_quoted]
    themes = [theme.pk for frame in frames.values() for theme in standing_themes(frame)]
    quoted = querysets.quotations([only.pk] if only else themes, quotable, until, each)
    campaigns = [each for frame in frames.values() for each in standing_campaigns(frame)]
    letters = querysets.letters(campaigns, quotable, until)
    return tuple(
        _text(
            page,
            question,
            frames.get(question.key),
            _Counted(answers.get(question.key, 0), responses, alike, quoted, letters),
        )
        for question in free
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted of a free-text question, and what may be quoted, by the keys of records."""

    written: int
    responses: int
    alike: Mapping[int, Sequence[Alike]]
    quoted: Mapping[int, Sequence[str]]
    letters: Mapping[int, str]


def by_group_link(page: ResultsPage, question: str, grouping: str = "", theme: str = "") -> str:
    """Return the address of the themes of a question by some groups, or of one theme there."""
    asked = {"question": question} | ({"group": grouping} if grouping else {})
    return f"{page.by_group_url}?{urlencode(asked)}{f'#{theme}' if theme else ''}"


def standing_themes(frame: CodeFrame) -> list[Theme]:
    """Return the themes of a frame that were not merged into another, from what was fetched."""
    return [theme for theme in frame.themes.all() if theme.stands_in_id is None]


def standing_campaigns(frame: CodeFrame) -> list[Campaign]:
    """Return the campaigns of a frame that were not released, from what was fetched."""
    return [each for each in frame.campaigns.all() if each.standing != each.Standing.RELEASED]


def _text(
    page: ResultsPage, question: TextQuestion, frame: CodeFrame | None, counted: _Counted
) -> TextShown:
    written, responses = counted.written, counted.responses
    if frame is None:
        return TextShown(
            question.key,
            question.title,
            base_sentence(responses, written),
            written,
            "",
            False,
            account=("These answers have not been grouped into themes yet.",),
        )
    alike = counted.alike.get(frame.pk, ())
    tally = querysets.tally_of(frame, alike)
    answered = written - tally.empty
    shown = shown_counts(frame, tally)
    withheld = None in shown.values()
    themes = [theme for theme in in_order(standing_themes(frame), tally) if shown[theme.pk] != 0]
    without = without_letters(frame, themes, tally, alike)
    labels = {theme.pk: theme.label for theme in themes}
    of_theme = without.of_theme if without else {}
    return TextShown(
        key=question.key,
        title=question.title,
        base=base_sentence(responses, answered),
        answered=answered,
        standing=standing_sentence(frame),
        is_draft=frame.is_draft,
        themes=tuple(
            replace(
                _theme(page, theme, shown[theme.pk], tally, counted.quoted.get(theme.pk, ())),
                part_of=labels.get(theme.parent_id or 0, ""),
                without_letters=of_theme.get(theme.pk, ""),
            )
            for theme in themes
        ),
        letters=_letters(frame, tally, counted.letters),
        without_letters=without,
        by_group=by_group_link(page, question.key),
        read_on=_day(frame.made_at),
        account=_account(tally, written - tally.read, shown[CANNOT_TELL], shown[NONE]),
        notes=(SEVERAL_THEMES_NOTE, *((PROTECTED_NOTE,) if withheld else ())),
    )


# Beside the keys of themes, which begin at 1.
CANNOT_TELL, NONE = 0, -1


def shown_counts(frame: CodeFrame, tally: Tally) -> dict[int, int | None]:
    """Return how many answers mention each theme (by its key) or none, None where withheld."""
    counts = {theme.pk: tally.themes[theme.pk] for theme in in_order(standing_themes(frame), tally)}
    counts |= {CANNOT_TELL: tally.cannot_tell, NONE: tally.none}
    return dict(zip(counts, protect(list(counts.values())), strict=True))


def themes_told(frame: CodeFrame, tally: Tally) -> list[Theme]:
    """Return the themes of a frame of which the public reads how many mention them, in order."""
    shown = shown_counts(frame, tally)
    return [theme for theme in in_order(standing_themes(frame), tally) if shown[theme.pk]]


def in_order(themes: Sequence[Theme], tally: Tally) -> list[Theme]:
    """Return themes by how many answers mention them, each followed by those below it."""
    largest = sorted(themes, key=lambda theme: (-tally.themes[theme.pk], theme.number))
    ordered = []
    for theme in largest:
        if theme.parent_id is None:
            ordered += [theme, *(each for each in largest if each.parent_id == theme.pk)]
    return ordered


def _theme(
    page: ResultsPage,
    theme: Theme,
    count: int | None,
    tally: Tally,
    quoted: Sequence[str],
) -> ThemeShown:
    copies = tally.copies[theme.pk]
    share = None if count is None or not tally.answers else count / tally.answers
    return ThemeShown(
        id=theme.pk,
        slug=theme.slug,
        url=page.theme_url(theme),
        label=theme.label,
        count=WITHHELD if count is None else format_count(count),
        share=WITHHELD if share is None else format_percent(share),
        bar=share,
        keywords=tuple(theme.keywords),
        # Words of so few people could tell who they are.
        quotations=() if count is None else tuple(quoted),
        letters=""
        if count is None or copies < SMALLEST_SHOWN
        else f"{format_count(copies)} copies of one letter or close to it mention it.",
        description=theme.description,
        sides=() if count is None else sides_shown(theme),
    )


def _letters(frame: CodeFrame, tally: Tally, quoted: Mapping[int, str]) -> tuple[LetterShown, ...]:
    shown = []
    for campaign in standing_campaigns(frame):
        copies = tally.campaigns[campaign.pk]
        if copies >= SMALLEST_SHOWN:
            sentence = (
                f"{format_count(copies)} answers are one letter or close to it; "
                f"{format_percent(campaign.identical_share)} of them in the same words. "
                f"{_COUNTED[campaign.counting]}"
            )
            shown.append(LetterShown(sentence, quoted.get(campaign.pk, "")))
    return tuple(shown)


_COUNTED = {
    "by-signatory": "Each counts in its themes here, like every other answer.",
    "once": "In the themes here they count once, as one answer.",
}


def _account(
    tally: Tally, unread: int, cannot_tell: int | None, none: int | None
) -> tuple[str, ...]:
    """Return where every answer went, one sentence each; the counts add up to all answers."""
    few = sum(
        count
        for count, shown in ((tally.cannot_tell, cannot_tell), (tally.none, none))
        if shown is None
    )
    if few:
        sentences = [
            f"{format_count(tally.placed + few)} answers are in a theme, or could not be "
            "placed in one (too few to count apart)."
        ]
    else:
        sentences = [f"{format_count(tally.placed)} answers are in a theme."]
    if cannot_tell:
        sentences.append(
            f"{format_count(cannot_tell)} could not be placed in one: they say too little, "
            "such as “No comment”."
        )
    if none:
        sentences.append(f"{format_count(none)} say something else, which is none of the themes.")
    if tally.empty:
        sentences.append(f"{format_count(tally.empty)} were sent without a word in them.")
    folded = tally.read - tally.empty - tally.answers
    if folded:
        sentences.append(f"{format_count(folded)} are further copies of a letter that counts once.")
    if unread > 0:
        sentences.append(
            f"{format_count(unread)} came after the themes were made and are not read yet."
        )
    return tuple(sentences)
