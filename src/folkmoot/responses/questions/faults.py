"""What keeps questions from being asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from folkmoot.core.routing import placed_routing_faults
from folkmoot.responses.questions.form import RESERVED, SurveyForm
from folkmoot.responses.questions.kinds import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    Question,
    RankingQuestion,
)

FEWEST = 2
MOST_DECIMALS = 6


KEY, ITSELF, CONDITION = "key", "", "shown_if"


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a question or a page from being asked, and where it is to be mended."""

    sentence: str
    # The key of the question; empty where it is the page, whose place counts from 0.
    question: str
    at: str = ITSELF
    page: int = 0


def faults(form: SurveyForm) -> list[str]:
    """Return what keeps the questions from being asked, in sentences; none where they are sound."""
    return [fault.sentence for fault in placed_faults(form)]


def placed_faults(form: SurveyForm) -> list[Fault]:
    """Return what keeps the questions from being asked, each with the place where it is mended."""
    found = [*_faults_of_keys(form)]
    for question in form.questions:
        found += [Fault(sentence, question.key) for sentence in _faults_of(question)]
    return found or _faults_of_names(form) or _faults_of_routing(form)


def _faults_of_keys(form: SurveyForm) -> Iterator[Fault]:
    keys = [question.key for question in form.questions]
    for key in _repeated(keys):
        yield Fault(
            f"Two questions have the key '{key}': give each question a key of its own, "
            "or their answers cannot be told apart.",
            key,
            KEY,
        )
    for key in keys:
        if key in RESERVED:
            yield Fault(
                f"The key '{key}' is the form's own: give the question another key.", key, KEY
            )
        if not key or "--" in key:
            yield Fault(
                f"The key '{key}' cannot be used, because two hyphens stand between a question and "
                "what is beside it: use letters, digits and single hyphens.",
                key,
                KEY,
            )


def _faults_of_names(form: SurveyForm) -> list[Fault]:
    """Return the fields that two questions, or two parts of one, would both have."""
    owners = [
        (name, question.key)
        for question in form.questions
        for name in (*question.names, *question.signals)
    ]
    last = dict(owners)
    return [
        Fault(
            f"Two fields of the form would be called '{name}': give the option or the question "
            "another code or key.",
            last[name],
            KEY,
        )
        for name in _repeated(name for name, _ in owners)
    ]


def _faults_of_routing(form: SurveyForm) -> list[Fault]:
    """Return what is wrong with conditions; those of a grid's rows are the grid's own."""
    grids = {part.key: question.key for question in form.questions for part in question.parts}
    return [
        Fault(fault.sentence, grids.get(fault.question, fault.question), CONDITION, fault.page)
        for fault in placed_routing_faults(form.routed())
    ]


def _faults_of(question: Question) -> Iterator[str]:
    match question:
        case GridQuestion():
            yield from _faults_of_options(question, question.rows, "statements", fewest=1)
            yield from _faults_of_options(question, question.points, "points")
        case RankingQuestion():
            yield from _faults_of_options(question, question.options, "options")
            yield from _faults_of_ranking(question)
        case ChoiceQuestion():
            yield from _faults_of_options(question, question.options, "options")
            yield from _faults_of_limits(question)
        case NumberQuestion():
            yield from _faults_of_number(question)
        case DateQuestion(earliest=earliest, latest=latest) if earliest and latest:
            if earliest > latest:
                yield (
                    f"The question '{question.key}' takes no day: its earliest, {earliest}, is "
                    f"after its latest, {latest}."
                )
        case FileQuestion():
            yield from _faults_of_files(question)
        case PlaceQuestion():
            yield from _faults_of_edges(question)


def _faults_of_options(
    question: Question, options: tuple[Option, ...], words: str, fewest: int = FEWEST
) -> Iterator[str]:
    one = words.removesuffix("s")
    if len(options) < fewest:
        yield (
            f"The question '{question.key}' has {len(options)} {words}: it needs at least {fewest}."
        )
    for code in _repeated(option.code for option in options):
        yield (
            f"The question '{question.key}' offers two {words} with the code '{code}': "
            f"give each {one} a code of its own."
        )
    for option in options:
        if not option.code.strip() or "--" in option.code:
            yield (
                f"The question '{question.key}' has the code '{option.code}' for "
                f"“{option.label}”: use letters, digits and single hyphens."
            )


def _faults_of_limits(question: ChoiceQuestion) -> Iterator[str]:
    exclusive = [
        each.code
        for each in question.options
        if each.is_exclusive and each.code != PREFER_NOT_TO_SAY
    ]
    together = sum(not each.is_exclusive for each in question.options)
    if not question.several:
        if exclusive:
            yield (
                f"The question '{question.key}' takes one answer, so its option '{exclusive[0]}' "
                "cannot be one that goes with no other: take that out, or allow more answers."
            )
        return
    if question.as_list:
        yield (
            f"The question '{question.key}' takes several answers, which a drop-down list cannot: "
            "show its options as boxes."
        )
    if question.most is not None and question.most < max(1, question.least):
        yield (
            f"The question '{question.key}' asks for at least {max(1, question.least)} and at most "
            f"{question.most} answers, which nobody can give: change one of them."
        )
    if question.least > together:
        yield (
            f"The question '{question.key}' asks for at least {question.least} answers and only "
            f"{together} can be chosen together: offer more options or ask for fewer."
        )


def _faults_of_ranking(question: RankingQuestion) -> Iterator[str]:
    if any(each.code == PREFER_NOT_TO_SAY for each in question.options):
        yield (
            f"The question '{question.key}' ranks '{PREFER_NOT_TO_SAY}' among its options: take it "
            "out, and offer “prefer not to say” beside the question."
        )
    if question.most is not None and not 1 <= question.most <= len(question.options):
        yield (
            f"The question '{question.key}' asks for the first {question.most} of "
            f"{len(question.options)} options: ask for 1 to {len(question.options)}."
        )


def _faults_of_number(question: NumberQuestion) -> Iterator[str]:
    lowest, highest = question.lowest, question.highest
    if lowest is not None and highest is not None and lowest > highest:
        yield (
            f"The question '{question.key}' takes no number: its lowest, {lowest:g}, is above its "
            f"highest, {highest:g}."
        )
    if not 0 <= question.decimals <= MOST_DECIMALS:
        yield (
            f"The question '{question.key}' takes {question.decimals} digits after the point: "
            f"choose 0 to {MOST_DECIMALS}."
        )


def _faults_of_files(question: FileQuestion) -> Iterator[str]:
    if question.required:
        yield (
            f"The question '{question.key}' needs a file, which not everybody can send: "
            "make it optional."
        )
    if not question.extensions or question.most < 1 or question.megabytes < 1:
        yield (
            f"The question '{question.key}' takes no file: choose a type of file, how many and "
            "how large."
        )


def _faults_of_edges(question: PlaceQuestion) -> Iterator[str]:
    if question.picture is None:
        return
    if not (
        -90 <= question.south < question.north <= 90
        and -180 <= question.west < question.east <= 180
    ):
        yield (
            f"The edges of the map of the question '{question.key}' are no place on earth: write "
            "latitudes from -90 to 90 with south below north, and longitudes from -180 to 180 "
            "with west below east."
        )


def _repeated(names: Iterable[str]) -> list[str]:
    """Return the names that come more than once, each once, in order."""
    return [name for name, times in Counter(names).items() if times > 1]
